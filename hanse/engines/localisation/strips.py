"""Points sorted into strips, where the neighbours of one distance class stand in few runs.

Seen from a point, the distance changes steadily along a thin strip, so neighbours of one class
(r[k-1] < d <= r[k]) follow each other. With running totals of weights along the sorted points, the
weight of a run is one difference, and a row of n neighbours costs about sqrt(n) * len(r) steps.
Weights are whole numbers (`whole_weights`), so these differences are exact.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from hanse.engines.faults import NothingGiven, Unfit
from hanse.engines.localisation.points import Floats

Whole = NDArray[np.int64]
BITS = 61


@dataclass(frozen=True)
class Strips:
    """Points in canonical order: `order` sorts the given points; the rest is in that order.

    starts    first point of each strip, and the number of points at the end
    box       (strips, 4): least x, greatest x, least y, greatest y
    """

    order: NDArray[np.int64]
    x: Floats
    y: Floats
    starts: Whole
    box: Floats


def strips(x: Floats, y: Floats, *marks: NDArray[np.generic]) -> Strips:
    """Sort points into about sqrt(n) strips of equal size by y, and by x within a strip.

    marks     what else tells points apart (type, weight): coincident points are sorted by them, so
              that the order in which points are given has no influence on anything.
    """
    size = x.size
    rows = max(1, round(float(np.sqrt(size))))
    upward = np.lexsort((*marks, x, y))
    strip = np.empty(size, np.int64)
    strip[upward] = np.arange(size) * rows // size
    order = np.lexsort((*marks, y, x, strip))
    starts = np.searchsorted(strip[order], np.arange(rows + 1)).astype(np.int64)
    across, up = x[order], y[order]
    least, most = np.minimum.reduceat, np.maximum.reduceat
    first = starts[:-1]
    box = np.column_stack(
        [least(across, first), most(across, first), least(up, first), most(up, first)]
    )
    return Strips(order, across, up, starts, np.ascontiguousarray(box))


def whole_weights(weights: Floats) -> Whole:
    """Weights times a power of two, rounded: whole numbers whose total is below 2**62.

    Exactly   whole numbers of persons stay exact. Other weights w of a total W move by at most
              W * 2**-61, that is relatively by 2**-61 * W / w.
    Raises    NothingGiven where all are zero, Unfit where a weight is too small to be told from 0.
    """
    total = float(weights.sum())
    if total <= 0:
        raise NothingGiven("all weights are zero")
    scaled = np.rint(np.ldexp(weights, BITS - int(np.frexp(total)[1]))).astype(np.int64)
    if ((scaled == 0) & (weights > 0)).any():
        raise Unfit("weights differ by more than 18 orders of magnitude")
    return scaled


@njit(cache=True, nogil=True)
def first_beyond(
    x: Floats, low: int, high: int, x0: float, up: float, farthest: float, side: float
) -> int:
    """First point not too far to the left (side -1), or the first too far to the right (side 1)."""
    while low < high:
        middle = (low + high) // 2
        dx = x[middle] - x0
        far = dx * side > 0 and dx * dx + up * up > farthest
        if far == (side < 0):
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def runs_around(
    here: int,
    x: Floats,
    y: Floats,
    starts: Whole,
    box: Floats,
    squares: Floats,
    runs: NDArray[np.uint32],
) -> int:
    """Write the runs of neighbours of one point: (first, one after the last, class); how many.

    squares   squared distances r * r, increasing. Class k: squares[k-1] < d2 <= squares[k], with
              d2 = dx*dx + dy*dy in double precision; what is farther than the last is left out.
    """
    classes = squares.size
    farthest = squares[classes - 1]
    x0, y0 = x[here], y[here]
    count = 0
    for strip in range(starts.size - 1):
        # Subtraction and squaring keep order in floating point, so nothing near is skipped.
        up = max(box[strip, 2] - y0, y0 - box[strip, 3], 0.0)
        side = max(box[strip, 0] - x0, x0 - box[strip, 1], 0.0)
        if side * side + up * up > farthest:
            continue
        # Within the strip, which is sorted by x: from the first to the last that may be near.
        there, end = starts[strip], starts[strip + 1]
        there = first_beyond(x, there, end, x0, up, farthest, -1.0)
        end = first_beyond(x, there, end, x0, up, farthest, 1.0)
        current, first = classes, there
        lower, upper = farthest, np.inf
        while there < end:
            dx = x[there] - x0
            dy = y[there] - y0
            d2 = dx * dx + dy * dy
            if d2 <= lower or d2 > upper:
                if current < classes:
                    runs[count, 0], runs[count, 1], runs[count, 2] = first, there, current
                    count += 1
                while current > 0 and d2 <= squares[current - 1]:
                    current -= 1
                while current < classes and d2 > squares[current]:
                    current += 1
                first = there
                lower = squares[current - 1] if current > 0 else -1.0
                upper = squares[current] if current < classes else np.inf
            there += 1
        if current < classes:
            runs[count, 0], runs[count, 1], runs[count, 2] = first, end, current
            count += 1
    return count
