"""Association strength: co-occurrences over what sizes alone would make expect."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.inputs import Matrix
from hanse.engines.relatedness.sizes import finished, sized


def association(
    co_occurrences: ArrayLike,
    *,
    sizes: str | None = None,
    empty: str | None = None,
    like: str | None = None,
) -> Matrix:
    """How much more often two sectors occur together than their sizes alone would make expect.

    Formula   A[i, j] = C[i, j] * S / (s[i] * s[j])
              s  size of a sector      S  sum of sizes (with presences: of all presences)
    Unit      none; 1 = as expected were links drawn independently
    Takes     co_occurrences: of `co_occurrences`, square and symmetric; sizes: "links", sums of
              rows without the diagonal, or "presences", the diagonal; empty: "nan" or "zero" for
              sectors of size zero; like: "econgeo" (links, zero)
    Gives     a symmetric square matrix; 0 on the diagonal
    Unknown   NaN in the row and column of a sector of size zero.
    Errors    WrongShape, NegativeValue, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    N. J. van Eck and L. Waltman (2009) "How to normalize cooccurrence data?", Journal
              of the American Society for Information Science and Technology 60; EconGeo,
              `relatedness` with method="association".

    >>> association([[3, 2, 0], [2, 2, 1], [0, 1, 1]]).round(3)
    array([[0., 2., 0.],
           [2., 0., 2.],
           [0., 2., 0.]])
    """
    given = sized(co_occurrences, sizes, empty, like)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = given.pairs * given.total / np.outer(given.size, given.size)
    return finished(values, given)
