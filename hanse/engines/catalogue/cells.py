"""Cells as matrices, and what is found for regions, sectors and pairs as a table again."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hanse.engines import faults, reasons
from hanse.engines.catalogue.rows import Column, Reasons, either, no_reasons, table_of
from hanse.engines.regional.grid import Grid, grid
from hanse.engines.relatedness.conventions import one_of
from hanse.engines.relatedness.inputs import Matrix, Presence, binary
from hanse.engines.relatedness.presence import presence

VALUES = ("amounts", "presence")
PAIRS = ("once", "both")


@dataclass(frozen=True, eq=False)
class Cells:
    """Regions x sectors with their labels, and why nothing can be said of a region or a sector."""

    given: Grid
    region_reasons: Reasons
    sector_reasons: Reasons

    @property
    def regions(self) -> NDArray[np.object_]:
        """Labels of the rows."""
        return self.given.regions

    @property
    def sectors(self) -> NDArray[np.object_]:
        """Labels of the columns."""
        return self.given.sectors

    def of_regions(self, name: str, found: Column, otherwise: str = reasons.NOT_KNOWN) -> pa.Table:
        """A row for each region."""
        return table_of({"region": self.regions}, {name: found}, self.region_reasons, otherwise)

    def of_sectors(self, name: str, found: Column, otherwise: str = reasons.NOT_KNOWN) -> pa.Table:
        """A row for each sector."""
        return table_of({"sector": self.sectors}, {name: found}, self.sector_reasons, otherwise)

    def of_cells(self, name: str, found: Matrix, otherwise: str = reasons.NOT_KNOWN) -> pa.Table:
        """A row for each region and sector, also where the table given had none."""
        rows, columns = np.indices(found.shape).reshape(2, -1)
        why = either(self.region_reasons[rows], self.sector_reasons[columns])
        keys = {"region": self.regions[rows], "sector": self.sectors[columns]}
        return table_of(keys, {name: found.ravel()}, why, otherwise)

    def of_pairs(
        self,
        name: str,
        found: NDArray[Any],
        *,
        of: str = "sector",
        pairs: str = "once",
        otherwise: str = reasons.NOT_KNOWN,
    ) -> pa.Table:
        """A row for each two sectors, or regions; none for one with itself.

        pairs     "once": each two once, `other` below it in their order; "both": in both directions
        """
        one_of("pairs", pairs, PAIRS)
        labels, why = (
            (self.sectors, self.sector_reasons)
            if of == "sector"
            else (self.regions, self.region_reasons)
        )
        apart = ~np.eye(len(labels), dtype=bool)
        first, second = np.nonzero(np.triu(apart) if pairs == "once" else apart)
        keys = {of: labels[first], "other": labels[second]}
        return table_of(
            keys, {name: found[first, second]}, either(why[first], why[second]), otherwise
        )


def amounts(rows: pa.Table, unknown: str = "refuse") -> Cells:
    """Cells of counts or amounts; a region or sector of zeros is empty."""
    one_of("unknown", unknown, ("refuse", "zero"))
    found = grid(rows, unknown="zero" if unknown == "zero" else "refuse")
    return Cells(
        found,
        _where(~found.values.any(axis=1), reasons.REGION_EMPTY),
        _where(~found.values.any(axis=0), reasons.SECTOR_EMPTY),
    )


def presences(
    rows: pa.Table, values: str, threshold: float, unknown: str
) -> tuple[Cells, Presence]:
    """Cells and in which sectors regions are specialised.

    values    "amounts": specialised where the location quotient reaches the threshold;
              "presence": the table holds 0 and 1 already
    """
    one_of("values", values, VALUES)
    cells = amounts(rows, unknown)
    nothing, nowhere = cells.region_reasons, cells.sector_reasons
    if values == "presence":
        present = binary(cells.given.values)
        nothing, nowhere = no_reasons(len(nothing)), no_reasons(len(nowhere))
    else:
        present = presence(cells.given.values, threshold)
    absent = _where(~present.any(axis=1), reasons.NOTHING_PRESENT)
    lacking = _where(~present.any(axis=0), reasons.NOWHERE_PRESENT)
    return Cells(cells.given, either(nothing, absent), either(nowhere, lacking)), present


def of_each_region(rows: pa.Table, regions: NDArray[np.object_], role: str) -> Matrix:
    """A figure of the region that stands in each of its rows, NaN where it is not known.

    Errors    WrongShape where a region has two
    """
    found = rows.group_by("region").aggregate([(role, "min"), (role, "max")]).to_pydict()
    place = {region: at for at, region in enumerate(found["region"])}
    figures = []
    for region in regions:
        least, most = (found[f"{role}_{end}"][place[region]] for end in ("min", "max"))
        if least != most:
            raise faults.WrongShape(
                f"Region {region} has {role} {least:g} and {most:g} in different rows."
            )
        figures.append(np.nan if least is None else least)
    return np.array(figures, dtype=np.float64)


def _where(empty: Any, reason: str) -> Reasons:
    found = no_reasons(len(empty))
    found[empty] = reason
    return found
