"""Proximity of sectors: how likely regions that have one also have the other."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.co_occurrence import counted_together
from hanse.engines.relatedness.conventions import one_of
from hanse.engines.relatedness.inputs import Matrix, Presence, binary, row_blocks

FORMS = ("minimum", "conditional")


def proximity(
    presence: ArrayLike, *, form: str = "minimum", own: bool = True, of: str = "sectors"
) -> Matrix:
    """Proximity of all pairs of sectors (the product space), or of regions.

    Formula   minimum      phi[i, j] = C[i, j] / max(k[i], k[j]), the smaller of the two
                           conditional probabilities; symmetric
              conditional  phi[i, j] = C[i, j] / k[i], the probability of j where i is
              C  co-occurrences      k  ubiquity (diversity with of="regions")
    Unit      0..1
    Takes     presence: regions x sectors of 0 and 1; form; own: the diagonal stays 1, or 0 with
              False; of: "sectors" or "regions"
    Gives     a square matrix, float64
    Unknown   NaN in the row and column of a sector present nowhere (region: of no sector).
    Errors    WrongShape, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    Hidalgo, Klinger, Barabasi and Hausmann (2007) Science 317. form="minimum" is
              `proximity` of economiccomplexity and ecomplexity; "conditional" is ecomplexity's
              asymmetric=True.
    Error     one division of whole numbers: relative 2**-53.

    >>> proximity([[1, 1], [1, 1], [1, 0]])
    array([[1.        , 0.66666667],
           [0.66666667, 1.        ]])
    >>> proximity([[1, 1], [1, 1], [1, 0]], form="conditional", own=False)
    array([[0.        , 0.66666667],
           [1.        , 0.        ]])
    """
    one_of("form", form, FORMS)
    one_of("of", of, ("sectors", "regions"))
    present = binary(presence)
    return proximities(present if of == "sectors" else present.T, form=form, own=own)


def proximities(present: Presence, *, form: str, own: bool) -> Matrix:
    """`proximity` of the columns of a matrix that is known to be binary."""
    size = present.sum(axis=0, dtype=np.float64)
    pairs = counted_together(present)
    near = np.empty(pairs.shape)
    for rows in row_blocks(*pairs.shape):
        among = size[rows, None]
        if form == "minimum":
            among = np.maximum(among, size)
        with np.errstate(invalid="ignore", divide="ignore"):
            np.divide(pairs[rows], among, out=near[rows])
    if not own:
        np.fill_diagonal(near, 0)
    near[size == 0] = np.nan
    near[:, size == 0] = np.nan
    return near
