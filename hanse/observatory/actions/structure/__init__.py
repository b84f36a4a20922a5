"""Tables of a release that compare whole structures: quadratic work, done on arrays."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hanse.observatory.actions.structure.alike import alike_tables
from hanse.observatory.actions.structure.groups import group_tables
from hanse.observatory.actions.structure.localised import localisation_tables
from hanse.observatory.actions.structure.mixes import mixes
from hanse.observatory.actions.structure.related import related_tables
from hanse.observatory.actions.structure.spots import spot_tables

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
    "hot_spots": "sector",
    "spatial_years": None,
    "localisation": "sector",
    "groups": None,
    "group_scores": None,
    "group_moves": None,
    "group_strengths": None,
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
    touching = _touching(measures["neighbours"], measures["regions"])
    return {
        **related_tables(all_mixes, income),
        **alike,
        **spot_tables(all_mixes, touching),
        **localisation_tables(all_mixes, measures["regions"]),
        **group_tables(all_mixes, measures["traded_clusters"], tables["sector_years"]),
    }


def _touching(pairs: "pa.Table", regions: "pa.Table") -> dict[str, list[str]]:
    codes = dict(zip(regions["id"].to_pylist(), regions["code"].to_pylist(), strict=True))
    found: dict[str, list[str]] = {}
    for one, other in zip(pairs["region"].to_pylist(), pairs["neighbour"].to_pylist(), strict=True):
        found.setdefault(codes[one], []).append(codes[other])
    return found
