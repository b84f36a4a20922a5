"""The whole chain of economic complexity on one matrix, in bounded memory."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.complexity import (
    Complexity,
    economic_complexity,
    pci_by_eci_spread,
)
from hanse.engines.relatedness.conventions import (
    ECOMPLEXITY,
    ECONOMICCOMPLEXITY,
    chosen,
    one_of,
)
from hanse.engines.relatedness.inputs import BLOCK, Matrix, Presence, counts, row_blocks
from hanse.engines.relatedness.location_quotient import fill_quotients, totals
from hanse.engines.relatedness.outlook import scaled_index
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.proximity import proximities

MATRICES = ("quotients", "density", "gain")
OURS = {"gain": "pci", "index": "none"}
PRESETS = {
    ECONOMICCOMPLEXITY: {"gain": "pci", "index": "none"},
    ECOMPLEXITY: {"gain": "vector", "index": "population"},
}


@dataclass(frozen=True, eq=False)
class Block:
    """Some regions' rows of the three large matrices. The arrays are used again for the next."""

    rows: slice
    quotients: Matrix
    density: Matrix
    gain: Matrix


@dataclass(frozen=True, eq=False)
class ProductSpace:
    """Everything of `product_space`; a large matrix that was not kept is None."""

    presence: Presence
    diversity: Matrix
    ubiquity: Matrix
    complexity: Complexity
    proximity: Matrix
    outlook: Matrix
    quotients: Matrix | None
    density: Matrix | None
    gain: Matrix | None


def product_space(
    x: ArrayLike,
    *,
    threshold: float | Fraction = 1,
    towards: ArrayLike | None = None,
    like: str | None = None,
    keep: Collection[str] = MATRICES,
    out: Mapping[str, Matrix] | None = None,
    each: Callable[[Block], object] | None = None,
) -> ProductSpace:
    """Quotients, presence, ECI and PCI, proximity, density, outlook index and gain in one pass.

    Formula   those of `location_quotients`, `presence`, `economic_complexity`, `proximity`,
              `relatedness_density` (0..1, own sector counted) and `complexity_outlook`
    Takes     x: regions x sectors of counts; threshold: of presence;
              towards: as in `economic_complexity`;
              like: "economiccomplexity" or "ecomplexity", as in those methods;
              keep: which of the large regions x sectors matrices stay: "quotients", "density",
              "gain"; out: float64 arrays by the same names to write into, memory maps among them,
              one of which may be x itself; each: called with a `Block` of regions after the
              other, in order, so that large matrices can be written away instead of kept
    Gives     a `ProductSpace`; the same numbers as the single methods
    Memory    besides x: one byte for each cell, 8 bytes for each pair of sectors (12 while it is
              made), 8 bytes for each cell of each matrix kept, and up to 150 MB of blocks
    Unknown   as in those methods.
    Errors    as in those methods.

    >>> space = product_space([[9, 1, 2], [3, 5, 1], [0, 4, 9]], keep=())
    >>> space.outlook.round(4)
    array([0.    , 0.3333, 0.    ])
    """
    how = chosen(OURS, PRESETS, like, {})
    given = out or {}
    for name in (*keep, *given):
        one_of("keep", name, MATRICES)
    matrix = counts(x)
    present = presence(matrix, threshold)
    complexity = economic_complexity(present, towards=towards, like=like)
    near = proximities(present, form="minimum", own=True)
    ubiquity = present.sum(axis=0, dtype=np.float64)
    absent_sectors = ubiquity == 0
    near[absent_sectors] = 0
    near[:, absent_sectors] = 0
    worth = complexity.pci
    if how["gain"] == "vector":
        worth = pci_by_eci_spread(complexity)
    for name, array in given.items():
        if array.shape != matrix.shape or array.dtype != np.float64:
            raise WrongShape(f"out for {name} is {array.shape} of {array.dtype}")
    kept = {name: np.empty(matrix.shape) for name in keep if name not in given} | dict(given)
    outlook = _walked(matrix, present, near, worth, kept, each)
    near[absent_sectors] = np.nan
    near[:, absent_sectors] = np.nan
    return ProductSpace(
        present,
        present.sum(axis=1, dtype=np.float64),
        ubiquity,
        complexity,
        near,
        scaled_index(outlook) if how["index"] == "population" else outlook,
        kept.get("quotients"),
        kept.get("density"),
        kept.get("gain"),
    )


def _walked(
    matrix: NDArray[Any],
    present: Presence,
    near: Matrix,
    worth: Matrix,
    kept: dict[str, Matrix],
    each: Callable[[Block], object] | None,
) -> Matrix:
    """Fill the matrices kept, block by block of regions, and give the outlook index.

    Proximity is symmetric, so that dividing by its sums after the product does for weights.
    """
    regions, sectors = totals(matrix)
    around = near.sum(axis=1)
    lost = around == 0
    unknown = np.isnan(worth) | lost
    pull = np.divide(np.where(unknown, 0.0, worth), around, where=~lost, out=np.zeros(len(around)))
    outlook = np.full(matrix.shape[0], np.nan)
    quotients_buffer, density_buffer, gain_buffer = (
        None if name in kept else np.empty(_height(matrix.shape)) for name in MATRICES
    )
    for rows in row_blocks(matrix.shape[0], matrix.shape[1], least=512):
        height = slice(0, rows.stop - rows.start)
        quotients, density, gain = (
            kept[name][rows] if buffer is None else buffer[height]
            for name, buffer in zip(
                MATRICES, (quotients_buffer, density_buffer, gain_buffer), strict=True
            )
        )
        if "quotients" in kept or each:
            fill_quotients(matrix[rows], regions[rows], sectors, quotients)
        here = present[rows].astype(np.float64)
        np.matmul(here, near, out=density)
        np.subtract(1, here, out=here)
        outlook[rows] = (density * here) @ pull
        if {"gain"} & kept.keys() or each:
            np.matmul(here * pull, near, out=gain)
            gain *= here
            gain[:, unknown] = np.nan
        density /= np.where(lost, np.nan, around)
        if each:
            each(Block(rows, quotients, density, gain))
    outlook[~present.any(axis=1)] = np.nan
    return outlook


def _height(shape: tuple[int, ...]) -> tuple[int, int]:
    rows, columns = shape
    return min(rows, max(512, BLOCK // columns)), columns
