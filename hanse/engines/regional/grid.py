"""From rows to a matrix: the one hand-over between tables and array methods."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hanse.engines import faults
from hanse.engines.regional.table import as_ibis, check, renamed


@dataclass(frozen=True)
class Grid:
    """A matrix with its labels: rows are regions, columns are sectors, both in order."""

    values: NDArray[np.float64]
    regions: NDArray[np.object_]
    sectors: NDArray[np.object_]


def grid(
    table: Any,
    *,
    region: str = "region",
    sector: str = "sector",
    value: str = "value",
    unknown: Literal["refuse", "zero"] = "refuse",
) -> Grid:
    """A table of region, sector and value as a matrix, handed over once through Arrow.

    Takes     any table (pandas, Polars, Arrow, Ibis); a pair without a row counts as zero
    unknown   what becomes of a null: "refuse" (NotFinite) or "zero"
    Gives     Grid; float64, regions and sectors sorted by their labels
    Errors    MissingColumn, MissingKey, NotNumeric, NegativeValue, NotFinite, DuplicateRows,
              NothingGiven

    >>> import pyarrow as pa
    >>> rows = pa.table({"region": ["b", "a"], "sector": ["x", "y"], "value": [3, 4]})
    >>> grid(rows).values
    array([[0., 4.],
           [3., 0.]])
    """
    rows = as_ibis(table)
    for name in (region, sector, value):
        if name not in rows.columns:
            raise faults.MissingColumn(f"There is no column {name!r}.")
    rows = renamed(rows, {"region": region, "sector": sector, "value": value})
    check(rows, keys=("region", "sector"))
    found = rows.to_pyarrow()
    regions, at_region = _places(found["region"])
    sectors, at_sector = _places(found["sector"])
    figures = found["value"].to_numpy()
    if np.isnan(figures).any():
        if unknown == "refuse":
            count = int(np.isnan(figures).sum())
            raise faults.NotFinite(
                f"{count} values are not known; say unknown='zero' to count them as 0."
            )
        figures = np.nan_to_num(figures, nan=0.0)
    values = np.zeros((len(regions), len(sectors)))
    values[at_region, at_sector] = figures
    return Grid(values, regions.astype(object), sectors.astype(object))


def _places(keys: pa.ChunkedArray) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The labels in order, and where in them each row's is: text is compared once per label."""
    listed = keys.combine_chunks().dictionary_encode()
    rows = listed.indices.to_numpy()
    there = np.flatnonzero(np.bincount(rows, minlength=len(listed.dictionary)))
    labels, order = np.unique(
        listed.dictionary.take(there).to_numpy(zero_copy_only=False), return_inverse=True
    )
    place = np.empty(len(listed.dictionary), np.intp)
    place[there] = order
    return labels, place[rows]
