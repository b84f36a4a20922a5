"""Exchanges: an unheld meeting takes the place of meetings that weigh no more."""

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import (
    CAPACITY,
    NEED,
    PARTY,
    PEOPLE,
    POSITION,
    RELIEF,
    SIDES,
    WIDTH,
    WORTH,
    Arrays,
)
from hanse.engines.meetings.board import (
    AT_TABLE,
    COST,
    FLOOR,
    FORBIDDEN,
    HELD,
    SLOT,
    Board,
    cost_if,
    has,
    in_order,
    needed,
    put,
    take,
)

NOBODY = np.int64(-1)


@njit(cache=True, nogil=True)
def in_the_way(board: Board, meeting: int, slot: int, number: int) -> int:
    """The number-th meeting of those that keep an unheld meeting out of a slot, or -1."""
    for place in range(WIDTH):
        person = np.int64(board.meeting[meeting, place])
        if person < 0:
            break
        way = np.int64(board.at[person, slot])
        if way < 0:
            continue
        known = False
        for before in range(place):
            known = known or board.at[board.meeting[meeting, before], slot] == way
        if not known:
            if number == 0:
                return way
            number -= 1
    return NOBODY


@njit(cache=True, nogil=True)
def relieved(arrays: Arrays, board: Board, meeting: int, change: int) -> int:
    """Change the count of meetings held by the parties; how much closer to the guaranteed ones."""
    closer = 0
    for side in range(SIDES):
        party = arrays.meeting[meeting, PARTY + side]
        if party >= 0:
            before = max(0, arrays.party[party, NEED] - board.party[party, HELD])
            board.party[party, HELD] += change
            closer += before - max(0, arrays.party[party, NEED] - board.party[party, HELD])
    return closer


@njit(cache=True, nogil=True)
def sits(board: Board, meeting: int, person: int) -> bool:
    """Whether somebody sits in a meeting."""
    for place in range(WIDTH):
        if board.meeting[meeting, place] == person:
            return True
    return False


@njit(cache=True, nogil=True)
def exchange(
    arrays: Arrays, board: Board, meeting: int, slot: int, dearest: int, spare: int
) -> bool:
    """Hold an unheld meeting in a slot in the place of those that are in its way; False if not.

    What leaves may not be worth more. If it is worth the same, it is one meeting, no party falls
    below its `floor`, and the cost grows by `dearest` at most.

    Takes     spare: a meeting held in `slot` that may leave where the tables are full, or -1
    """
    if not has(board.open, meeting, arrays.slot[slot, POSITION]):
        return False
    leaving, tables, gain = 0, 0, arrays.meeting[meeting, WORTH]
    while True:
        way = in_the_way(board, meeting, slot, leaving)
        if way < 0:
            break
        gain -= arrays.meeting[way, WORTH]
        if gain < 0 or needed(arrays, board, way):
            return False
        tables += board.meeting[way, AT_TABLE]
        leaving += 1
    full = board.used[slot] - tables >= arrays.slot[slot, CAPACITY]
    if board.meeting[meeting, AT_TABLE] and full:
        if leaving or spare < 0 or board.meeting[spare, SLOT] != slot or not board.meeting[spare, AT_TABLE]:
            return False
        gain -= arrays.meeting[spare, WORTH]
        if gain < 0 or needed(arrays, board, spare):
            return False
    else:
        spare = NOBODY
    if leaving + (spare >= 0) == 0:
        spare = NOBODY
    elif gain == 0 and leaving + (spare >= 0) > 1:
        return False
    more = exchange_cost(arrays, board, meeting, slot, leaving, spare)
    if more >= FORBIDDEN or (gain == 0 and more > dearest):
        return False
    if not exchange_pays(arrays, board, meeting, slot, leaving, spare, gain):
        return False
    while leaving:
        leaving -= 1
        take(arrays, board, in_the_way(board, meeting, slot, 0))
    if spare >= 0:
        take(arrays, board, spare)
    put(arrays, board, meeting, slot)
    return True


@njit(cache=True, nogil=True)
def exchange_cost(
    arrays: Arrays, board: Board, meeting: int, slot: int, leaving: int, spare: int
) -> int:
    """What an exchange adds to the cost; FORBIDDEN beyond somebody's limits."""
    more = 0
    for place in range(WIDTH):
        person = np.int64(board.meeting[meeting, place])
        if person < 0:
            break
        if board.at[person, slot] < 0:
            cost = cost_if(arrays, board, person, -1, slot)
            if cost >= FORBIDDEN:
                return FORBIDDEN
            if person < arrays.sizes[PEOPLE]:
                more += cost - board.person[person, COST]
    for number in range(leaving + (spare >= 0)):
        way = spare if number == leaving else in_the_way(board, meeting, slot, number)
        for place in range(WIDTH):
            person = np.int64(board.meeting[way, place])
            if person < 0:
                break
            if person < arrays.sizes[PEOPLE] and not sits(board, meeting, person):
                cost = cost_if(arrays, board, person, slot, -1)
                more += cost - board.person[person, COST]
    return more


@njit(cache=True, nogil=True)
def exchange_pays(
    arrays: Arrays, board: Board, meeting: int, slot: int, leaving: int, spare: int, gain: int
) -> bool:
    """Whether an exchange keeps the order of the meetings and what the parties have to have.

    What is worth more may take a party below its `floor`, never below what it is guaranteed unless
    that brings others as much closer.
    """
    closer = relieved(arrays, board, meeting, 1)
    for number in range(leaving + (spare >= 0)):
        way = spare if number == leaving else in_the_way(board, meeting, slot, number)
        closer += relieved(arrays, board, way, -1)
    pays = gain + arrays.sizes[RELIEF] * closer > 0 or (gain == 0 and closer == 0)
    if gain == 0 and closer == 0:
        for number in range(leaving + (spare >= 0)):
            way = spare if number == leaving else in_the_way(board, meeting, slot, number)
            for side in range(SIDES):
                party = arrays.meeting[way, PARTY + side]
                pays = pays and (party < 0 or board.party[party, HELD] >= board.party[party, FLOOR])
    relieved(arrays, board, meeting, -1)
    for number in range(leaving + (spare >= 0)):
        way = spare if number == leaving else in_the_way(board, meeting, slot, number)
        relieved(arrays, board, way, 1)
    return pays and in_order(arrays, board, meeting, slot)
