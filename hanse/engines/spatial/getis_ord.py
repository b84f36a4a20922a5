"""G of Getis and Ord: do large values sit together, or small ones?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NegativeValue
from hanse.engines.spatial.normal_test import NormalTest, normal_test
from hanse.engines.spatial.permutation import PRODUCT, PermutationTest, permutation_test
from hanse.engines.spatial.sums import WeightSums, weight_sums
from hanse.engines.spatial.weights import Floats, Weights, checked_values


@dataclass(frozen=True)
class GetisOrd:
    """G, its expectation, and tests under randomisation and, if asked, permutation."""

    g: float
    expected: float
    randomisation: NormalTest
    permutation: PermutationTest | None = None


def getis_ord(
    values: ArrayLike,
    weights: Weights,
    *,
    alternative: str = "two_sided",
    count: str | None = None,
    like: str | None = None,
    permutations: int = 0,
    seed: int = 0,
    threads: int | None = None,
) -> GetisOrd:
    """Share of all products of two values that falls on neighbours: large where peaks cluster.

    Formula   G = sum_ij w_ij x_i x_j / sum_{i != j} x_i x_j;  E = S0 / (n (n - 1))
    Takes     values of 0 and more; weights, usually binary ("B"); the rest as `moran`
    Unknown   NaN where all values are the same, fewer than two differ from 0, nobody has a
              neighbour; the test needs four units.
    Raises    NegativeValue, WrongShape, NotFinite, UnknownConvention
    Source    A. Getis & J. K. Ord (1992) "The analysis of spatial association by use of distance
              statistics", Geographical Analysis 24.

    >>> from hanse.engines.spatial.weights import from_neighbours
    >>> getis_ord([3, 1, 0, 0], from_neighbours([[1], [0, 2], [1, 3], [2]])).g
    1.0
    """
    x = checked_values(values, weights)
    if (x < 0).any():
        raise NegativeValue(f"value of unit {int(np.argmax(x < 0))} (from 0)")
    sums = weight_sums(weights, count, like)
    products = float(x.sum() ** 2 - (x**2).sum())
    defined = np.count_nonzero(x) > 1 and np.ptp(x) > 0 and sums.s0 > 0 and sums.n > 1
    g = float((x * weights.lag(x)).sum()) / products if defined else np.nan
    expected = sums.s0 / (sums.n * (sums.n - 1)) if sums.n > 1 else np.nan
    variance = _second_moment(sums, x) - expected**2 if defined else np.nan
    return GetisOrd(
        g,
        expected,
        normal_test(g, expected, variance, alternative),
        permutation_test(x, weights, PRODUCT, permutations, seed, threads)
        if permutations and defined
        else None,
    )


def _second_moment(sums: WeightSums, x: Floats) -> float:
    n, s0, s1, s2 = sums.n, sums.s0, sums.s1, sums.s2
    if n <= 3:  # noqa: PLR2004 -- divides by n - 3
        return np.nan
    m1, m2, m3, m4 = (float((x**power).sum()) for power in (1, 2, 3, 4))
    b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0
    b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
    b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0)
    b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0
    b4 = s1 - s2 + s0 * s0
    total = b0 * m2**2 + b1 * m4 + b2 * m1**2 * m2 + b3 * m1 * m3 + b4 * m1**4
    return total / ((m1**2 - m2) ** 2 * n * (n - 1) * (n - 2) * (n - 3))
