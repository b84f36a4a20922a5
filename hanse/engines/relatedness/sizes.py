"""How often a sector occurs at all: what co-occurrences are set in relation to."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NegativeValue, WrongShape
from hanse.engines.relatedness.conventions import ECONGEO, chosen, one_of
from hanse.engines.relatedness.inputs import Matrix, square

OURS = {"sizes": "links", "empty": "nan"}
PRESETS = {ECONGEO: {"sizes": "links", "empty": "zero"}}


class Sized(NamedTuple):
    """Co-occurrences without their diagonal, the size of each sector, and the sum of sizes."""

    pairs: Matrix
    size: Matrix
    total: float
    empty: str


def sized(
    co_occurrences: ArrayLike, sizes: str | None, empty: str | None, like: str | None
) -> Sized:
    """Take co-occurrences apart, by the convention of sizes.

    "links"      s[i] = sum over j other than i of C[i, j], what EconGeo does
    "presences"  s[i] = C[i, i], the ubiquity: the diagonal must be there

    Errors    WrongShape where the matrix is not square or not symmetric, or has presences below
              its co-occurrences; NegativeValue; UnknownConvention.
    """
    how = chosen(OURS, PRESETS, like, {"sizes": sizes, "empty": empty})
    one_of("sizes", how["sizes"], ("links", "presences"))
    one_of("empty", how["empty"], ("nan", "zero"))
    pairs = square(co_occurrences, "the matrix of co-occurrences").copy()
    if np.isnan(pairs).any() or not np.array_equal(pairs, pairs.T):
        raise WrongShape("the matrix of co-occurrences is not symmetric")
    if (pairs < 0).any():
        raise NegativeValue(f"the matrix of co-occurrences has {pairs.min()}")
    own = pairs.diagonal().copy()
    np.fill_diagonal(pairs, 0)
    if how["sizes"] == "presences" and (own < pairs.max(axis=1)).any():
        raise WrongShape("the diagonal of the co-occurrences does not hold the presences")
    size = pairs.sum(axis=1) if how["sizes"] == "links" else own
    return Sized(pairs, size, float(size.sum()), how["empty"])


def finished(values: Matrix, given: Sized) -> Matrix:
    """Zero on the diagonal; NaN, or zero by convention, in rows and columns of size zero."""
    np.fill_diagonal(values, 0)
    blank = 0.0 if given.empty == "zero" else np.nan
    values[given.size == 0] = blank
    values[:, given.size == 0] = blank
    return values
