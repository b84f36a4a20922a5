"""Context of a region beyond business: people, income, how urban, farming and public services."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

URBAN = (
    1  # Eurostat's urban-rural typology of NUTS 3: 1 predominantly urban, 2 intermediate, 3 rural
)
COVERED = 0.9  # of a region's people must live in NUTS 3 regions whose type is known
GROUPS = {"farming_share": "A", "public_share": "O-Q"}
Figures = dict[tuple[str, int], float]


def context_rows(
    gdp: "pa.Table | None",
    labour_force: "pa.Table | None",
    types: Mapping[str, int],
    regions: Mapping[str, int],
) -> "pa.Table":
    """One row a region and year; null where a source says nothing.

    population      people, GDP in million EUR divided by GDP per head (which Eurostat rounds to
                    100 EUR, so that it is right to about one per cent)
    gdp_per_head    purchasing power standards
    urban_share     of its people, in NUTS 3 regions that Eurostat calls predominantly urban
    farming_share   of the employed (labour force survey): section A
    public_share    of the employed: sections O to Q
    """
    import pyarrow as pa

    people, income = _accounts(gdp)
    urban = _urban_shares(people, types)
    shares = {name: _shares(labour_force, group) for name, group in GROUPS.items()}
    columns = {"population": people, "gdp_per_head": income, "urban_share": urban, **shares}
    keys = sorted(
        {
            (regions[geo], year, geo)
            for one in columns.values()
            for geo, year in one
            if geo in regions
        }
    )
    return pa.table(
        {
            "region": pa.array([region for region, *_ in keys], pa.int16()),
            "year": pa.array([year for _, year, _ in keys], pa.int16()),
            **{
                name: pa.array([figures.get((geo, year)) for _, year, geo in keys], pa.float64())
                for name, figures in columns.items()
            },
        }
    )


def _accounts(gdp: "pa.Table | None") -> tuple[Figures, Figures]:
    """People and GDP per head, from regional accounts."""
    values: dict[str, Figures] = defaultdict(dict)
    for row in _rows(gdp):
        if row["value"] is not None:
            values[row["unit"]][row["geo"], row["year"]] = row["value"]
    per_head = values["EUR_HAB"]
    people = {
        key: 1e6 * million / per_head[key]
        for key, million in values["MIO_EUR"].items()
        if per_head.get(key)
    }
    return people, values["PPS_HAB"]


def _urban_shares(people: Figures, types: Mapping[str, int]) -> Figures:
    """Share of people in predominantly urban NUTS 3 regions, for the regions above them."""
    all_in: Figures = defaultdict(float)
    known_in: Figures = defaultdict(float)
    urban_in: Figures = defaultdict(float)
    for (geo, year), count in people.items():
        if len(geo) != 5:  # noqa: PLR2004 -- a NUTS 3 code
            continue
        for above in (geo[:2], geo[:3], geo[:4]):
            all_in[above, year] += count
            known_in[above, year] += count if geo in types else 0.0
            urban_in[above, year] += count if types.get(geo) == URBAN else 0.0
    return {
        key: urban_in[key] / known_in[key]
        for key, total in all_in.items()
        if total and known_in[key] >= COVERED * total
    }


def _shares(labour_force: "pa.Table | None", group: str) -> Figures:
    parts: Figures = {}
    totals: Figures = {}
    for row in _rows(labour_force):
        if row["age"] == "Y_GE15" and row["value"] is not None:
            kept = {group: parts, "TOTAL": totals}.get(row["nace_r2"])
            if kept is not None:
                kept[row["geo"], row["year"]] = row["value"]
    return {key: parts[key] / total for key, total in totals.items() if total and key in parts}


def _rows(table: "pa.Table | None") -> list[dict[str, Any]]:
    return [] if table is None else table.to_pylist()
