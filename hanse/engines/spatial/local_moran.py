"""Local Moran: which units sit among their like, and which stick out?"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from hanse.engines.faults import UnknownConvention
from hanse.engines.spatial.permutation import conditional_counts, pseudo_p
from hanse.engines.spatial.weights import Floats, Weights, Whole, checked_values

HIGH_HIGH: Final = 1
LOW_HIGH: Final = 2
LOW_LOW: Final = 3
HIGH_LOW: Final = 4
NO_QUADRANT: Final = 0
SCALINGS = ("n", "n-1")
PRESETS = {"spdep": "n", "esda": "n-1"}


@dataclass(frozen=True)
class LocalMoran:
    """One entry per unit; `p_permutation` where permutations were asked for."""

    i: Floats
    expected: Floats
    variance: Floats
    z: Floats
    p: Floats
    quadrant: NDArray[np.int64]
    p_permutation: Floats | None = None


def local_moran(
    values: ArrayLike,
    weights: Weights,
    *,
    scaling: str | None = None,
    like: str | None = None,
    permutations: int = 0,
    alternative: str = "folded",
    seed: int = 0,
    threads: int | None = None,
) -> LocalMoran:
    """Each unit's part in spatial autocorrelation: above 0 among its like, below 0 unlike.

    Formula   I_i = z_i / m2 * sum_j w_ij z_j,  z = x - mean
              E_i = -z_i**2 W_i / ((n - 1) m2), W_i = sum_j w_ij
              V_i = (z_i / m2)**2 * (sum_j w_ij**2 - W_i**2 / (n - 1)) * n / (n - 2)
                    * (S - z_i**2 / (n - 1)),  S = sum z**2 / n
    scaling   m2: "n": sum z**2 / n; "n-1" (default): sum z**2 / (n - 1). Moments are conditional:
              the unit keeps its value, the others are exchanged; z-values are the same either way.
    like      "spdep": n;  "esda": n-1
    permutations  0, or how often the neighbours' values are drawn anew for every unit
    alternative   of the pseudo p-values: "folded" as esda, "two_sided", "greater", "less" (of I_i)
    Gives     quadrant 1 high among high, 2 low among high, 3 low among low, 4 high among low, 0
              isolated or undefined; a unit at the mean, or with neighbours at the mean, counts as
              low. p is two-sided, of the normal distribution.
    Unknown   NaN for isolated units (no_neighbours); everywhere where all values are the same
              (no_variation); moments with fewer than three units; z where the variance is zero.
    Raises    WrongShape, NotFinite, TooFew, UnknownConvention
    Source    L. Anselin (1995) "Local indicators of spatial association", Geographical Analysis 27;
              moments: J. Sauer, T. Oshan, S. Rey & L. J. Wolf (2021) "The importance of null
              hypotheses: understanding differences in local Moran's I_i under
              heteroskedasticity", Geographical Analysis 54.

    >>> from hanse.engines.spatial.weights import from_neighbours
    >>> line = from_neighbours([[1], [0, 2], [1, 3], [2]])
    >>> local_moran([2, 2, 0, 0], line).quadrant.tolist()
    [1, 4, 3, 3]
    """
    if like is not None and like not in PRESETS:
        raise UnknownConvention(f"like {like!r}; there are {', '.join(PRESETS)}")
    divisor = scaling or PRESETS.get(like or "", "n-1")
    if divisor not in SCALINGS:
        raise UnknownConvention(f"scaling {divisor!r}; there are {', '.join(SCALINGS)}")
    x = checked_values(values, weights)
    n = weights.n
    undefined = np.full(n, np.nan)
    if n < 2 or np.ptp(x) == 0:  # noqa: PLR2004
        nothing = np.full(n, NO_QUADRANT)
        rest = undefined if permutations else None
        return LocalMoran(undefined, undefined, undefined, undefined, undefined, nothing, rest)
    z = x - x.mean()
    square = float((z**2).sum())
    m2 = square / (n if divisor == "n" else n - 1)
    lag = weights.lag(z)
    alone = weights.isolated
    i = np.where(alone, np.nan, z / m2 * lag)
    total = np.bincount(weights.rows, weights=weights.values, minlength=n)
    squares = np.bincount(weights.rows, weights=weights.values**2, minlength=n)
    expected = np.where(alone, np.nan, -(z**2) * total / ((n - 1) * m2))
    variance = undefined
    if n > 2:  # noqa: PLR2004
        spread = (square / n - z**2 / (n - 1)) * n / (n - 2)
        variance = (z / m2) ** 2 * (squares - total**2 / (n - 1)) * spread
        variance = np.where(alone, np.nan, variance)
    # A variance that is nothing but rounding is zero: the neighbours are all the others.
    solid = variance > 1e-12 * (z / m2) ** 2 * squares * square / n
    root = np.sqrt(np.where(solid, variance, np.nan))
    score = (i - expected) / root
    return LocalMoran(
        i,
        expected,
        variance,
        score,
        2 * ndtr(-np.abs(score)),
        _quadrants(z, lag, alone),
        _permuted(z, weights, permutations, alternative, seed, threads) if permutations else None,
    )


def _quadrants(z: Floats, lag: Floats, alone: NDArray[np.bool_]) -> Whole:
    among = np.where(
        lag > 0, np.where(z > 0, HIGH_HIGH, LOW_HIGH), np.where(z > 0, HIGH_LOW, LOW_LOW)
    )
    return np.where(alone, NO_QUADRANT, among)


def _permuted(
    z: Floats,
    weights: Weights,
    permutations: int,
    alternative: str,
    seed: int,
    threads: int | None,
) -> Floats:
    counts = conditional_counts(z, weights, permutations, seed, threads)
    # What counts is z_i times the drawn sum: where z_i is negative, large is small; at zero, equal.
    turned = np.where((z < 0)[:, np.newaxis], counts[:, ::-1], counts)
    turned[z == 0] = permutations
    return np.where(weights.isolated, np.nan, pseudo_p(turned, permutations, alternative))
