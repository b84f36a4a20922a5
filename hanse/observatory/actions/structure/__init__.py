"""Tables of a release that compare whole structures: quadratic work, done on arrays."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hanse.observatory.actions.structure.alike import alike_tables
from hanse.observatory.actions.structure.mixes import mixes
from hanse.observatory.actions.structure.related import related_tables

if TYPE_CHECKING:
    import pyarrow as pa

# Tables of a release, and the column whose values are one row group each.
TABLES: dict[str, str | None] = {
    "proximities": "sector",
    "densities": "region",
    "complexity": None,
    "sector_places": None,
    "mix_distances": "region",
    "region_context": None,
}
# Linear algebra may end in other last bits on another processor; sums of counts may not.
TOLERANCE = 1e-9


def structure_tables(
    tables: Mapping[str, "pa.Table"], measures: Mapping[str, "pa.Table"]
) -> dict[str, "pa.Table"]:
    """All of them, from the other tables of a release and the measures below it."""
    cells = tables["cells"]
    all_mixes = list(mixes(cells, measures["sectors"]))
    alike = alike_tables(
        all_mixes, measures["context"], measures["regions"], tables["region_years"], cells
    )
    context = alike["region_context"].to_pydict()
    income = {
        (region, year): value
        for region, year, value in zip(
            context["region"], context["year"], context["gdp_per_head"], strict=True
        )
        if value is not None
    }
    return {**related_tables(all_mixes, income), **alike}
