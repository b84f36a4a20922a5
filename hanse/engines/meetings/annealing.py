"""Annealing: random chains and exchanges that never lose worth, and fewer and fewer breaks."""

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import PEOPLE, POSITION, WISH, Arrays, Masks, Numbers, Whole
from hanse.engines.meetings.board import (
    ALL_BROKEN,
    ALL_COST,
    ALL_HELD,
    ALL_WORTH,
    BROKEN,
    CHOSEN,
    COST,
    SLOT,
    Board,
    cost_if,
    has,
)
from hanse.engines.meetings.chains import add_link, chain_cost, grow, make_room, start_chain, turn
from hanse.engines.meetings.exchange import exchange
from hanse.engines.random_numbers import below

DEAREST = 8
LONGEST = 60


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
    focus: int,
    stats: Whole,
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
        focused = draw < focus and board.sums[ALL_BROKEN] > 0
        if focused:
            state, draw = below(state, board.sums[ALL_BROKEN])
            person = board.person[draw, BROKEN]
        else:
            state, draw = below(state, arrays.sizes[PEOPLE])
            person = np.int32(draw)
        first = arrays.person[person, WISH]
        size = arrays.person[person + 1, WISH] - first
        if size == 0:
            continue
        state, draw = below(state, size)
        meeting = arrays.wish[first + draw]
        state, draw = below(state, slots)
        to = draw
        here = board.meeting[meeting, SLOT]
        if here == to or not has(board.open, meeting, arrays.slot[to, POSITION]):
            continue
        if here >= 0:
            stats[0] += 1
            if board.at[person, to] < 0:
                own = cost_if(arrays, board, person, here, to) - board.person[person, COST]
                if own > dearest + 1:
                    continue
            stats[1] += 1
            start_chain(board)
            add_link(board, meeting)
            if not grow(arrays, board, here, to, LONGEST):
                continue
            stats[2] += 1
            more = chain_cost(arrays, board)
            if more > dearest:
                continue
            stats[3] += 1
            if more > 0 and fresh:
                remember(board, best, best_seat)
                fresh = False
            turn(arrays, board, here, to)
        else:
            stats[4] += 1
            state, draw = below(state, arrays.sizes[PEOPLE])
            spare = board.at[draw, to]
            if fresh:
                remember(board, best, best_seat)
                fresh = False
            if not exchange(arrays, board, meeting, to, dearest, spare):
                state, draw = below(state, slots)
                if draw != to:
                    make_room(arrays, board, meeting, to, draw, LONGEST, spare)
            else:
                stats[5] += 1
        sums = board.sums
        if sums[ALL_WORTH] > record[0] or (
            sums[ALL_WORTH] == record[0]
            and (sums[ALL_HELD] > record[1] or (sums[ALL_HELD] == record[1] and sums[ALL_COST] < record[2]))
        ):
            record[0], record[1], record[2] = sums[ALL_WORTH], sums[ALL_HELD], sums[ALL_COST]
            fresh = True
    if fresh:
        remember(board, best, best_seat)
    chance[0] = state


@njit(cache=True, nogil=True)
def remember(board: Board, best: Numbers, best_seat: Numbers) -> None:
    """Keep the board as the best plan."""
    best[:] = board.meeting[:, SLOT]
    best_seat[:] = board.meeting[:, CHOSEN]
