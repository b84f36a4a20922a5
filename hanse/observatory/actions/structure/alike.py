"""How alike the sector mixes of regions are, and what else is known of each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hanse.observatory.actions.structure.mixes import Mix

if TYPE_CHECKING:
    import pyarrow as pa


SPAN, LEAST_SPAN = 5, 3  # years over which growth is measured, and the fewest there may be
Figures = dict[tuple[str, int], float]


def alike_tables(
    all_mixes: Sequence[Mix],
    context: "pa.Table",
    regions: "pa.Table",
    region_years: "pa.Table",
    cells: "pa.Table",
) -> dict[str, "pa.Table"]:
    """`mix_distances` (region x other x year) and `region_context` (region x year).

    `…_typical` is the mean distance over all pairs of regions of the year.
    """
    import pyarrow as pa

    return {
        "mix_distances": pa.concat_tables([_distances(mix) for mix in all_mixes]).sort_by(
            [("region", "ascending"), ("year", "ascending"), ("other", "ascending")]
        ),
        "region_context": _context(context, regions, region_years, cells),
    }


def _distances(mix: Mix) -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    from hanse.engines.peers import cosine_distance, jensen_shannon_distance

    count = len(mix.regions)
    columns = {
        "region": pa.array(np.repeat(mix.regions, count).tolist(), pa.string()),
        "year": pa.array(np.full(count * count, mix.year, dtype=np.int16)),
        "other": pa.array(np.tile(mix.regions, count).tolist(), pa.string()),
    }
    measures = {"cosine": cosine_distance, "jensen_shannon": jensen_shannon_distance}
    for name, measure in measures.items():
        distance = measure(mix.persons)
        columns[name] = pa.array(distance.ravel(), from_pandas=True)
        pairs = distance[np.triu_indices(count, 1)]
        columns[f"{name}_typical"] = pa.array(np.full(count * count, np.nanmean(pairs)))
    return pa.table(columns)


def _context(
    context: "pa.Table", regions: "pa.Table", region_years: "pa.Table", cells: "pa.Table"
) -> "pa.Table":
    """The context of the measures by code, and beside it how the regions fared.

    jobs_growth, gdp_growth   over five years; from a shorter series (three at least) at its yearly
                              rate. Totals that are lower bounds have none: a bound that falls would
                              count as decline.
    wages_per_person          EUR, over the divisions of which both wages and persons are published
    """
    import pyarrow as pa

    codes = dict(zip(regions["id"].to_pylist(), regions["code"].to_pylist(), strict=True))
    named = [codes[key] for key in context["region"].to_pylist()]
    known = context.set_column(0, "region", pa.array(named, pa.string())).to_pydict()
    years = region_years.filter(_not(region_years["total_bound"])).to_pydict()
    columns = {
        name: _by_key(known["region"], known["year"], known[name])
        for name in context.column_names
        if name not in {"region", "year"}
    }
    columns["jobs_growth"] = _growth(_by_key(years["region"], years["year"], years["total"]))
    columns["gdp_growth"] = _growth(columns["gdp_per_head"])
    columns["wages_per_person"] = _wages(cells)
    keys = sorted({key for one in columns.values() for key in one})
    return pa.table(
        {
            "region": pa.array([region for region, _ in keys], pa.string()),
            "year": pa.array([year for _, year in keys], pa.int16()),
            **{
                name: pa.array([one.get(key) for key in keys], pa.float64())
                for name, one in columns.items()
            },
        }
    )


def _not(answers: "pa.ChunkedArray") -> "pa.ChunkedArray":
    import pyarrow.compute as pc

    return pc.invert(pc.fill_null(answers, True))


def _by_key(codes: Sequence[str], years: Sequence[int], values: Sequence[float | None]) -> Figures:
    return {
        (code, year): float(value)
        for code, year, value in zip(codes, years, values, strict=True)
        if value is not None
    }


def _growth(figures: Figures) -> Figures:
    grown: Figures = {}
    for (code, year), value in figures.items():
        spans = range(SPAN, LEAST_SPAN - 1, -1)
        span = next((one for one in spans if figures.get((code, year - one))), None)
        if span is not None:
            grown[code, year] = (value / figures[code, year - span]) ** (SPAN / span) - 1
    return grown


def _wages(cells: "pa.Table") -> Figures:
    import pyarrow.compute as pc

    both = cells.filter(pc.and_(pc.is_valid(cells["persons"]), pc.is_valid(cells["wages"]))).select(
        ["region", "year", "sector", "persons", "wages"]
    )
    divisions = both.filter(pc.greater(pc.utf8_length(both["sector"].cast("string")), 1))
    sums = divisions.group_by(["region", "year"]).aggregate([("persons", "sum"), ("wages", "sum")])
    rows = sums.to_pydict()
    return {
        (code, year): 1e6 * float(wages) / persons
        for code, year, persons, wages in zip(
            rows["region"], rows["year"], rows["persons_sum"], rows["wages_sum"], strict=True
        )
        if persons
    }
