"""Relatedness density: how much of what is related to a sector a region already has."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NegativeValue, NotFinite, WrongShape
from hanse.engines.relatedness.conventions import (
    ECOMPLEXITY,
    ECONGEO,
    ECONOMICCOMPLEXITY,
    chosen,
    one_of,
)
from hanse.engines.relatedness.inputs import Matrix, numeric, row_blocks, square

OURS = {"own": True, "scale": 1}
PRESETS = {
    ECONGEO: {"own": False, "scale": 100},
    ECONOMICCOMPLEXITY: {"own": True, "scale": 1},
    ECOMPLEXITY: {"own": True, "scale": 1},
}


def relatedness_density(
    presence: ArrayLike,
    proximity: ArrayLike,
    *,
    own: bool | None = None,
    scale: int | None = None,
    like: str | None = None,
) -> Matrix:
    """The share of the proximity around each sector that a region's own sectors make up.

    Formula   D[r, i] = scale * sum over j of M[r, j] phi[i, j] / sum over j of phi[i, j]
    Unit      0..1, or percent with scale=100; more where `presence` holds location quotients
    Takes     presence: regions x sectors of 0 and 1, or of any values from zero up (ecomplexity
              with continuous=True takes location quotients);
              proximity: sectors x sectors, of any measure of relatedness; of one that is not
              symmetric the row of i is used;
              own: whether the sector itself counts (its diagonal), False as in EconGeo;
              scale: 1 or 100; like: "econgeo" (False, 100), "economiccomplexity", "ecomplexity"
    Gives     regions x sectors, float64
    Unknown   NaN for a sector related to none, and for a region whose values are NaN.
    Errors    WrongShape, NegativeValue, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    Hidalgo, Klinger, Barabasi and Hausmann (2007) Science 317; P.-A. Balland et al.
              (2019) "Smart specialization policy in the European Union", Regional Studies 53.

    >>> relatedness_density([[1, 0], [1, 1]], [[1, 0.5], [0.5, 1]])
    array([[0.66666667, 0.33333333],
           [1.        , 1.        ]])
    """
    how = chosen(OURS, PRESETS, like, {"own": own, "scale": scale})
    one_of("scale", how["scale"], (1, 100))
    values = numeric(presence, "the presence matrix")
    if values.ndim != 2:  # noqa: PLR2004 -- rows and columns
        raise WrongShape(f"the presence matrix has {values.ndim} dimensions")
    near = square(proximity, "the proximity matrix", values.shape[1])
    weights = weights_of(near, own=how["own"])
    density = np.empty(values.shape)
    for rows in row_blocks(*values.shape):
        block = values[rows].astype(np.float64)
        if np.isinf(block).any():
            raise NotFinite("the presence matrix holds an infinite value")
        if (block < 0).any():
            raise NegativeValue(f"the presence matrix has {np.nanmin(block)}")
        empty = np.isnan(block)
        block[empty] = 0
        np.matmul(block, weights.T, out=density[rows])
        density[rows][empty.all(axis=1)] = np.nan
    if how["scale"] != 1:
        density *= how["scale"]
    return density


def weights_of(near: Matrix, *, own: bool) -> Matrix:
    """Proximities over the sum of their row; an undefined one counts as none.

    NaN in the whole row of a sector that is related to none.
    """
    weights = np.nan_to_num(near, copy=True, nan=0.0)
    if (weights < 0).any():
        raise NegativeValue(f"the proximity matrix has {weights.min()}")
    if not own:
        np.fill_diagonal(weights, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        weights /= weights.sum(axis=1)[:, None]
    return weights
