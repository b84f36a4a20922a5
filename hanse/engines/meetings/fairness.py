"""Fairness at the end: where nothing else helps, meetings of those with too many breaks go."""

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import FAIRNESS, PEOPLE, RELIEF, WISH, WORTH, Arrays
from hanse.engines.meetings.board import (
    ALL_BROKEN,
    ALL_COST,
    BROKEN,
    COST,
    SLOT,
    Board,
    needed,
    put,
    take,
)


@njit(cache=True, nogil=True)
def restore_fairness(arrays: Arrays, board: Board) -> None:
    """Take off the meetings that it takes until nobody has more breaks than the fairness.

    One by one the meeting of somebody with too many whose loss costs least, then the lightest; what
    a plan must hold stays. Where some have no breaks the rule asks no less than that.
    """
    limit = arrays.sizes[FAIRNESS]
    while limit >= 0 and not is_fair(arrays, board):
        worst = -1
        for number in range(board.sums[ALL_BROKEN]):
            person = np.int64(board.person[number, BROKEN])
            if worst < 0 or board.person[person, COST] > board.person[worst, COST]:
                worst = person
        if worst < 0 or not lighten(arrays, board, worst):
            break


@njit(cache=True, nogil=True)
def is_fair(arrays: Arrays, board: Board) -> bool:
    """Whether the largest number of breaks exceeds the smallest by the fairness at most.

    The cost of a participant is their breaks as long as these are within the fairness.
    """
    fewest = most = np.int64(0)
    for person in range(arrays.sizes[PEOPLE]):
        cost = np.int64(board.person[person, COST])
        fewest = cost if person == 0 else min(fewest, cost)
        most = max(most, cost)
    return most - fewest <= arrays.sizes[FAIRNESS]


@njit(cache=True, nogil=True)
def lighten(arrays: Arrays, board: Board, person: int) -> bool:
    """Take off the meeting of a participant whose loss costs least; False where none may go."""
    best, least, lightest = np.int64(-1), np.int64(0), np.int64(0)
    for place in range(arrays.person[person, WISH], arrays.person[person + 1, WISH]):
        meeting = np.int64(arrays.wish[place])
        slot = np.int64(board.meeting[meeting, SLOT])
        worth = arrays.meeting[meeting, WORTH]
        if slot < 0 or board.at[person, slot] != meeting or worth >= arrays.sizes[RELIEF]:
            continue
        if needed(arrays, board, meeting):
            continue
        take(arrays, board, meeting)
        cost = board.sums[ALL_COST]
        put(arrays, board, meeting, slot)
        if best < 0 or cost < least or (cost == least and worth < lightest):
            best, least, lightest = meeting, cost, worth
    if best >= 0:
        take(arrays, board, best)
    return best >= 0
