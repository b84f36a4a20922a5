"""Geary's C: how unlike are neighbours?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.spatial.normal_test import NormalTest, normal_test
from hanse.engines.spatial.permutation import DIFFERENCE, PermutationTest, permutation_test
from hanse.engines.spatial.sums import WeightSums, weight_sums
from hanse.engines.spatial.weights import Floats, Weights, checked_values


@dataclass(frozen=True)
class Geary:
    """C, its expectation 1, and tests under normality, randomisation and permutation."""

    c: float
    expected: float
    normality: NormalTest
    randomisation: NormalTest
    permutation: PermutationTest | None = None


def geary(
    values: ArrayLike,
    weights: Weights,
    *,
    alternative: str = "two_sided",
    count: str | None = None,
    like: str | None = None,
    permutations: int = 0,
    seed: int = 0,
    threads: int | None = None,
) -> Geary:
    """Contiguity ratio: below 1 neighbours alike, 1 chance, above 1 unlike.

    Formula   C = (n - 1) / (2 S0) * sum_ij w_ij (x_i - x_j)**2 / sum_i (x_i - mean)**2;  E = 1
    Takes     what `moran` takes; alternatives are of C itself ("less": alike)
    Unknown   NaN where `moran` is.
    Raises    WrongShape, NotFinite, UnknownConvention
    Source    R. C. Geary (1954) "The contiguity ratio and statistical mapping", The Incorporated
              Statistician 5; moments: A. D. Cliff & J. K. Ord (1981) "Spatial processes", Pion.

    >>> from hanse.engines.spatial.weights import from_neighbours
    >>> geary([0, 1, 0, 1], from_neighbours([[1], [0, 2], [1, 3], [2]])).c
    1.5
    """
    x = checked_values(values, weights)
    sums = weight_sums(weights, count, like)
    z = x - x.mean() if np.ptp(x) > 0 else np.zeros_like(x)
    square = float((z**2).sum())
    defined = square > 0 and sums.s0 > 0 and sums.n > 1
    apart = float((weights.values * (z[weights.rows] - z[weights.neighbours]) ** 2).sum())
    c = (sums.n - 1) / (2 * sums.s0) * apart / square if defined else np.nan
    return Geary(
        c,
        1.0,
        normal_test(c, 1.0, _normality(sums) if defined else np.nan, alternative),
        normal_test(c, 1.0, _randomisation(sums, z) if defined else np.nan, alternative),
        permutation_test(z, weights, DIFFERENCE, permutations, seed, threads)
        if permutations and defined
        else None,
    )


def _normality(sums: WeightSums) -> float:
    n, s0, s1, s2 = sums.n, sums.s0, sums.s1, sums.s2
    return ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0)


def _randomisation(sums: WeightSums, z: Floats) -> float:
    n, s0, s1, s2 = sums.n, sums.s0, sums.s1, sums.s2
    if n <= 3:  # noqa: PLR2004 -- divides by n - 3
        return np.nan
    k = z.size * float((z**4).sum()) / float((z**2).sum()) ** 2
    first = (n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * k)
    second = (n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * k) / 4
    third = s0 * s0 * (n * n - 3 - (n - 1) ** 2 * k)
    return (first - second + third) / (n * (n - 2) * (n - 3) * s0 * s0)
