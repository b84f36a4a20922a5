"""Kempe chains: two slots exchange their meetings along everything that this forces to follow.

Moving a meeting from one slot to another drives out whoever its people meet there; these meetings
go the other way, and so on. With two sides to each meeting the chain is a path or a circle, and
only those at its ends (busy in one of the two slots alone) change the slots in which they are busy.

What each step of the annealing calls is inlined: to hand over all arrays takes as long as the work.
"""

from numba import njit

from hanse.engines.meetings.arrays import (
    CAPACITY,
    EARLIER,
    LATER,
    ORDERED,
    PEOPLE,
    POSITION,
    WIDTH,
    Arrays,
)
from hanse.engines.meetings.board import (
    AT_TABLE,
    COST,
    ENDS,
    FORBIDDEN,
    FROM,
    LINK,
    LINKS,
    MARK,
    SLOT,
    STAMP,
    TO,
    WHO,
    Board,
    bit_of,
    cost_if,
    fits,
    has,
    put,
    renew,
    whole,
)


@njit(cache=True, nogil=True, inline="always")
def start_chain(board: Board) -> None:
    """Begin a chain without any meeting in it."""
    board.sums[STAMP] += 1
    board.sums[LINKS] = 0
    board.sums[ENDS] = 0


@njit(cache=True, nogil=True, inline="always")
def add_link(board: Board, meeting: int) -> None:
    """Put a meeting into the chain, unless it is in it."""
    stamp = board.sums[STAMP]
    if board.meeting[meeting, MARK] != stamp:
        board.meeting[meeting, MARK] = stamp
        board.chain[board.sums[LINKS], LINK] = meeting
        board.sums[LINKS] += 1


@njit(cache=True, nogil=True, inline="always")
def grow(arrays: Arrays, board: Board, here: int, there: int, longest: int) -> bool:
    """Let the chain grow to all that must follow; False where that cannot be.

    Takes     here, there: the two slots, in one of which each link is held; longest: most links,
              so that no step takes long
    """
    meetings, chain, at, sums = board.meeting, board.chain, board.at, board.sums
    stamp = sums[STAMP]
    size, ends, tables, number = sums[LINKS], 0, 0, 0
    while number < size:
        meeting = whole(chain[number, LINK])
        number += 1
        away = whole(meetings[meeting, SLOT])
        to = there if away == here else here
        if not has(board.open, meeting, arrays.slot[to, POSITION]):
            return False
        tables += meetings[meeting, AT_TABLE] * (1 if to == there else -1)
        for place in range(WIDTH):
            person = meetings[meeting, place]
            if person < 0:
                break
            other = at[person, to]
            if other < 0:
                chain[ends, WHO] = person
                chain[ends, FROM] = away
                chain[ends, TO] = to
                ends += 1
            elif meetings[other, MARK] != stamp:
                if size >= longest:
                    return False
                meetings[other, MARK] = stamp
                chain[size, LINK] = other
                size += 1
    sums[LINKS], sums[ENDS] = size, ends
    if tables > 0 and board.used[there] + tables > arrays.slot[there, CAPACITY]:
        return False
    if tables < 0 and board.used[here] - tables > arrays.slot[here, CAPACITY]:
        return False
    return not arrays.sizes[ORDERED] or chain_in_order(arrays, board, here, there)


@njit(cache=True, nogil=True)
def slot_after(board: Board, meeting: int, here: int, there: int) -> int:
    """Where a meeting would be once the chain is turned."""
    slot = whole(board.meeting[meeting, SLOT])
    if slot < 0 or board.meeting[meeting, MARK] != board.sums[STAMP]:
        return slot
    return there if slot == here else here


@njit(cache=True, nogil=True)
def chain_in_order(arrays: Arrays, board: Board, here: int, there: int) -> bool:
    """Whether the precedences of all links hold once the chain is turned."""
    rows, order = arrays.meeting, arrays.order
    for number in range(board.sums[LINKS]):
        meeting = whole(board.chain[number, LINK])
        slot = slot_after(board, meeting, here, there)
        for place in range(rows[meeting, EARLIER], rows[meeting + 1, EARLIER]):
            if slot_after(board, whole(order[place]), here, there) >= slot:
                return False
        for place in range(rows[meeting, LATER], rows[meeting + 1, LATER]):
            other = slot_after(board, whole(order[place]), here, there)
            if 0 <= other <= slot:
                return False
    return True


@njit(cache=True, nogil=True, inline="always")
def chain_cost(arrays: Arrays, board: Board) -> int:
    """What turning the chain adds to the cost; FORBIDDEN where somebody's limits are broken."""
    more = 0
    chain = board.chain
    for number in range(board.sums[ENDS]):
        person = whole(chain[number, WHO])
        if person < arrays.sizes[PEOPLE]:
            cost = cost_if(
                arrays, board, person, whole(chain[number, FROM]), whole(chain[number, TO])
            )
            if cost >= FORBIDDEN:
                return FORBIDDEN
            more += cost - board.person[person, COST]
    return more


@njit(cache=True, nogil=True)
def turn(arrays: Arrays, board: Board, here: int, there: int) -> None:
    """Turn the chain: each link goes to the other slot."""
    meetings, chain, at = board.meeting, board.chain, board.at
    for number in range(board.sums[LINKS]):
        meeting = whole(chain[number, LINK])
        slot = whole(meetings[meeting, SLOT])
        board.used[slot] -= meetings[meeting, AT_TABLE]
        for place in range(WIDTH):
            person = meetings[meeting, place]
            if person < 0:
                break
            at[person, slot] = -1
    for number in range(board.sums[LINKS]):
        meeting = whole(chain[number, LINK])
        slot = there if meetings[meeting, SLOT] == here else here
        meetings[meeting, SLOT] = slot
        board.used[slot] += meetings[meeting, AT_TABLE]
        for place in range(WIDTH):
            person = meetings[meeting, place]
            if person < 0:
                break
            at[person, slot] = meeting
    for number in range(board.sums[ENDS]):
        person = whole(chain[number, WHO])
        for slot in (chain[number, FROM], chain[number, TO]):
            bit = arrays.slot[slot, POSITION]
            board.busy[person, bit >> 6] ^= bit_of(bit)
        renew(arrays, board, person)


@njit(cache=True, nogil=True)
def turn_back(arrays: Arrays, board: Board, here: int, there: int) -> None:
    """Turn the chain that has just been turned a second time."""
    chain = board.chain
    for number in range(board.sums[ENDS]):
        chain[number, FROM], chain[number, TO] = chain[number, TO], chain[number, FROM]
    turn(arrays, board, here, there)


@njit(cache=True, nogil=True)
def make_room(
    arrays: Arrays, board: Board, meeting: int, slot: int, other: int, longest: int, spare: int
) -> bool:
    """Hold an unheld meeting in a slot by turning the chains of those in its way; False if not.

    Takes     other: the slot with which the chains are turned; spare: a meeting held in `slot` that
              may start a chain where nobody is in the way but the tables are full, or -1
    """
    if not has(board.open, meeting, arrays.slot[slot, POSITION]):
        return False
    start_chain(board)
    row = board.meeting[meeting]
    for place in range(WIDTH):
        person = whole(row[place])
        if person < 0:
            break
        way = whole(board.at[person, slot])
        if way >= 0:
            if board.at[person, other] >= 0:
                return False  # the chain would only bring the next one
            add_link(board, way)
    if spare >= 0 and board.meeting[spare, SLOT] == slot:
        add_link(board, spare)
    if not grow(arrays, board, slot, other, longest):
        return False
    stamp = board.sums[STAMP]
    for place in range(WIDTH):
        person = whole(row[place])
        if person < 0:
            break
        coming = board.at[person, other]
        if coming >= 0 and board.meeting[coming, MARK] == stamp:
            return False
    if chain_cost(arrays, board) >= FORBIDDEN:
        return False
    turn(arrays, board, slot, other)
    if fits(arrays, board, meeting, slot) < FORBIDDEN:
        put(arrays, board, meeting, slot)
        return True
    turn_back(arrays, board, slot, other)
    return False
