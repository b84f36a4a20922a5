"""Cosine relatedness: co-occurrences over the geometric mean of two sizes."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.inputs import Matrix
from hanse.engines.relatedness.sizes import finished, sized


def cosine(
    co_occurrences: ArrayLike,
    *,
    sizes: str | None = None,
    empty: str | None = None,
    like: str | None = None,
) -> Matrix:
    """Co-occurrences over the geometric mean of the two sizes (Salton and McGill).

    Formula   K[i, j] = C[i, j] / sqrt(s[i] * s[j])
    Unit      0..1
    Takes     co_occurrences: of `co_occurrences`, square and symmetric; sizes: "links", sums of
              rows without the diagonal, or "presences", the diagonal; empty: "nan" or "zero" for
              sectors of size zero; like: "econgeo" (links, zero)
    Gives     a symmetric square matrix; 0 on the diagonal
    Unknown   NaN in the row and column of a sector of size zero.
    Errors    WrongShape, NegativeValue, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    G. Salton and M. J. McGill (1983) "Introduction to modern information retrieval";
              van Eck and Waltman (2009); EconGeo, `relatedness` with method="cosine".

    >>> cosine([[3, 2, 0], [2, 2, 1], [0, 1, 1]]).round(3)
    array([[0.   , 0.816, 0.   ],
           [0.816, 0.   , 0.577],
           [0.   , 0.577, 0.   ]])
    """
    given = sized(co_occurrences, sizes, empty, like)
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(given.size)
        values = given.pairs / np.outer(root, root)
    return finished(values, given)
