"""Moran's I: do neighbours have like values?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.spatial.normal_test import NormalTest, normal_test
from hanse.engines.spatial.permutation import PRODUCT, PermutationTest, permutation_test
from hanse.engines.spatial.sums import WeightSums, weight_sums
from hanse.engines.spatial.weights import Floats, Weights, checked_values


@dataclass(frozen=True)
class Moran:
    """I, its expectation, and tests under normality, randomisation and, if asked, permutation."""

    i: float
    expected: float
    normality: NormalTest
    randomisation: NormalTest
    permutation: PermutationTest | None = None


def moran(
    values: ArrayLike,
    weights: Weights,
    *,
    alternative: str = "two_sided",
    count: str | None = None,
    like: str | None = None,
    permutations: int = 0,
    seed: int = 0,
    threads: int | None = None,
) -> Moran:
    """Global spatial autocorrelation: 1 neighbours alike, near 0 chance, below 0 unlike.

    Formula   I = n / S0 * sum_ij w_ij z_i z_j / sum_i z_i**2,  z = x - mean;  E = -1 / (n - 1)
              variances of Cliff & Ord under normality and under randomisation
    Takes     a value per unit; weights, usually row-standardised ("W")
    alternative  of the normal tests: "two_sided", "greater" (alike), "less"
    count     units n counts: "all", or "connected" ones, without isolated units
    like      "esda" (all), "spdep" (connected: its adjust.n)
    permutations  0, or how often values are exchanged among all units (`permutation_test`)
    Unknown   NaN where all values are the same, nobody has a neighbour, or units are too few for a
              moment (fewer than 2, 4 for randomisation).
    Raises    WrongShape, NotFinite, UnknownConvention
    Source    P. A. P. Moran (1950) Biometrika 37; A. D. Cliff & J. K. Ord (1981) "Spatial
              processes", Pion.

    >>> from hanse.engines.spatial.weights import from_neighbours
    >>> moran([0, 1, 0, 1], from_neighbours([[1], [0, 2], [1, 3], [2]])).i
    -1.0
    """
    x = checked_values(values, weights)
    sums = weight_sums(weights, count, like)
    z = x - x.mean() if np.ptp(x) > 0 else np.zeros_like(x)
    square = float((z**2).sum())
    defined = square > 0 and sums.s0 > 0 and sums.n > 1
    i = sums.n / sums.s0 * float((z * weights.lag(z)).sum()) / square if defined else np.nan
    expected = -1 / (sums.n - 1) if sums.n > 1 else np.nan
    return Moran(
        i,
        expected,
        normal_test(i, expected, _normality(sums) if defined else np.nan, alternative),
        normal_test(i, expected, _randomisation(sums, z) if defined else np.nan, alternative),
        permutation_test(z, weights, PRODUCT, permutations, seed, threads)
        if permutations and defined
        else None,
    )


def _normality(sums: WeightSums) -> float:
    n, s0, s1, s2 = sums.n, sums.s0, sums.s1, sums.s2
    return (n * n * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - 1 / (n - 1) ** 2


def _randomisation(sums: WeightSums, z: Floats) -> float:
    n, s0, s1, s2 = sums.n, sums.s0, sums.s1, sums.s2
    if n <= 3:  # noqa: PLR2004 -- divides by n - 3
        return np.nan
    kurtosis = z.size * float((z**4).sum()) / float((z**2).sum()) ** 2
    upper = n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s0 * s0)
    lower = kurtosis * (s1 * (n * n - n) - 2 * n * s2 + 6 * s0 * s0)
    return (upper - lower) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0) - 1 / (n - 1) ** 2
