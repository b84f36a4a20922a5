"""Bandwidth of a Gaussian kernel over distances: Silverman's rule, Sheather and Jones' plug-in."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from hanse.engines.faults import UnknownConvention
from hanse.engines.localisation.points import Floats

SILVERMAN = "silverman"
SHEATHER_JONES = "sheather_jones"
RULES = (SILVERMAN, SHEATHER_JONES)
BINS = 1000
FAR = 1000.0  # exp(-FAR / 2) is zero


def bandwidth(
    distances: Floats,
    counts: NDArray[np.int64],
    rule: str,
    *,
    width: float = 0.0,
    tolerance: float = 1e-9,
) -> float:
    """Bandwidth of values given with how often each occurs (increasing values).

    width            of bins whose middles the values are; quartiles then lie inside of bins
    tolerance        of the plug-in equation's solution, in units of its least candidate
    silverman        0.9 * min(sd, IQR / 1.34) * n**(-1/5); sd alone where the IQR is zero
                     (Silverman 1986, eq. 3.31; R's bw.nrd0; what Duranton & Overman use)
    sheather_jones   the h that solves the plug-in equation on 1000 bins (Sheather & Jones (1991)
                     JRSS B 53; R's bw.SJ, method "ste")
    Unknown          NaN with fewer than two values, or where all are the same.
    Raises           UnknownConvention

    >>> round(bandwidth(np.arange(10.0), np.ones(10, np.int64), "silverman"), 6)
    1.719286
    """
    if rule not in RULES:
        raise UnknownConvention(f"bandwidth {rule!r}; there are {', '.join(RULES)}")
    size = int(counts.sum())
    if size < 2:  # noqa: PLR2004 -- a spread needs two values
        return float("nan")
    mean = float((distances * counts).sum() / size)
    spread = float(np.sqrt((counts * (distances - mean) ** 2).sum() / (size - 1)))
    low, high = _quartiles(distances, counts, width)
    if spread == 0:
        return float("nan")
    if rule == SILVERMAN:
        narrow = min(spread, (high - low) / 1.34) or spread
        return float(0.9 * narrow * size**-0.2)
    return _sheather_jones(
        distances, counts, min(spread, (high - low) / 1.349) or spread, tolerance
    )


def _quartiles(distances: Floats, counts: NDArray[np.int64], width: float) -> tuple[float, float]:
    # Of type 7, among values that occur more than once, spread evenly over their bins.
    ranks = np.cumsum(counts)

    def ranked(rank: int) -> float:
        at = int(np.searchsorted(ranks, rank, side="right"))
        inside = (rank + 0.5 - (ranks[at] - counts[at])) / counts[at] - 0.5
        return float(distances[at] + width * inside)

    def quantile(share: float) -> float:
        last = int(ranks[-1]) - 1
        place = last * share
        lower, upper = ranked(int(place)), ranked(min(int(place) + 1, last))
        return lower + (upper - lower) * (place - int(place))

    return quantile(0.25), quantile(0.75)


def _sheather_jones(
    distances: Floats, counts: NDArray[np.int64], scale: float, tolerance: float
) -> float:
    size = int(counts.sum())
    width = float(distances[-1] - distances[0]) * 1.01 / BINS
    bins = (distances / width).astype(np.int64)
    binned = np.bincount(bins - bins.min(), weights=counts, minlength=BINS)[: BINS + 2]
    pairs = np.correlate(binned, binned, "full")[binned.size - 1 :]
    pairs[0] = ((binned - 1) * binned / 2).sum()
    steps = np.arange(pairs.size) * width

    def derivative(h: float, order: int) -> float:
        square = np.minimum((steps / h) ** 2, FAR)
        weight = np.exp(-square / 2) * pairs
        fourth = order == 4  # noqa: PLR2004
        terms = (
            square**2 - 6 * square + 3 if fourth else square**3 - 15 * square**2 + 45 * square - 15
        )
        total = 2 * float((weight * terms).sum()) + size * (3 if fourth else -15)
        return float(total / (size * (size - 1.0) * h ** (order + 1) * np.sqrt(2 * np.pi)))

    pilot = derivative(1.24 * scale * size ** (-1 / 7), 4)
    slope = -derivative(1.23 * scale * size ** (-1 / 9), 6)
    if not pilot > 0 or not slope > 0:
        return float("nan")
    factor = 1.357 * (pilot / slope) ** (1 / 7)
    flat = 1 / (2 * np.sqrt(np.pi) * size)

    def equation(h: float) -> float:
        return float((flat / derivative(factor * h ** (5 / 7), 4)) ** 0.2 - h)

    least, most = 0.1144 * scale * size**-0.2, 1.144 * scale * size**-0.2
    for _ in range(99):
        if equation(least) * equation(most) <= 0:
            return float(brentq(equation, least, most, xtol=tolerance * least))
        least, most = least * 0.9, most * 1.2
    return float("nan")
