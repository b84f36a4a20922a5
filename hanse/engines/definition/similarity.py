"""Similarity of industries: which are found in the same places."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NothingGiven, TooFew, WrongShape
from hanse.engines.relatedness.conventions import one_of
from hanse.engines.relatedness.correlation import correlations
from hanse.engines.relatedness.inputs import Matrix, counts, square


def locational_correlation(x: ArrayLike) -> Matrix:
    """Correlation of two industries' size over regions (LC).

    Formula   LC[i, j] = correlation over r of x[r, i] and x[r, j]
    Unit      -1..1
    Takes     x: regions x industries of persons employed (LC-Employment), of establishments
              (LC-Establishments) or any other count
    Gives     a symmetric square matrix; 1 on the diagonal
    Unknown   NaN for an industry that is empty or the same in every region.
    Errors    NegativeValue, NotFinite, NotNumeric, WrongShape, NothingGiven; TooFew regions.
    Source    M. Delgado, M. E. Porter and S. Stern (2016) "Defining clusters of related
              industries", Journal of Economic Geography 16; M. E. Porter (2003).

    >>> locational_correlation([[1, 2], [2, 4], [9, 18]]).round(12)
    array([[1., 1.],
           [1., 1.]])
    """
    return correlations(counts(x, "the matrix of regions x industries"))


def coagglomeration(x: ArrayLike, *, benchmark: str = "mean") -> Matrix:
    """How much two industries depart from the overall pattern in the same regions (COI).

    Formula   COI[i, j] = sum over r of (s[r, i] - b[r]) (s[r, j] - b[r]) / (1 - sum of b[r]**2)
              s  share of region r in the industry      b  benchmark share of the region
    Unit      none; 0 = no more together than by chance
    Takes     x: regions x industries of persons employed; benchmark: "mean" of the shares of all
              industries (Ellison, Glaeser and Kerr), or "total" employment's share
    Gives     a symmetric square matrix. Its diagonal follows the same formula and is not the
              Ellison-Glaeser index, which allows for plants.
    Unknown   NaN for an empty industry, which takes no part in the benchmark; NaN throughout
              where all is in one region.
    Errors    as `locational_correlation`; TooFew regions; UnknownConvention.
    Source    G. Ellison, E. L. Glaeser and W. R. Kerr (2010) "What causes industry
              agglomeration?", American Economic Review 100; Delgado, Porter and Stern (2016).

    >>> coagglomeration([[1, 1, 0], [0, 0, 1]])[0].round(4)
    array([ 0.5,  0.5, -1. ])
    """
    one_of("benchmark", benchmark, ("mean", "total"))
    matrix = counts(x, "the matrix of regions x industries")
    if matrix.shape[0] < 2:  # noqa: PLR2004 -- no two places
        raise TooFew("co-agglomeration needs two regions")
    size = matrix.sum(axis=0, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        share = matrix / size
    if benchmark == "mean":
        base = share[:, size > 0].mean(axis=1)
    else:
        base = matrix.sum(axis=1, dtype=np.float64) / size.sum()
    spread = 1 - float((base * base).sum())
    if spread <= 0:
        return np.full((len(size), len(size)), np.nan)
    apart = share - base[:, None]
    return np.asarray(apart.T @ apart / spread)


def combined(matrices: Sequence[ArrayLike], *, weights: Sequence[float] | None = None) -> Matrix:
    """The average of several similarities, each with mean 0 and standard deviation 1 first.

    Formula   A[i, j] = sum over m of w[m] (M_m[i, j] - mean_m) / sd_m / sum of w
              mean_m, sd_m over all pairs i, j that are not the same (n)
    Unit      standard deviations
    Takes     square matrices of the same industries: locational, from input-output tables (the
              larger of the two directions is usual), from occupations; weights: above 0
    Gives     a square matrix
    Unknown   NaN where one of them is not defined.
    Errors    NothingGiven without a matrix; WrongShape for different sizes, weights of another
              number or not above 0, or a matrix whose values are all the same.
    Source    Delgado, Porter and Stern (2016), who average LC-Employment, LC-Establishments,
              input-output and occupation links.

    >>> combined([[[1, 2, 3], [2, 1, 4], [3, 4, 1]]]).round(4)[0]
    array([-2.4495, -1.2247,  0.    ])
    """
    if not len(matrices):
        raise NothingGiven("no similarity to combine")
    parts = [1.0] * len(matrices) if weights is None else [float(w) for w in weights]
    if len(parts) != len(matrices) or min(parts) <= 0:
        raise WrongShape(f"{len(matrices)} matrices need as many weights above 0, not {weights}")
    first = square(matrices[0], "the first similarity")
    total = np.zeros(first.shape)
    for place, (each, weight) in enumerate(zip(matrices, parts, strict=True)):
        matrix = square(each, f"similarity {place}", len(first))
        pairs = matrix[~np.eye(len(matrix), dtype=bool)]
        pairs = pairs[~np.isnan(pairs)]
        spread = pairs.std() if pairs.size else 0.0
        if not spread > 0:
            raise WrongShape(f"similarity {place} is the same for all pairs")
        total += weight * (matrix - pairs.mean()) / spread
    return total / sum(parts)
