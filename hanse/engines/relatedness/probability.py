"""Probability-based relatedness: co-occurrences over their expectation, without self-links."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.inputs import Matrix
from hanse.engines.relatedness.sizes import finished, sized


def probability(
    co_occurrences: ArrayLike,
    *,
    sizes: str | None = None,
    empty: str | None = None,
    like: str | None = None,
) -> Matrix:
    """Co-occurrences over what is expected when a sector is never drawn with itself.

    Formula   P[i, j] = C[i, j] / E[i, j]
              E[i, j] = (s[i]/S * s[j]/(S - s[i]) + s[j]/S * s[i]/(S - s[j])) * S / 2
    Unit      none; 1 = as expected
    Takes     co_occurrences: of `co_occurrences`, square and symmetric; sizes: "links", sums of
              rows without the diagonal, or "presences", the diagonal; empty: "nan" or "zero" for
              sectors of size zero; like: "econgeo" (links, zero)
    Gives     a symmetric square matrix; 0 on the diagonal
    Unknown   NaN in the row and column of a sector of size zero.
    Errors    WrongShape, NegativeValue, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    F. P. P. Steijn (2017) "Improvement on the association strength: implementing
              probability measures based on combinations without repetition"; EconGeo,
              `relatedness` with method="prob".

    >>> probability([[3, 2, 0], [2, 2, 1], [0, 1, 1]]).round(3)
    array([[0.   , 1.143, 0.   ],
           [1.143, 0.   , 1.25 ],
           [0.   , 1.25 , 0.   ]])
    """
    given = sized(co_occurrences, sizes, empty, like)
    with np.errstate(invalid="ignore", divide="ignore"):
        other = given.total - given.size
        expected = np.outer(given.size, given.size) / 2 * (1 / other[:, None] + 1 / other)
        values = given.pairs / expected
    return finished(values, given)
