"""Exchanges: an unheld meeting takes the place of meetings that weigh no more."""

from numba import njit

from hanse.engines.meetings.arrays import (
    CAPACITY,
    NEED,
    NEEDS,
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
    whole,
)

NOBODY = -1


@njit(cache=True, nogil=True)
def in_the_way(board: Board, meeting: int, slot: int, number: int) -> int:
    """The number-th meeting of those that keep an unheld meeting out of a slot, or -1."""
    for place in range(WIDTH):
        person = whole(board.meeting[meeting, place])
        if person < 0:
            break
        way = whole(board.at[person, slot])
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
def sits(board: Board, meeting: int, person: int) -> bool:
    """Whether somebody sits in a meeting."""
    found = False
    for place in range(WIDTH):
        found = found or board.meeting[meeting, place] == person
    return found


@njit(cache=True, nogil=True)
def exchange(
    arrays: Arrays, board: Board, meeting: int, slot: int, dearest: int, spare: int
) -> bool:
    """Hold an unheld meeting in a slot in the place of those that are in its way; False if not.

    What leaves may not be worth more, guaranteed meetings of newcomers counted. If it is worth the
    same, it is one meeting, no party falls below its `FLOOR`, and the cost grows by `dearest` at
    most.

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
        if (gain < 0 and not arrays.sizes[NEEDS]) or needed(arrays, board, way):
            return False
        tables += board.meeting[way, AT_TABLE]
        leaving += 1
    full = board.used[slot] - tables >= arrays.slot[slot, CAPACITY]
    if full and board.meeting[meeting, AT_TABLE]:
        if leaving or spare < 0 or board.meeting[spare, SLOT] != slot:
            return False
        if not board.meeting[spare, AT_TABLE] or needed(arrays, board, spare):
            return False
        gain -= arrays.meeting[spare, WORTH]
        leaving = 1
    else:
        spare = NOBODY
    gain += arrays.sizes[RELIEF] * relief(arrays, board, meeting, slot, leaving, spare)
    if gain < 0 or (gain == 0 and leaving > 1) or not in_order(arrays, board, meeting, slot):
        return False
    more = exchange_cost(arrays, board, meeting, slot, leaving, spare)
    if more >= FORBIDDEN or (gain == 0 and more > dearest):
        return False
    if gain == 0 and not floors_kept(arrays, board, meeting, slot, spare):
        return False
    if spare >= 0:
        take(arrays, board, spare)
    while True:
        way = in_the_way(board, meeting, slot, 0)
        if way < 0:
            break
        take(arrays, board, way)
    put(arrays, board, meeting, slot)
    return True


@njit(cache=True, nogil=True)
def relief(arrays: Arrays, board: Board, meeting: int, slot: int, leaving: int, spare: int) -> int:
    """Guaranteed meetings that an exchange adds, less those that it takes away."""
    if not arrays.sizes[NEEDS]:
        return 0
    closer = 0
    for number in range(-1, leaving):
        one, change = meeting, 1
        if number >= 0:
            one = spare if spare >= 0 else in_the_way(board, meeting, slot, number)
            change = -1
        for side in range(SIDES):
            party = arrays.meeting[one, PARTY + side]
            if party >= 0:
                board.party[party, HELD] += change
                held, need = board.party[party, HELD], arrays.party[party, NEED]
                closer += change * (held < need or (held == need and change > 0))
    for number in range(-1, leaving):
        one, change = meeting, -1
        if number >= 0:
            one = spare if spare >= 0 else in_the_way(board, meeting, slot, number)
            change = 1
        for side in range(SIDES):
            party = arrays.meeting[one, PARTY + side]
            if party >= 0:
                board.party[party, HELD] += change
    return closer


@njit(cache=True, nogil=True)
def floors_kept(arrays: Arrays, board: Board, meeting: int, slot: int, spare: int) -> bool:
    """Whether the one meeting that leaves takes no party below its `FLOOR`."""
    way = spare if spare >= 0 else in_the_way(board, meeting, slot, 0)
    for side in range(SIDES if way >= 0 else 0):
        party = arrays.meeting[way, PARTY + side]
        if party < 0:
            break
        own = False
        for other in range(SIDES):
            own = own or arrays.meeting[meeting, PARTY + other] == party
        if board.party[party, HELD] - (not own) < board.party[party, FLOOR]:
            return False
    return True


@njit(cache=True, nogil=True)
def exchange_cost(
    arrays: Arrays, board: Board, meeting: int, slot: int, leaving: int, spare: int
) -> int:
    """What an exchange adds to the cost; FORBIDDEN beyond somebody's limits."""
    more = 0
    for place in range(WIDTH):
        person = whole(board.meeting[meeting, place])
        if person < 0:
            break
        if board.at[person, slot] < 0:
            cost = cost_if(arrays, board, person, -1, slot)
            if cost >= FORBIDDEN:
                return FORBIDDEN
            if person < arrays.sizes[PEOPLE]:
                more += cost - board.person[person, COST]
    for number in range(leaving):
        way = spare if spare >= 0 else in_the_way(board, meeting, slot, number)
        for place in range(WIDTH):
            person = whole(board.meeting[way, place])
            if person < 0:
                break
            if person < arrays.sizes[PEOPLE] and not sits(board, meeting, person):
                cost = cost_if(arrays, board, person, slot, -1)
                more += cost - board.person[person, COST]
    return more
