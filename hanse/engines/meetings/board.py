"""The board on which the search plans: what is held where, and what a change of it would cost.

The cost of a participant is the number of their breaks, and `EXCESS` more for each break beyond the
fairness asked. A move of several meetings at once is a chain (`chains`) or an exchange.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import (
    CAPACITY,
    CAPS,
    DAY,
    DAYS,
    EARLIER,
    FAIRNESS,
    KIND,
    LATER,
    LIMITED,
    MOST,
    NEED,
    ORDERED,
    PARTY,
    PEOPLE,
    POSITION,
    RELIEF,
    ROW,
    SIDES,
    SLOW,
    TABLED,
    WIDTH,
    WORTH,
    Arrays,
    Masks,
    Numbers,
    Whole,
)

ONE = np.uint64(1)
NONE = np.uint64(0)
TOP = np.uint64(63)
EXCESS = 8
FORBIDDEN = 1 << 40
MOST_LINKS = 1024

SEAT, AT_TABLE, SLOT, MARK, CHOSEN = 0, WIDTH, WIDTH + 1, WIDTH + 2, WIDTH + 3  # of `meeting`
COST, BROKEN_AT, BROKEN = range(3)  # of `person`
HELD, FLOOR = range(2)  # of `party`
LINK, WHO, FROM, TO = range(4)  # of `chain`
ALL_WORTH, ALL_HELD, ALL_COST, ALL_BROKEN, STAMP, LINKS, ENDS = range(7)  # of `sums`


class Board(NamedTuple):
    """What changes while a plan is sought. P participants and tables, M meetings, T slots.

    meeting   (M, WIDTH + 4): who sits, as in `Arrays.seating`; AT_TABLE; SLOT where it is held, or
              -1; MARK, stamp of the last chain it was in; CHOSEN, its seating, -1: there is none
    open      (M, W): slots in which those who sit could meet
    at        (P, T): meeting of a participant in a slot, or -1
    busy      (P, W): slots in which a participant is in a meeting
    person    (P, 3): COST; participants with a cost are the first of column BROKEN, and BROKEN_AT
              says where each stands there, or -1
    used      T: meetings at tables
    party     (Q, 2): HELD, meetings of a party; FLOOR, those that an equal exchange leaves it
    chain     LINK: meetings of the present chain; WHO, FROM, TO: who changes slots by it
    mask      W: room for a set of slots
    sums      worth, with RELIEF for each guaranteed meeting; meetings held; cost; participants with
              a cost; stamp, links and ends of the chain
    """

    meeting: Numbers
    open: Masks
    at: Numbers
    busy: Masks
    person: Numbers
    used: Numbers
    party: Whole
    chain: Numbers
    mask: Masks
    sums: Whole


def empty_board(arrays: Arrays) -> Board:
    """A board on which nothing is held yet; every meeting has the seating to begin with."""
    size, total, slots = arrays.start.size, len(arrays.rest), len(arrays.slot)
    words = arrays.spans.shape[1]
    meeting = np.full((size, CHOSEN + 1), -1, np.int32)
    opened = np.zeros((size, words), np.uint64)
    some = arrays.start >= 0
    meeting[some, : TABLED + 1] = arrays.seating[arrays.start[some]]
    opened[some] = arrays.open[arrays.start[some]]
    meeting[:, CHOSEN], meeting[:, MARK] = arrays.start, 0
    person = np.zeros((total, 3), np.int32)
    person[:, BROKEN_AT] = -1
    return Board(
        meeting=meeting,
        open=opened,
        at=np.full((total, slots), -1, np.int32),
        busy=np.zeros((total, words), np.uint64),
        person=person,
        used=np.zeros(slots, np.int32),
        party=np.zeros((len(arrays.party), 2), np.int64),
        chain=np.zeros(((MOST_LINKS + WIDTH) * WIDTH, 4), np.int32),
        mask=np.zeros(words, np.uint64),
        sums=np.zeros(7, np.int64),
    )


@njit(cache=True, nogil=True, inline="always")
def has(masks: Masks, row: int, bit: int) -> bool:
    """Whether a bit of a row of masks is set."""
    found: bool = (masks[row, bit >> 6] >> np.uint64(bit & 63)) & ONE != NONE
    return found


@njit(cache=True, nogil=True, inline="always")
def bit_of(bit: int) -> np.uint64:
    """The bit within its word."""
    return ONE << np.uint64(bit & 63)


@njit(cache=True, nogil=True)
def whole(number: Any) -> int:
    """A number of an array in 64 bits, so that each function is compiled for one kind of number."""
    return int(np.int64(number))  # type: ignore[return-value]


@njit(cache=True, nogil=True)
def count(word: np.uint64) -> int:
    """Bits that are set.

    Source    H. S. Warren, "Hacker's Delight", section 5-1
    """
    word = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + (
        (word >> np.uint64(2)) & np.uint64(0x3333333333333333)
    )
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return whole((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, nogil=True)
def slow_breaks(slots: Numbers, rest: Masks, row_limit: int, person: int, mask: Masks) -> int:
    """Breaks slot by slot, as `measures.breaks_of` defines them."""
    breaks, row, last, idle = 0, 1, -1, False
    for slot in range(len(slots)):
        bit = slots[slot, POSITION]
        if (mask[bit >> 6] & bit_of(bit)) == NONE:
            idle = idle or not has(rest, person, bit)
            continue
        if last >= 0:
            if slots[last, DAY] != slots[slot, DAY]:
                row = 1
            elif slot == last + 1:
                row += 1
            else:
                breaks += idle and not (slot == last + 2 and row == row_limit)
                row = 1
        last, idle = slot, False
    return breaks


@njit(cache=True, nogil=True)
def within_limits(
    slots: Numbers, spans: Masks, limits: Numbers, days: int, person: int, mask: Masks
) -> bool:
    """Whether meetings in these slots keep the person's limits: by session, in all, in a row."""
    total = 0
    for word in range(mask.size):
        total += count(mask[word])
    if total > limits[person, MOST]:
        return False
    for session in range(limits.shape[1] - CAPS):
        own = 0
        for word in range(mask.size):
            own += count(mask[word] & spans[days + session, word])
        if own > limits[person, CAPS + session]:
            return False
    longest = limits[person, ROW]
    row = 0
    for slot in range(len(slots) if longest else 0):
        bit = slots[slot, POSITION]
        if (mask[bit >> 6] & bit_of(bit)) == NONE:
            row = 0
        else:
            row = row + 1 if slot and slots[slot, DAY] == slots[slot - 1, DAY] else 1
            if row > longest:
                return False
    return True


@njit(cache=True, nogil=True)
def long_cost(
    sizes: Whole,
    slots: Numbers,
    spans: Masks,
    limits: Numbers,
    rest: Masks,
    person: int,
    mask: Masks,
) -> int:
    """Breaks in these slots, for any participant and any number of slots; FORBIDDEN beyond limits.

    Formula   breaks = rows of set bits - days with a set bit, where no rest and no row is to heed
    """
    kind = limits[person, KIND]
    if kind & LIMITED and not within_limits(slots, spans, limits, sizes[DAYS], person, mask):
        return FORBIDDEN
    if kind & SLOW:
        return slow_breaks(slots, rest, limits[person, ROW], person, mask)
    breaks, carry = 0, NONE
    for word in range(mask.size):
        breaks += count(mask[word] & ~((mask[word] << ONE) | carry))
        carry = mask[word] >> TOP
    for day in range(sizes[DAYS]):
        for word in range(mask.size):
            if mask[word] & spans[day, word] != NONE:
                breaks -= 1
                break
    return breaks


@njit(cache=True, nogil=True)
def cost_if(arrays: Arrays, board: Board, person: int, leaving: int, coming: int) -> int:
    """What a participant would cost without their meeting in one slot and with one in another.

    Takes     leaving, coming: slots, or -1
    Gives     breaks, with `EXCESS` for each beyond the fairness; FORBIDDEN beyond their limits
    """
    sizes, slots, mask, busy = arrays.sizes, arrays.slot, board.mask, board.busy
    if person >= sizes[PEOPLE]:
        return 0
    if mask.size == 1 and arrays.person[person, KIND] == 0:
        own = busy[person, 0]
        if leaving >= 0:
            own &= ~bit_of(slots[leaving, POSITION])
        if coming >= 0:
            own |= bit_of(slots[coming, POSITION])
        breaks = count(own & ~(own << ONE))
        for day in range(sizes[DAYS]):
            breaks -= own & arrays.spans[day, 0] != NONE
    else:
        for word in range(mask.size):
            mask[word] = busy[person, word]
        if leaving >= 0:
            bit = slots[leaving, POSITION]
            mask[bit >> 6] &= ~bit_of(bit)
        if coming >= 0:
            bit = slots[coming, POSITION]
            mask[bit >> 6] |= bit_of(bit)
        breaks = long_cost(sizes, slots, arrays.spans, arrays.person, arrays.rest, person, mask)
    fairness = whole(sizes[FAIRNESS])
    if 0 <= fairness < breaks < FORBIDDEN:
        return breaks + EXCESS * (breaks - fairness)
    return breaks


@njit(cache=True, nogil=True)
def renew(arrays: Arrays, board: Board, person: int) -> None:
    """Count the cost of a participant again after their slots have changed."""
    if person >= arrays.sizes[PEOPLE]:
        return
    people, sums = board.person, board.sums
    cost = cost_if(arrays, board, person, -1, -1)
    sums[ALL_COST] += cost - people[person, COST]
    people[person, COST] = cost
    place = people[person, BROKEN_AT]
    if cost > 0 and place < 0:
        people[sums[ALL_BROKEN], BROKEN] = person
        people[person, BROKEN_AT] = sums[ALL_BROKEN]
        sums[ALL_BROKEN] += 1
    elif cost == 0 and place >= 0:
        sums[ALL_BROKEN] -= 1
        last = people[sums[ALL_BROKEN], BROKEN]
        people[place, BROKEN] = last
        people[last, BROKEN_AT] = place
        people[person, BROKEN_AT] = -1


@njit(cache=True, nogil=True)
def put(arrays: Arrays, board: Board, meeting: int, slot: int) -> None:
    """Hold a meeting in a slot in which all who sit are idle."""
    board.meeting[meeting, SLOT] = slot
    occupy(arrays, board, meeting, slot, 1)


@njit(cache=True, nogil=True)
def take(arrays: Arrays, board: Board, meeting: int) -> None:
    """Take a held meeting off the board."""
    slot = board.meeting[meeting, SLOT]
    board.meeting[meeting, SLOT] = -1
    occupy(arrays, board, meeting, slot, -1)


@njit(cache=True, nogil=True)
def occupy(arrays: Arrays, board: Board, meeting: int, slot: int, change: int) -> None:
    """Enter a meeting for all whom it concerns (change 1), or strike it out (-1)."""
    bit = arrays.slot[slot, POSITION]
    row = board.meeting[meeting]
    board.used[slot] += change * row[AT_TABLE]
    for place in range(WIDTH):
        person = whole(row[place])
        if person < 0:
            break
        board.at[person, slot] = meeting if change > 0 else -1
        board.busy[person, bit >> 6] ^= bit_of(bit)
        renew(arrays, board, person)
    for side in range(SIDES):
        party = arrays.meeting[meeting, PARTY + side]
        if party >= 0:
            board.party[party, HELD] += change
            held, need = board.party[party, HELD], arrays.party[party, NEED]
            if held < need or (held == need and change > 0):
                board.sums[ALL_WORTH] += change * arrays.sizes[RELIEF]
    board.sums[ALL_WORTH] += change * arrays.meeting[meeting, WORTH]
    board.sums[ALL_HELD] += change


@njit(cache=True, nogil=True)
def seat(arrays: Arrays, board: Board, meeting: int, option: int) -> None:
    """Let others sit in a meeting that is not held."""
    board.meeting[meeting, CHOSEN] = option
    for place in range(WIDTH + 1):
        board.meeting[meeting, place] = arrays.seating[option, place]
    for word in range(board.open.shape[1]):
        board.open[meeting, word] = arrays.open[option, word]


@njit(cache=True, nogil=True)
def in_order(arrays: Arrays, board: Board, meeting: int, slot: int) -> bool:
    """Whether a meeting in this slot is after all that precede it and before all that follow."""
    if not arrays.sizes[ORDERED]:
        return True
    for place in range(arrays.meeting[meeting, EARLIER], arrays.meeting[meeting + 1, EARLIER]):
        other = board.meeting[arrays.order[place], SLOT]
        if not 0 <= other < slot:
            return False
    for place in range(arrays.meeting[meeting, LATER], arrays.meeting[meeting + 1, LATER]):
        other = board.meeting[arrays.order[place], SLOT]
        if 0 <= other <= slot:
            return False
    return True


@njit(cache=True, nogil=True)
def needed(arrays: Arrays, board: Board, meeting: int) -> bool:
    """Whether a held meeting has to be held before another held one."""
    for place in range(arrays.meeting[meeting, LATER], arrays.meeting[meeting + 1, LATER]):
        if board.meeting[arrays.order[place], SLOT] >= 0:
            return True
    return False


@njit(cache=True, nogil=True)
def fits(arrays: Arrays, board: Board, meeting: int, slot: int) -> int:
    """What holding an unheld meeting in a slot adds to the cost; FORBIDDEN where it cannot be."""
    if not has(board.open, meeting, arrays.slot[slot, POSITION]):
        return FORBIDDEN
    row = board.meeting[meeting]
    if row[AT_TABLE] > 0 and board.used[slot] >= arrays.slot[slot, CAPACITY]:
        return FORBIDDEN
    more = 0
    for place in range(WIDTH):
        person = whole(row[place])
        if person < 0:
            break
        if board.at[person, slot] >= 0:
            return FORBIDDEN
        cost = cost_if(arrays, board, person, -1, slot)
        if cost >= FORBIDDEN:
            return FORBIDDEN
        if person < arrays.sizes[PEOPLE]:
            more += cost - board.person[person, COST]
    return more if in_order(arrays, board, meeting, slot) else FORBIDDEN
