"""Annealing: random chains and exchanges that never lose worth, and fewer and fewer breaks."""

import numpy as np
from numba import njit

from hanse.engines.meetings.arrays import Arrays, Masks, Numbers, Whole
from hanse.engines.meetings.board import (
    BROKEN,
    COST,
    FORBIDDEN,
    HELD,
    WORTH,
    Board,
    cost_if,
    fits,
    has,
    put,
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
    slots = arrays.position.size
    for _ in range(steps):
        state, draw = below(state, 1 << 32)
        dearest = 0
        while dearest + 1 < chances.size and draw < chances[dearest + 1]:
            dearest += 1
        state, draw = below(state, 256)
        focused = draw < focus and board.sums[BROKEN] > 0
        if focused:
            state, draw = below(state, board.sums[BROKEN])
            person = board.broken[draw]
        else:
            state, draw = below(state, arrays.people)
            person = np.int32(draw)
        first = arrays.wish_first[person]
        size = arrays.wish_first[person + 1] - first
        if size == 0:
            continue
        state, draw = below(state, size)
        meeting = arrays.wish[first + draw]
        state, draw = below(state, slots)
        to = draw
        here = board.slot[meeting]
        if here == to or not has(board.open, meeting, arrays.position[to]):
            continue
        if here >= 0:
            stats[0] += 1
            if board.at[person, to] < 0:
                own = cost_if(arrays, board, person, here, to) - board.cost[person]
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
            worth = board.sums[WORTH]
            state, draw = below(state, arrays.people)
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
        if sums[WORTH] > record[0] or (
            sums[WORTH] == record[0]
            and (sums[HELD] > record[1] or (sums[HELD] == record[1] and sums[COST] < record[2]))
        ):
            record[0], record[1], record[2] = sums[WORTH], sums[HELD], sums[COST]
            fresh = True
    if fresh:
        remember(board, best, best_seat)
    chance[0] = state


@njit(cache=True, nogil=True)
def remember(board: Board, best: Numbers, best_seat: Numbers) -> None:
    """Keep the board as the best plan."""
    best[:] = board.slot
    best_seat[:] = board.chosen
