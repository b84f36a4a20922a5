"""Kempe chains: two slots exchange their meetings along everything that this forces to follow.

Moving a meeting from one slot to another drives out whoever its people meet there; these meetings
go the other way, and so on. With two sides to each meeting the chain is a path or a circle, and
only those at its ends (busy in one of the two slots alone) change the slots in which they are busy.
"""

from numba import njit

from hanse.engines.meetings.arrays import WIDTH, Arrays
from hanse.engines.meetings.board import (
    ENDS,
    FORBIDDEN,
    LINKS,
    STAMP,
    Board,
    bit_of,
    cost_if,
    fits,
    has,
    put,
    renew,
)


@njit(cache=True, nogil=True)
def start_chain(board: Board) -> None:
    """Begin a chain without any meeting in it."""
    board.sums[STAMP] += 1
    board.sums[LINKS] = 0
    board.sums[ENDS] = 0


@njit(cache=True, nogil=True)
def add_link(board: Board, meeting: int) -> None:
    """Put a meeting into the chain, unless it is in it."""
    if board.mark[meeting] != board.sums[STAMP]:
        board.mark[meeting] = board.sums[STAMP]
        board.links[board.sums[LINKS]] = meeting
        board.sums[LINKS] += 1


@njit(cache=True, nogil=True)
def grow(arrays: Arrays, board: Board, here: int, there: int, longest: int) -> bool:
    """Let the chain grow to all that must follow; False where that cannot be.

    Takes     here, there: the two slots, in one of which each link is held; longest: most links,
              so that no step takes long
    """
    sums, links, stamp = board.sums, board.links, board.sums[STAMP]
    size, ends, tables = sums[LINKS], 0, 0
    number = 0
    while number < size:
        meeting = links[number]
        number += 1
        away = board.slot[meeting]
        to = there if away == here else here
        if not has(board.open, meeting, arrays.position[to]):
            return False
        if board.tabled[meeting]:
            tables += 1 if to == there else -1
        for place in range(WIDTH):
            person = board.seated[meeting, place]
            if person < 0:
                break
            other = board.at[person, to]
            if other < 0:
                board.ends[ends, 0] = person
                board.ends[ends, 1] = away
                board.ends[ends, 2] = to
                ends += 1
            elif board.mark[other] != stamp:
                if size >= longest:
                    return False
                board.mark[other] = stamp
                links[size] = other
                size += 1
    sums[LINKS], sums[ENDS] = size, ends
    if tables > 0 and board.used[there] + tables > arrays.capacity[there]:
        return False
    if tables < 0 and board.used[here] - tables > arrays.capacity[here]:
        return False
    return not arrays.earlier.size or chain_in_order(arrays, board, here, there)


@njit(cache=True, nogil=True)
def slot_after(board: Board, meeting: int, here: int, there: int) -> int:
    """Where a meeting would be once the chain is turned."""
    slot = board.slot[meeting]
    if slot < 0 or board.mark[meeting] != board.sums[STAMP]:
        return slot
    return there if slot == here else here


@njit(cache=True, nogil=True)
def chain_in_order(arrays: Arrays, board: Board, here: int, there: int) -> bool:
    """Whether the precedences of all links hold once the chain is turned."""
    for number in range(board.sums[LINKS]):
        meeting = board.links[number]
        slot = slot_after(board, meeting, here, there)
        for place in range(arrays.earlier_first[meeting], arrays.earlier_first[meeting + 1]):
            if slot_after(board, arrays.earlier[place], here, there) >= slot:
                return False
        for place in range(arrays.later_first[meeting], arrays.later_first[meeting + 1]):
            other = slot_after(board, arrays.later[place], here, there)
            if 0 <= other <= slot:
                return False
    return True


@njit(cache=True, nogil=True)
def chain_cost(arrays: Arrays, board: Board) -> int:
    """What turning the chain adds to the cost; FORBIDDEN where somebody's limits are broken."""
    more = 0
    for number in range(board.sums[ENDS]):
        person = board.ends[number, 0]
        if person < arrays.people:
            cost = cost_if(arrays, board, person, board.ends[number, 1], board.ends[number, 2])
            if cost >= FORBIDDEN:
                return FORBIDDEN
            more += cost - board.cost[person]
    return more


@njit(cache=True, nogil=True)
def turn(arrays: Arrays, board: Board, here: int, there: int) -> None:
    """Turn the chain: each link goes to the other slot."""
    size = board.sums[LINKS]
    for number in range(size):
        meeting = board.links[number]
        slot = board.slot[meeting]
        board.used[slot] -= board.tabled[meeting]
        for place in range(WIDTH):
            person = board.seated[meeting, place]
            if person < 0:
                break
            board.at[person, slot] = -1
    for number in range(size):
        meeting = board.links[number]
        slot = there if board.slot[meeting] == here else here
        board.slot[meeting] = slot
        board.used[slot] += board.tabled[meeting]
        for place in range(WIDTH):
            person = board.seated[meeting, place]
            if person < 0:
                break
            board.at[person, slot] = meeting
    for number in range(board.sums[ENDS]):
        person, away, to = board.ends[number]
        bit = arrays.position[away]
        board.busy[person, bit >> 6] &= ~bit_of(bit)
        bit = arrays.position[to]
        board.busy[person, bit >> 6] |= bit_of(bit)
        renew(arrays, board, person)


@njit(cache=True, nogil=True)
def make_room(
    arrays: Arrays, board: Board, meeting: int, slot: int, other: int, longest: int, spare: int
) -> bool:
    """Hold an unheld meeting in a slot by turning the chains of those in its way; False if not.

    Takes     other: the slot with which the chains are turned; spare: a meeting held in `slot` that
              may start a chain where nobody is in the way but the tables are full, or -1
    """
    if not has(board.open, meeting, arrays.position[slot]):
        return False
    start_chain(board)
    for place in range(WIDTH):
        person = board.seated[meeting, place]
        if person < 0:
            break
        way = board.at[person, slot]
        if way >= 0:
            if board.at[person, other] >= 0:
                return False  # the chain would only bring the next one
            add_link(board, way)
    if spare >= 0 and board.slot[spare] == slot:
        add_link(board, spare)
    if not grow(arrays, board, slot, other, longest):
        return False
    stamp = board.sums[STAMP]
    leaving = 0
    for number in range(board.sums[LINKS]):
        link = board.links[number]
        leaving += board.tabled[link] * (1 if board.slot[link] == slot else -1)
    if board.tabled[meeting] and board.used[slot] - leaving >= arrays.capacity[slot]:
        return False
    for place in range(WIDTH):
        person = board.seated[meeting, place]
        if person < 0:
            break
        coming = board.at[person, other]
        if coming >= 0 and board.mark[coming] == stamp:
            return False
    if chain_cost(arrays, board) >= FORBIDDEN:
        return False
    turn(arrays, board, slot, other)
    if fits(arrays, board, meeting, slot) < FORBIDDEN:
        put(arrays, board, meeting, slot)
        return True
    turn_back(arrays, board, slot, other)
    return False


@njit(cache=True, nogil=True)
def turn_back(arrays: Arrays, board: Board, here: int, there: int) -> None:
    """Turn the chain that has just been turned a second time."""
    for number in range(board.sums[ENDS]):
        away, to = board.ends[number, 1], board.ends[number, 2]
        board.ends[number, 1], board.ends[number, 2] = to, away
    turn(arrays, board, here, there)
