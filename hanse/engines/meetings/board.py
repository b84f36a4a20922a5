"""The board on which the search plans: what is held where, and what a change of it would cost.

Every function here keeps the rules of one participant or one slot; a move of several meetings at
once is a chain (`chains`) or an exchange (`exchange`). The cost of a participant is the number of
their breaks, and `EXCESS` more for each break beyond the fairness asked.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hanse.engines.meetings.arrays import LIMITED, SLOW, WIDTH, Arrays, Flags, Masks, Numbers, Whole

ONE = np.uint64(1)
NONE = np.uint64(0)
TOP = np.uint64(63)
EXCESS = 8
FORBIDDEN = 1 << 40
WORTH, HELD, COST, BROKEN, STAMP, LINKS, ENDS = range(7)
MOST_LINKS = 4096


class Board(NamedTuple):
    """What changes while a plan is sought. P participants and tables, M meetings, T slots.

    slot      M: where a meeting is held, or -1
    chosen    M: its seating, or -1 where it has none;  seated: (M, WIDTH), open: (M, W), tabled: M
    at        (P, T): meeting of a participant in a slot, or -1
    busy      (P, W): slots in which a participant is in a meeting
    cost      P
    used      T: meetings at tables
    held      Q: meetings held, by party;  floor: Q: those that an equal exchange leaves it
    broken, broken_at   participants with breaks, and where each stands in that list, or -1
    mark      M: stamp of the last chain that a meeting was in
    links     meetings of the present chain;  seeds: those it grows from
    ends      participants whose slots it changes: (participant, from, to)
    mask      W: room for a set of slots
    sums      worth held, meetings held, total cost, participants with breaks, stamp, links, ends
    """

    slot: Numbers
    chosen: Numbers
    seated: Numbers
    open: Masks
    tabled: Flags
    at: Numbers
    busy: Masks
    cost: Numbers
    used: Numbers
    held: Whole
    floor: Whole
    broken: Numbers
    broken_at: Numbers
    mark: Whole
    links: Numbers
    ends: Numbers
    mask: Masks
    sums: Whole


def empty_board(arrays: Arrays) -> Board:
    """A board on which nothing is held yet; every meeting has the seating to begin with."""
    size, total, slots = arrays.weight.size, arrays.kind.size, arrays.position.size
    words = arrays.days.shape[1] if slots else 1
    seated = np.full((size, WIDTH), -1, np.int32)
    some = arrays.start >= 0
    seated[some] = arrays.seating[arrays.start[some]]
    opened, tabled = np.zeros((size, words), np.uint64), np.zeros(size, np.bool_)
    opened[some], tabled[some] = arrays.open[arrays.start[some]], arrays.tabled[arrays.start[some]]
    return Board(
        slot=np.full(size, -1, np.int32),
        chosen=arrays.start.copy(),
        seated=seated,
        open=opened,
        tabled=tabled,
        at=np.full((total, slots), -1, np.int32),
        busy=np.zeros((total, words), np.uint64),
        cost=np.zeros(total, np.int32),
        used=np.zeros(slots, np.int32),
        held=np.zeros(arrays.wanted.size, np.int64),
        floor=np.zeros(arrays.wanted.size, np.int64),
        broken=np.zeros(total, np.int32),
        broken_at=np.full(total, -1, np.int32),
        mark=np.zeros(size, np.int64),
        links=np.zeros(MOST_LINKS + WIDTH, np.int32),
        ends=np.zeros(((MOST_LINKS + WIDTH) * WIDTH, 3), np.int32),
        mask=np.zeros(words, np.uint64),
        sums=np.zeros(8, np.int64),
    )


@njit(cache=True, nogil=True, inline="always")
def has(masks: Masks, row: int, bit: int) -> bool:
    """Whether a bit of a row of masks is set."""
    return (masks[row, bit >> 6] >> np.uint64(bit & 63)) & ONE != NONE


@njit(cache=True, nogil=True, inline="always")
def bit_of(bit: int) -> np.uint64:
    """The bit within its word."""
    return ONE << np.uint64(bit & 63)


@njit(cache=True, nogil=True, inline="always")
def count(word: np.uint64) -> int:
    """Bits that are set.

    Source    H. S. Warren, "Hacker's Delight", section 5-1
    """
    word = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def slow_breaks(arrays: Arrays, person: int, mask: Masks) -> int:
    """Breaks slot by slot, as `measures.breaks_of` defines them."""
    breaks, row, last, idle = 0, 1, -1, False
    for slot in range(arrays.position.size):
        bit = arrays.position[slot]
        if (mask[bit >> 6] & bit_of(bit)) == NONE:
            idle = idle or not has(arrays.rest, person, bit)
            continue
        if last >= 0:
            if arrays.day[last] != arrays.day[slot]:
                row = 1
            elif slot == last + 1:
                row += 1
            else:
                rested = slot == last + 2 and row == arrays.row[person]
                breaks += idle and not rested
                row = 1
        last, idle = slot, False
    return breaks


@njit(cache=True, nogil=True)
def within_limits(arrays: Arrays, person: int, mask: Masks) -> bool:
    """Whether meetings in these slots keep the person's limits: by session, in all, in a row."""
    total = 0
    for word in range(mask.size):
        total += count(mask[word])
    if total > arrays.most[person]:
        return False
    for session in range(arrays.caps.shape[1]):
        own = 0
        for word in range(mask.size):
            own += count(mask[word] & arrays.sessions[session, word])
        if own > arrays.caps[person, session]:
            return False
    if arrays.row[person] > 0:
        row = 0
        for slot in range(arrays.position.size):
            bit = arrays.position[slot]
            if (mask[bit >> 6] & bit_of(bit)) == NONE:
                row = 0
            else:
                row = row + 1 if slot and arrays.day[slot] == arrays.day[slot - 1] else 1
                if row > arrays.row[person]:
                    return False
    return True


@njit(cache=True, nogil=True)
def cost_in(arrays: Arrays, person: int, mask: Masks) -> int:
    """What meetings in these slots cost a participant; FORBIDDEN beyond their limits.

    Formula   breaks = rows of set bits - days with a set bit, where no rest and no row is to heed
    """
    if person >= arrays.people:
        return 0
    kind = arrays.kind[person]
    if kind & LIMITED and not within_limits(arrays, person, mask):
        return FORBIDDEN
    if kind & SLOW:
        breaks = slow_breaks(arrays, person, mask)
    else:
        breaks, carry = 0, NONE
        for word in range(mask.size):
            breaks += count(mask[word] & ~((mask[word] << ONE) | carry))
            carry = mask[word] >> TOP
        for day in range(arrays.days.shape[0]):
            for word in range(mask.size):
                if mask[word] & arrays.days[day, word] != NONE:
                    breaks -= 1
                    break
    if 0 <= arrays.fairness < breaks:
        return breaks + EXCESS * (breaks - arrays.fairness)
    return breaks


@njit(cache=True, nogil=True)
def cost_if(arrays: Arrays, board: Board, person: int, leaving: int, coming: int) -> int:
    """What a participant would cost without a meeting in one slot and with one in another; -1: no.

    Takes     leaving, coming: slots, or -1
    """
    mask = board.mask
    for word in range(mask.size):
        mask[word] = board.busy[person, word]
    if leaving >= 0:
        bit = arrays.position[leaving]
        mask[bit >> 6] &= ~bit_of(bit)
    if coming >= 0:
        bit = arrays.position[coming]
        mask[bit >> 6] |= bit_of(bit)
    return cost_in(arrays, person, mask)


@njit(cache=True, nogil=True)
def renew(arrays: Arrays, board: Board, person: int) -> None:
    """Count the cost of a participant again after their slots have changed."""
    if person >= arrays.people:
        return
    cost = cost_if(arrays, board, person, -1, -1)
    sums = board.sums
    sums[COST] += cost - board.cost[person]
    board.cost[person] = cost
    place = board.broken_at[person]
    if cost > 0 and place < 0:
        board.broken[sums[BROKEN]] = person
        board.broken_at[person] = sums[BROKEN]
        sums[BROKEN] += 1
    elif cost == 0 and place >= 0:
        sums[BROKEN] -= 1
        last = board.broken[sums[BROKEN]]
        board.broken[place] = last
        board.broken_at[last] = place
        board.broken_at[person] = -1


@njit(cache=True, nogil=True)
def put(arrays: Arrays, board: Board, meeting: int, slot: int) -> None:
    """Hold a meeting in a slot in which all who sit are idle."""
    bit = arrays.position[slot]
    board.slot[meeting] = slot
    board.used[slot] += board.tabled[meeting]
    for seat in range(WIDTH):
        person = board.seated[meeting, seat]
        if person < 0:
            break
        board.at[person, slot] = meeting
        board.busy[person, bit >> 6] |= bit_of(bit)
        renew(arrays, board, person)
    for side in range(arrays.parties.shape[1]):
        party = arrays.parties[meeting, side]
        if party >= 0:
            board.held[party] += 1
    board.sums[WORTH] += arrays.worth[meeting]
    board.sums[HELD] += 1


@njit(cache=True, nogil=True)
def take(arrays: Arrays, board: Board, meeting: int) -> None:
    """Take a held meeting off the board."""
    slot = board.slot[meeting]
    bit = arrays.position[slot]
    board.slot[meeting] = -1
    board.used[slot] -= board.tabled[meeting]
    for seat in range(WIDTH):
        person = board.seated[meeting, seat]
        if person < 0:
            break
        board.at[person, slot] = -1
        board.busy[person, bit >> 6] &= ~bit_of(bit)
        renew(arrays, board, person)
    for side in range(arrays.parties.shape[1]):
        party = arrays.parties[meeting, side]
        if party >= 0:
            board.held[party] -= 1
    board.sums[WORTH] -= arrays.worth[meeting]
    board.sums[HELD] -= 1


@njit(cache=True, nogil=True)
def seat(arrays: Arrays, board: Board, meeting: int, option: int) -> None:
    """Let others sit in a meeting that is not held."""
    board.chosen[meeting] = option
    board.tabled[meeting] = arrays.tabled[option]
    for place in range(WIDTH):
        board.seated[meeting, place] = arrays.seating[option, place]
    for word in range(board.open.shape[1]):
        board.open[meeting, word] = arrays.open[option, word]


@njit(cache=True, nogil=True)
def in_order(arrays: Arrays, board: Board, meeting: int, slot: int) -> bool:
    """Whether a meeting in this slot is after all that precede it and before all that follow."""
    for place in range(arrays.earlier_first[meeting], arrays.earlier_first[meeting + 1]):
        other = board.slot[arrays.earlier[place]]
        if not 0 <= other < slot:
            return False
    for place in range(arrays.later_first[meeting], arrays.later_first[meeting + 1]):
        other = board.slot[arrays.later[place]]
        if 0 <= other <= slot:
            return False
    return True


@njit(cache=True, nogil=True)
def needed(arrays: Arrays, board: Board, meeting: int) -> bool:
    """Whether a held meeting has to be held before another held one."""
    for place in range(arrays.later_first[meeting], arrays.later_first[meeting + 1]):
        if board.slot[arrays.later[place]] >= 0:
            return True
    return False


@njit(cache=True, nogil=True)
def fits(arrays: Arrays, board: Board, meeting: int, slot: int) -> int:
    """What holding an unheld meeting in a slot adds to the cost; FORBIDDEN where it cannot be."""
    if not has(board.open, meeting, arrays.position[slot]):
        return FORBIDDEN
    if board.tabled[meeting] and board.used[slot] >= arrays.capacity[slot]:
        return FORBIDDEN
    more = 0
    for place in range(WIDTH):
        person = board.seated[meeting, place]
        if person < 0:
            break
        if board.at[person, slot] >= 0:
            return FORBIDDEN
        more += cost_if(arrays, board, person, -1, slot) - board.cost[person]
    if more >= FORBIDDEN // 2 or not in_order(arrays, board, meeting, slot):
        return FORBIDDEN
    return more
