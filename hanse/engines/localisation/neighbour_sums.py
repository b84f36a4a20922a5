"""Ratios of neighbours' weights within distances, summed over reference points, many patterns."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hanse.engines.localisation.points import Floats
from hanse.engines.localisation.strips import Strips, Whole, runs_around
from hanse.engines.localisation.workers import PIECES, share_out


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
    firsts: Whole,
    patterns: NDArray[np.int32],
    sums: Floats,
) -> None:
    """Add local and global ratios of the reference points at positions start to stop - 1.

    totals    (patterns, points + 1, 2) running totals of numerator and denominator weights
    firsts, patterns   in which patterns each position is a reference point (compressed rows)
    sums      (patterns, distances, 2): local ratios, global ratios, of points with neighbours
    """
    size = x.size
    runs = np.empty((size, 3), np.int32)
    tally = np.empty((squares.size, 2), np.int64)
    for here in range(start, stop):
        if firsts[here] == firsts[here + 1]:
            continue
        count = runs_around(here, x, y, starts, box, squares, runs)
        for entry in range(firsts[here], firsts[here + 1]):
            pattern = patterns[entry]
            running = totals[pattern]
            own_above = running[here + 1, 0] - running[here, 0]
            own_below = running[here + 1, 1] - running[here, 1]
            tally[:] = 0
            for run in range(count):
                first, after, kind = runs[run, 0], runs[run, 1], runs[run, 2]
                tally[kind, 0] += running[after, 0] - running[first, 0]
                tally[kind, 1] += running[after, 1] - running[first, 1]
            above = -own_above
            below = -own_below
            overall = (running[size, 0] - own_above) / max(running[size, 1] - own_below, 1)
            for kind in range(squares.size):
                above += tally[kind, 0]
                below += tally[kind, 1]
                if below > 0:
                    sums[pattern, kind, 0] += above / below
                    sums[pattern, kind, 1] += overall


def ratio_sums(
    strips: Strips,
    squares: Floats,
    totals: Whole,
    reference: NDArray[np.bool_],
    threads: int | None,
) -> Floats:
    """Sums of local and of global ratios per pattern and distance: (patterns, distances, 2).

    reference   (patterns, points) which positions are reference points
    The sums are taken in the same pieces and order whatever the number of threads.
    """
    count, size = reference.shape
    position, pattern = np.nonzero(reference.T)
    firsts = np.searchsorted(position, np.arange(size + 1)).astype(np.int64)
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
            firsts,
            chosen,
            pieces[piece],
        )

    chosen = pattern.astype(np.int32)
    share_out(work, size, threads)
    total: Floats = pieces.sum(axis=0)
    return total
