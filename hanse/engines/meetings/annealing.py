"""Annealing: random chains and exchanges that never lose worth, and fewer and fewer breaks."""

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import (
    FIRST,
    PEOPLE,
    POSITION,
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
FOCUS, NEAR = 100, 245  # of 256: how often somebody with breaks, a slot beside another meeting


@njit(cache=True, nogil=True)
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

    Takes     beside: 1 to draw from those beside another of their meetings, 0 from all
    """
    mask, words = board.mask, board.mask.size
    position = arrays.slot[here, POSITION]
    total = 0
    for word in range(words):
        own = board.busy[person, word]
        possible = board.open[meeting, word] & ~own
        if beside:
            if position >> 6 == word:
                own &= ~bit_of(position)
            around = (own << ONE) | (own >> ONE)
            if word > 0:
                around |= board.busy[person, word - 1] >> TOP
            if word + 1 < words:
                around |= board.busy[person, word + 1] << TOP
            possible &= around
        mask[word] = possible
        total += count(possible)
    if total == 0:
        return state, -1
    state, drawn = below(state, total)
    for word in range(words):
        possible = mask[word]
        inside = count(possible)
        if drawn >= inside:
            drawn -= inside
            continue
        while drawn:
            possible &= possible - ONE
            drawn -= 1
        bit = (word << 6) + count((possible & (~possible + ONE)) - ONE)
        slot = min(bit, len(arrays.slot) - 1)
        while arrays.slot[slot, POSITION] > bit:
            slot -= 1
        return state, slot
    return state, -1


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

    A step proposes one change: somebody (often somebody with breaks), one of their meetings, and a
    slot. If it is held, it goes there with its chain; if not, it comes in or takes another's place.

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
        focused = draw < FOCUS and board.sums[ALL_BROKEN] > 0
        if focused:
            state, draw = below(state, board.sums[ALL_BROKEN])
            person = whole(board.person[draw, BROKEN])
        else:
            state, draw = below(state, arrays.sizes[PEOPLE])
            person = whole(draw)
        first = arrays.person[person, WISH]
        size = arrays.person[person + 1, WISH] - first
        if size == 0:
            continue
        state, draw = below(state, size)
        meeting = whole(arrays.wish[first + draw])
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
            state, to = destination(arrays, board, meeting, person, here, state, int(draw < NEAR))
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
