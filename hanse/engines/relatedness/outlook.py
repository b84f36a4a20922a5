"""Complexity outlook: how near regions are to complex sectors, and what a new one would open up."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.conventions import (
    ECOMPLEXITY,
    ECONOMICCOMPLEXITY,
    chosen,
    one_of,
)
from hanse.engines.relatedness.density import weights_of
from hanse.engines.relatedness.inputs import Matrix, binary, numeric, row_blocks, square

PRESETS = {ECONOMICCOMPLEXITY: {"scale": "none"}, ECOMPLEXITY: {"scale": "population"}}


@dataclass(frozen=True, eq=False)
class Outlook:
    """`index` is COI, one value for each region; `gain` is COG, regions x sectors."""

    index: Matrix
    gain: Matrix


def complexity_outlook(
    presence: ArrayLike,
    proximity: ArrayLike,
    complexity: ArrayLike,
    *,
    density: ArrayLike | None = None,
    scale: str | None = None,
    like: str | None = None,
) -> Outlook:
    """Complexity Outlook Index of regions and Complexity Outlook Gain of each missing sector.

    Formula   w[i, j] = phi[i, j] / sum over l of phi[i, l]
              COI[r]    = sum over i of D[r, i] (1 - M[r, i]) Q[i]
              COG[r, j] = (1 - M[r, j]) sum over i of (1 - M[r, i]) w[i, j] Q[i]
              D  relatedness density, M w' with the sector's own proximity counted
              Q  complexity of sectors
    Unit      that of Q; COI with scale="population" in standard deviations
    Takes     presence: regions x sectors of 0 and 1; proximity: sectors x sectors;
              complexity: PCI for each sector, NaN where not defined: the sector is left out;
              density: where it is at hand already, or is made of location quotients;
              scale: "none", or "population" for COI with mean 0 and deviation 1 (n);
              like: "economiccomplexity" (none, fed with PCI), "ecomplexity" (population, fed
              with `pci_by_eci_spread`)
    Gives     an `Outlook`; COG is 0 where the region has the sector already
    Unknown   NaN: COI of a region without sectors; COG of a sector left out; COI where all
              regions have the same and it is to be scaled.
    Errors    WrongShape, NegativeValue, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    Hausmann, Hidalgo et al. (2014) "The Atlas of Economic Complexity"; in the form of
              economiccomplexity and ecomplexity, whose gain does not subtract the distance.

    >>> complexity_outlook([[1, 0], [1, 1]], [[1, 0.5], [0.5, 1]], [-1, 1]).index
    array([0.33333333, 0.        ])
    """
    how = chosen({"scale": "none"}, PRESETS, like, {"scale": scale})
    one_of("scale", how["scale"], ("none", "population"))
    present = binary(presence)
    weights = weights_of(square(proximity, "the proximity matrix", present.shape[1]), own=True)
    worth = numeric(complexity, "the complexity").astype(np.float64)
    if worth.shape != (present.shape[1],):
        raise WrongShape(f"the complexity has shape {worth.shape}, not ({present.shape[1]},)")
    near = None if density is None else np.asarray(density, np.float64)
    if near is not None and near.shape != present.shape:
        raise WrongShape(f"density is {near.shape} and presence {present.shape}")
    weights, worth, left_out = with_worth(weights, worth)
    index, gain = np.empty(present.shape[0]), np.empty(present.shape)
    for rows in row_blocks(*present.shape):
        here = present[rows].astype(np.float64)
        dense = here @ weights.T if near is None else np.nan_to_num(near[rows])
        index[rows] = index_of(here, dense, worth)
        gain[rows] = gain_of(here, weights, worth)
    index[~present.any(axis=1)] = np.nan
    gain[:, left_out] = np.nan
    return Outlook(scaled_index(index) if how["scale"] == "population" else index, gain)


def with_worth(weights: Matrix, worth: Matrix) -> tuple[Matrix, Matrix, np.ndarray]:
    """Weights and complexities with zeros for sectors where either is not defined, and which."""
    left_out = np.isnan(worth) | np.isnan(weights).any(axis=1)
    return np.nan_to_num(weights, nan=0.0), np.where(left_out, 0.0, worth), left_out


def index_of(here: Matrix, density: Matrix, worth: Matrix) -> Matrix:
    """COI of a block of regions: what is near, complex and not there."""
    return np.asarray((density * (1 - here)) @ worth)


def gain_of(here: Matrix, weights: Matrix, worth: Matrix) -> Matrix:
    """COG of a block of regions."""
    absent = 1 - here
    gain = (absent * worth) @ weights
    gain *= absent
    return gain


def scaled_index(index: Matrix) -> Matrix:
    """COI with mean 0 and standard deviation 1 over the regions where it is known."""
    kept = index[~np.isnan(index)]
    if kept.size < 2 or np.ptp(kept) == 0:  # noqa: PLR2004 -- no spread
        return np.full(index.shape, np.nan)
    return np.asarray((index - kept.mean()) / kept.std())
