"""Insertion: meetings enter the board one by one; chains and exchanges make room for them."""

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import (
    EARLIER,
    FIRST,
    LATER,
    NEED,
    PARTY,
    SIDES,
    WISH,
    WORTH,
    Arrays,
    Numbers,
)
from hanse.engines.meetings.board import CHOSEN, FORBIDDEN, SLOT, Board, fits, put, seat, whole
from hanse.engines.meetings.chains import make_room
from hanse.engines.meetings.exchange import NOBODY, exchange

LONG_CHAIN = 300


def order_of_insertion(arrays: Arrays) -> Numbers:
    """Meetings in the order in which they are tried; those that nobody can hold left out.

    Order     what a plan must hold; wishes of guaranteed newcomers; weight; least slack, that is
              the smallest number of possible slots less wishes of those who sit; the number
    """
    some = np.flatnonzero(arrays.start >= 0)
    seats = arrays.seating[arrays.start[some], :SIDES]
    union = np.zeros((len(arrays.rest) + 1, arrays.rest.shape[1]), np.uint64)
    for column in range(SIDES):
        np.bitwise_or.at(union, seats[:, column], arrays.open[arrays.start[some]])
    room = np.array([sum(int(word).bit_count() for word in row) for row in union])
    spare = room[:-1] - np.diff(arrays.person[:, WISH])
    tables = np.arange(len(spare)) >= arrays.sizes[0]
    spare = np.append(np.where(tables, 2**31, spare), 2**31)
    slack = spare[seats].min(axis=1)
    guaranteed = np.append(arrays.party[:, NEED] > 0, [False])
    wanted = guaranteed[arrays.meeting[some, PARTY : PARTY + SIDES]].any(axis=1)
    worth = arrays.meeting[some, WORTH]
    must = worth >= arrays.sizes[2]
    return some[np.lexsort((some, slack, -worth, ~wanted, ~must))].astype(np.int32)


@njit(cache=True, nogil=True)
def place_as_published(
    arrays: Arrays, board: Board, meetings: Numbers, slots: Numbers, seatings: Numbers
) -> None:
    """Hold meetings where the published plan has them, as far as that is within the rules."""
    for number in range(meetings.size):
        meeting = whole(meetings[number])
        if board.meeting[meeting, SLOT] < 0:
            seat(arrays, board, meeting, whole(seatings[number]))
            if fits(arrays, board, meeting, whole(slots[number])) < FORBIDDEN:
                put(arrays, board, meeting, whole(slots[number]))


@njit(cache=True, nogil=True)
def insert_all(arrays: Arrays, board: Board, order: Numbers) -> None:
    """Insert meetings in this order, and once more as long as that brings any in."""
    found = True
    while found:
        found = False
        for number in range(order.size):
            meeting = whole(order[number])
            if board.meeting[meeting, SLOT] < 0:
                found = insert(arrays, board, meeting, True) or found


@njit(cache=True, nogil=True)
def insert(arrays: Arrays, board: Board, meeting: int, replace: bool) -> bool:  # noqa: FBT001
    """Hold a meeting: in an idle slot, through a chain, with colleagues, in place of lesser ones.

    Takes     replace: whether meetings of less worth may be put out
    """
    own = board.meeting[meeting, CHOSEN]
    first, end = arrays.meeting[meeting, FIRST], arrays.meeting[meeting + 1, FIRST]
    for number in range(end - first):
        if number:
            seat(arrays, board, meeting, first + (own - first + number) % (end - first))
        if insert_idle(arrays, board, meeting):
            return True
    for number in range(end - first):
        seat(arrays, board, meeting, first + (own - first + number) % (end - first))
        if insert_by_chain(arrays, board, meeting):
            return True
    seat(arrays, board, meeting, own)
    if replace:
        for slot in range(len(arrays.slot)):
            if exchange(arrays, board, meeting, slot, -FORBIDDEN, NOBODY):
                return True
    return False


@njit(cache=True, nogil=True)
def insert_idle(arrays: Arrays, board: Board, meeting: int) -> bool:
    """Hold a meeting in the slot in which it costs least; False where it fits into none.

    Among equals one that comes before others goes early, one that comes after others late.
    """
    late = arrays.meeting[meeting + 1, EARLIER] > arrays.meeting[meeting, EARLIER]
    late = late and arrays.meeting[meeting + 1, LATER] == arrays.meeting[meeting, LATER]
    best, least = -1, FORBIDDEN
    for slot in range(len(arrays.slot)):
        more = fits(arrays, board, meeting, slot)
        if more < least or (late and more == least < FORBIDDEN):
            best, least = slot, more
    if best >= 0:
        put(arrays, board, meeting, best)
    return best >= 0


@njit(cache=True, nogil=True)
def insert_by_chain(arrays: Arrays, board: Board, meeting: int) -> bool:
    """Hold a meeting where turning chains between two slots makes room; False if nowhere."""
    slots = len(arrays.slot)
    for slot in range(slots):
        for step in range(1, slots):
            other = (slot + step) % slots
            if make_room(arrays, board, meeting, slot, other, LONG_CHAIN, NOBODY):
                return True
    return False
