"""Jaccard relatedness: what two sectors have together, of what either has."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.inputs import Matrix
from hanse.engines.relatedness.sizes import finished, sized


def jaccard(
    co_occurrences: ArrayLike,
    *,
    sizes: str | None = None,
    empty: str | None = None,
    like: str | None = None,
) -> Matrix:
    """Co-occurrences over the occurrences of either sector.

    Formula   J[i, j] = C[i, j] / (s[i] + s[j] - C[i, j])
    Unit      0..1
    Takes     co_occurrences: of `co_occurrences`, square and symmetric; sizes: "links", sums of
              rows without the diagonal, or "presences", the diagonal; empty: "nan" or "zero" for
              sectors of size zero; like: "econgeo" (links, zero)
    Gives     a symmetric square matrix; 0 on the diagonal
    Unknown   NaN in the row and column of a sector of size zero.
    Errors    WrongShape, NegativeValue, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    P. Jaccard (1912) "The distribution of the flora in the alpine zone"; van Eck and
              Waltman (2009); EconGeo, `relatedness` with method="jaccard".

    >>> jaccard([[3, 2, 0], [2, 2, 1], [0, 1, 1]]).round(3)
    array([[0.   , 0.667, 0.   ],
           [0.667, 0.   , 0.333],
           [0.   , 0.333, 0.   ]])
    """
    given = sized(co_occurrences, sizes, empty, like)
    with np.errstate(invalid="ignore", divide="ignore"):
        either = given.size[:, None] + given.size - given.pairs
        values = given.pairs / either
    return finished(values, given)
