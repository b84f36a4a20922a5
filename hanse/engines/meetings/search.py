"""The search: insertion, then annealing in cycles, by a budget of steps.

The temperature depends on the number of the step alone, so that a run that is cut off is a run with
fewer steps. It falls ever more slowly, in rounds of growing length; each ends with quick cooling,
so that a good plan is at hand whenever the run ends, and the next goes on where that began.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil, exp, log

import numpy as np

from hanse.engines.meetings.annealing import anneal, lay_out, remember
from hanse.engines.meetings.arrays import FIRST, Arrays, Masks, Numbers, Whole
from hanse.engines.meetings.board import ALL_COST, Board, empty_board
from hanse.engines.meetings.fairness import restore_fairness
from hanse.engines.meetings.insertion import insert_all, order_of_insertion, place_as_published
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.shares import raise_shares
from hanse.engines.random_numbers import checked_seed, stream

BLOCK = 1 << 14
HOT, WARM, SLOWNESS = 0.35, 0.12, 12
ROUND, SHORTEST, GROWTH = 60, 4, 1.3
QUICK, COLD = 0.25, 0.6  # the last part of a round, and to what part of its temperature it cools
DEAREST = 4
ALWAYS = 1 << 32


@dataclass
class Search:
    """A search under way: the board, the best plan so far, the steps made.

    slots, seats  the best plan: slot and seating of each meeting, or -1
    record        its worth, meetings held and cost
    """

    arrays: Arrays
    board: Board
    slots: Numbers
    seats: Numbers
    record: Whole
    chance: Masks
    steps: int = 0
    blocks: Iterator[tuple[float, bool]] = field(default_factory=lambda: iter(()))


def begin(market: Market, arrays: Arrays, seed: int) -> Search:
    """A search after insertion: the published plan as far as it still fits, then all the rest."""
    board = empty_board(arrays)
    search = Search(
        arrays=arrays,
        board=board,
        slots=np.full(arrays.start.size, -1, np.int32),
        seats=arrays.start.copy(),
        record=np.array([-1, -1, 0], np.int64),
        chance=np.array([stream(checked_seed(seed), 0)], np.uint64),
        blocks=temperatures(arrays.start.size),
    )
    place_as_published(arrays, board, *published(market, arrays))
    insert_all(arrays, board, order_of_insertion(arrays))
    raise_shares(arrays, board)
    keep(search)
    return search


def published(market: Market, arrays: Arrays) -> tuple[Numbers, Numbers, Numbers]:
    """Meetings of the published plan that could still be held as they were: slots and seatings."""
    found: list[tuple[int, int, int]] = []
    for one in sorted(market.published, key=lambda one: (one.slot, one.meeting)):
        if not (0 <= one.meeting < arrays.start.size and 0 <= one.slot < len(market.slots)):
            continue
        first, end = arrays.meeting[one.meeting : one.meeting + 2, FIRST].tolist()
        for option in range(first, end):
            who = tuple(arrays.seating[option, : len(one.participants)].tolist())
            if who == one.participants:
                found.append((one.meeting, one.slot, option))
    columns = np.array(found, np.int32).reshape(-1, 3)
    meetings, slots, seats = (np.ascontiguousarray(columns[:, place]) for place in range(3))
    return meetings, slots, seats


def temperatures(meetings: int) -> Iterator[tuple[float, bool]]:
    """Temperature of each block of steps, in breaks, and whether a round begins with it.

    Formula   after t steps 1 / ln(e^(1/HOT) + t / (SLOWNESS · meetings)), WARM at least: a change
              that costs a break is taken about as often per meeting however long the run is. In
              the last QUICK of a round times COLD^x, x rising to 1. The first round has ROUND ·
              meetings steps (SHORTEST blocks at least), each other one (GROWTH - 1) · t
    """
    size, made = max(1, meetings), 0
    steps = float(ROUND * size)
    while True:
        blocks = max(SHORTEST, ceil(steps / BLOCK))
        quick = ceil(QUICK * blocks)
        for block in range(blocks):
            warm = 1 / log(exp(1 / HOT) + made / (SLOWNESS * size))
            cooled = max(0, block + 1 - (blocks - quick)) / quick
            yield max(WARM, warm) * COLD**cooled, block == 0
            made += BLOCK
        steps = (GROWTH - 1) * made


def go_on(search: Search, steps: int, stop: Callable[[], bool] = lambda: False) -> None:
    """Make steps up to a number of them in all.

    Takes     stop: is asked after each block of steps; True ends the search
    """
    while search.steps < steps:
        temperature, fresh = next(search.blocks)
        if fresh and search.steps:
            return_to_best(search)
        size = min(BLOCK, steps - search.steps)
        chances = [ALWAYS, *(int(ALWAYS * exp(-more / temperature)) for more in range(1, DEAREST))]
        anneal(
            search.arrays,
            search.board,
            search.slots,
            search.seats,
            search.record,
            search.chance,
            size,
            np.array(chances, np.int64),
        )
        search.steps += size
        if stop():
            break


def return_to_best(search: Search) -> None:
    """Put the best plan on the board again, and raise the smallest share in it."""
    lay_out(search.arrays, search.board, search.slots, search.seats)
    before = search.board.sums[: ALL_COST + 1].copy()
    raise_shares(search.arrays, search.board)
    if (search.board.sums[: ALL_COST + 1] != before).any():
        keep(search)


def keep(search: Search) -> None:
    """Make the board the best plan, whatever the one before was."""
    search.record[:] = search.board.sums[: ALL_COST + 1]
    remember(search.board, search.slots, search.seats)


def end(search: Search) -> None:
    """The best plan on the board, with shares raised and fairness restored by what it takes."""
    return_to_best(search)
    restore_fairness(search.arrays, search.board)
    keep(search)
