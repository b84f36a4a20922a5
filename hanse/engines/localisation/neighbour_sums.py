"""Ratios of neighbours' weights within distances, summed over reference points, many patterns."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hanse.engines.localisation.points import Floats
from hanse.engines.localisation.strips import Strips, Whole, runs_around
from hanse.engines.localisation.workers import PIECES, share_out

BLOCK = 256  # positions whose runs are kept at a time
ROOM = 2**20  # runs kept at a time, and those of one more position


@njit(cache=True, nogil=True)
def fill_totals(totals: Whole, above: Whole, below: Whole, row: int) -> None:
    """Running totals of numerator and denominator weights, side by side as they are read."""
    totals[row, 0, 0] = 0
    totals[row, 0, 1] = 0
    for point in range(above.size):
        totals[row, point + 1, 0] = totals[row, point, 0] + above[point]
        totals[row, point + 1, 1] = totals[row, point, 1] + below[point]


@njit(cache=True, nogil=True)
def add_ratios(
    start: int,
    stop: int,
    x: Floats,
    y: Floats,
    starts: Whole,
    box: Floats,
    squares: Floats,
    totals: Whole,
    places: NDArray[np.int32],
    sums: Floats,
) -> None:
    """Add local and global ratios of the reference points at positions start to stop - 1.

    totals    (patterns, points + 1, 2) running totals of numerator and denominator weights
    places    (patterns, reference points) positions of each pattern's reference points, increasing
    sums      (patterns, distances, 2): local ratios, global ratios, of points with neighbours

    Positions that follow each other look at the same totals. A block of them is therefore taken
    pattern by pattern, while the totals of the pattern are still in the processor's cache.
    """
    size = x.size
    needed = np.zeros(stop - start, np.bool_)
    for pattern in range(places.shape[0]):
        first = np.searchsorted(places[pattern], start)
        while first < places.shape[1] and places[pattern, first] < stop:
            needed[places[pattern, first] - start] = True
            first += 1
    runs = np.empty((ROOM + size, 3), np.uint32)
    ends = np.empty(BLOCK + 1, np.int64)
    tally = np.empty((squares.size, 2), np.int64)
    ends[0] = 0
    here = start
    while here < stop:
        block = here
        filled = 0
        while here < stop and here - block < BLOCK and filled < ROOM:
            if needed[here - start]:
                filled += runs_around(here, x, y, starts, box, squares, runs[filled:])
            here += 1
            ends[here - block] = filled
        for pattern in range(places.shape[0]):
            entry = np.searchsorted(places[pattern], block)
            while entry < places.shape[1] and places[pattern, entry] < here:
                point = places[pattern, entry]
                around = runs[ends[point - block] : ends[point - block + 1]]
                add_point(point, around, totals[pattern], tally, sums[pattern])
                entry += 1


@njit(cache=True, nogil=True)
def add_point(
    here: int, runs: NDArray[np.uint32], running: Whole, tally: Whole, sums: Floats
) -> None:
    """Add the ratios of one reference point, given the runs of its neighbours."""
    own_above = running[here + 1, 0] - running[here, 0]
    own_below = running[here + 1, 1] - running[here, 1]
    tally[:] = 0
    for run in range(runs.shape[0]):
        first, after, kind = runs[run, 0], runs[run, 1], runs[run, 2]
        tally[kind, 0] += running[after, 0] - running[first, 0]
        tally[kind, 1] += running[after, 1] - running[first, 1]
    last = running.shape[0] - 1
    overall = (running[last, 0] - own_above) / max(running[last, 1] - own_below, 1)
    above = -own_above
    below = -own_below
    for kind in range(tally.shape[0]):
        above += tally[kind, 0]
        below += tally[kind, 1]
        if below > 0:
            sums[kind, 0] += above / below
            sums[kind, 1] += overall


def ratio_sums(
    strips: Strips,
    squares: Floats,
    totals: Whole,
    reference: NDArray[np.bool_],
    threads: int | None,
) -> Floats:
    """Sums of local and of global ratios per pattern and distance: (patterns, distances, 2).

    reference   (patterns, points) which positions are reference points, as many in every pattern
    The sums are taken in the same pieces and order whatever the number of threads.
    """
    count, size = reference.shape
    places = np.nonzero(reference)[1].astype(np.int32).reshape(count, -1)
    pieces = np.zeros((PIECES, count, squares.size, 2))

    def work(piece: int, start: int, stop: int) -> None:
        add_ratios(
            start,
            stop,
            strips.x,
            strips.y,
            strips.starts,
            strips.box,
            squares,
            totals,
            places,
            pieces[piece],
        )

    share_out(work, size, threads)
    total: Floats = pieces.sum(axis=0)
    return total
