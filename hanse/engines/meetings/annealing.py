"""Annealing: random chains and exchanges that never lose worth, and fewer and fewer breaks."""

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import (
    FIRST,
    PEOPLE,
    POSITION,
    WIDTH,
    WISH,
    Arrays,
    Masks,
    Numbers,
    Whole,
)
from hanse.engines.meetings.board import (
    ALL_BROKEN,
    ALL_COST,
    BROKEN,
    CHOSEN,
    COST,
    FORBIDDEN,
    ONE,
    SLOT,
    TOP,
    Board,
    bit_of,
    cost_if,
    count,
    fits,
    has,
    put,
    seat,
    take,
    whole,
)
from hanse.engines.meetings.chains import add_link, chain_cost, grow, make_room, start_chain, turn
from hanse.engines.meetings.exchange import exchange
from hanse.engines.random_numbers import below

LONGEST = 60
# Of 256: how often a step begins with a meeting that is not held; else with somebody with breaks;
# takes a meeting at the edge of a row; a slot beside other meetings of all who sit; of all or one.
UNHELD, FOCUS, EDGE, SHARED, NEAR = 20, 100, 160, 160, 245
DRAWS = 16  # until a meeting is found that is not held
ANYWHERE, OWN, ALL = range(3)  # beside whose other meetings a slot is drawn


@njit(cache=True, nogil=True, inline="always")
def drawn(arrays: Arrays, board: Board, state: np.uint64) -> tuple[np.uint64, int]:
    """A slot drawn from those of `Board.mask`, or -1 where it is empty."""
    mask = board.mask
    total = 0
    for word in range(mask.size):
        total += count(mask[word])
    if total == 0:
        return state, -1
    state, number = below(state, total)
    word, left = 0, number
    while left >= count(mask[word]):
        left -= count(mask[word])
        word += 1
    rest = mask[word]
    while left:
        rest &= rest - ONE
        left -= 1
    bit = (word << 6) + count((rest & (~rest + ONE)) - ONE)
    slot = min(bit, len(arrays.slot) - 1)
    while arrays.slot[slot, POSITION] > bit:
        slot -= 1
    return state, slot


@njit(cache=True, nogil=True, inline="always")
def edge(arrays: Arrays, board: Board, person: int, state: np.uint64) -> tuple[np.uint64, int]:
    """A slot drawn from those in which a row of somebody's meetings begins or ends, or -1."""
    mask, busy = board.mask, board.busy
    for word in range(mask.size):
        own = busy[person, word]
        before, after = own << ONE, own >> ONE
        if word > 0:
            before |= busy[person, word - 1] >> TOP
        if word + 1 < mask.size:
            after |= busy[person, word + 1] << TOP
        mask[word] = own & ~(before & after)
    return drawn(arrays, board, state)


@njit(cache=True, nogil=True, inline="always")
def destination(
    arrays: Arrays,
    board: Board,
    meeting: int,
    person: int,
    here: int,
    state: np.uint64,
    beside: int,
) -> tuple[np.uint64, int]:
    """A slot drawn from those in which somebody is idle and a meeting of theirs could be, or -1.

    Takes     beside: OWN to draw from those beside another of their meetings, ALL from those that
              for everybody else who sits, too, are beside one or in one, ANYWHERE from all
    """
    mask, busy, words = board.mask, board.busy, board.mask.size
    position = arrays.slot[here, POSITION]
    for word in range(words):
        mask[word] = board.open[meeting, word] & ~busy[person, word]
    for place in range(WIDTH if beside else 0):
        one = whole(board.meeting[meeting, place])
        if one < 0:
            break
        if one >= arrays.sizes[PEOPLE] or (beside == OWN and one != person):
            continue
        for word in range(words):
            own = busy[one, word]
            if position >> 6 == word:
                own &= ~bit_of(position)
            near = (own << ONE) | (own >> ONE)
            if word > 0:
                near |= busy[one, word - 1] >> TOP
            if word + 1 < words:
                near |= busy[one, word + 1] << TOP
            mask[word] &= near | own
    return drawn(arrays, board, state)


@njit(cache=True, nogil=True, inline="always")
def unheld(board: Board, state: np.uint64) -> tuple[np.uint64, int]:
    """A meeting that is not held, or -1 where some draws bring none."""
    for _ in range(DRAWS):
        state, draw = below(state, len(board.meeting))
        if board.meeting[draw, SLOT] < 0:
            return state, whole(draw)
    return state, -1


@njit(cache=True, nogil=True, inline="always")
def somebody(arrays: Arrays, board: Board, state: np.uint64) -> tuple[np.uint64, int, int]:
    """Somebody, often one with breaks, and one of their meetings; -1 where they have none."""
    state, draw = below(state, 256)
    if draw < FOCUS and board.sums[ALL_BROKEN] > 0:
        state, draw = below(state, board.sums[ALL_BROKEN])
        person = whole(board.person[draw, BROKEN])
    else:
        state, draw = below(state, arrays.sizes[PEOPLE])
        person = whole(draw)
    first = arrays.person[person, WISH]
    size = arrays.person[person + 1, WISH] - first
    if size == 0:
        return state, person, -1
    state, draw = below(state, 256)
    if draw < EDGE:
        state, slot = edge(arrays, board, person, state)
        return state, person, whole(board.at[person, slot]) if slot >= 0 else -1
    state, draw = below(state, size)
    return state, person, whole(arrays.wish[first + draw])


@njit(cache=True, nogil=True)
def anneal(
    arrays: Arrays,
    board: Board,
    best: Numbers,
    best_seat: Numbers,
    record: Whole,
    chance: Masks,
    steps: int,
    chances: Whole,
) -> None:
    """Make some steps at one temperature.

    A step proposes one change: a meeting that is not held, or somebody (often somebody with breaks)
    and one of their meetings (often one at the edge of a row, which leaves no gap); and a slot. A
    held meeting goes there with its chain; another comes in or takes one's place.

    Takes     best, best_seat, record: the best plan so far (slots, seatings; worth, held, cost)
              chances: of 2**32, how often a change is taken that costs 0, 1, 2, … more
    """
    state = chance[0]
    fresh = False
    slots = len(arrays.slot)
    for _ in range(steps):
        state, draw = below(state, 1 << 32)
        dearest = 0
        while dearest + 1 < chances.size and draw < chances[dearest + 1]:
            dearest += 1
        state, draw = below(state, 256)
        if draw < UNHELD:
            state, meeting = unheld(board, state)
            if meeting < 0:
                continue
            person, here = 0, -1
        else:
            state, person, meeting = somebody(arrays, board, state)
            if meeting < 0:
                continue
            here = whole(board.meeting[meeting, SLOT])
        option = arrays.meeting[meeting, FIRST]
        options = arrays.meeting[meeting + 1, FIRST] - option
        if options > 1:
            state, draw = below(state, 2 * options)
            if draw < options and (here < 0 or option + draw != board.meeting[meeting, CHOSEN]):
                if fresh:
                    remember(board, best, best_seat)
                    fresh = False
                change_seats(arrays, board, meeting, option + draw, dearest)
                here = whole(board.meeting[meeting, SLOT])
        if here >= 0:
            if board.at[person, here] != meeting:
                continue
            state, draw = below(state, 256)
            beside = ALL if draw < SHARED else OWN if draw < NEAR else ANYWHERE
            state, to = destination(arrays, board, meeting, person, here, state, beside)
            if to < 0:
                continue
            own = cost_if(arrays, board, person, here, to) - board.person[person, COST]
            if own > dearest // 2:
                continue
            start_chain(board)
            add_link(board, meeting)
            if not grow(arrays, board, here, to, LONGEST):
                continue
            more = chain_cost(arrays, board)
            if more > dearest:
                continue
            if more > 0 and fresh:
                remember(board, best, best_seat)
                fresh = False
            turn(arrays, board, here, to)
        else:
            state, draw = below(state, slots)
            to = whole(draw)
            if not has(board.open, meeting, arrays.slot[to, POSITION]):
                continue
            state, draw = below(state, arrays.sizes[PEOPLE])
            spare = whole(board.at[draw, to])
            if fresh:
                remember(board, best, best_seat)
                fresh = False
            if not exchange(arrays, board, meeting, to, dearest, spare):
                state, draw = below(state, slots)
                if draw != to:
                    make_room(arrays, board, meeting, to, whole(draw), LONGEST, spare)
        fresh = better(board.sums, record) or fresh
    if fresh:
        remember(board, best, best_seat)
    chance[0] = state


@njit(cache=True, nogil=True)
def change_seats(arrays: Arrays, board: Board, meeting: int, option: int, dearest: int) -> None:
    """Let colleagues sit, in the slot in which the meeting is held, if that costs no more."""
    here = whole(board.meeting[meeting, SLOT])
    if here < 0:
        seat(arrays, board, meeting, option)
        return
    before, chosen = board.sums[ALL_COST], whole(board.meeting[meeting, CHOSEN])
    take(arrays, board, meeting)
    seat(arrays, board, meeting, option)
    more = fits(arrays, board, meeting, here)
    if more < FORBIDDEN and board.sums[ALL_COST] + more - before <= dearest:
        put(arrays, board, meeting, here)
    else:
        seat(arrays, board, meeting, chosen)
        put(arrays, board, meeting, here)


@njit(cache=True, nogil=True)
def better(sums: Whole, record: Whole) -> bool:
    """Whether the board is better than the best plan so far; then it is the record."""
    for place in range(2):
        if sums[place] < record[place]:
            return False
        if sums[place] > record[place]:
            break
    else:
        if sums[ALL_COST] >= record[ALL_COST]:
            return False
    for place in range(3):
        record[place] = sums[place]
    return True


@njit(cache=True, nogil=True)
def remember(board: Board, best: Numbers, best_seat: Numbers) -> None:
    """Keep the board as the best plan."""
    for meeting in range(best.size):
        best[meeting] = board.meeting[meeting, SLOT]
        best_seat[meeting] = board.meeting[meeting, CHOSEN]


@njit(cache=True, nogil=True)
def lay_out(arrays: Arrays, board: Board, slots: Numbers, seats: Numbers) -> None:
    """Put a plan on the board in the place of what is there."""
    for meeting in range(slots.size):
        if board.meeting[meeting, SLOT] >= 0:
            take(arrays, board, meeting)
    for meeting in range(slots.size):
        if seats[meeting] >= 0:
            seat(arrays, board, meeting, whole(seats[meeting]))
        if slots[meeting] >= 0:
            put(arrays, board, meeting, whole(slots[meeting]))
