"""The rated clusters of a release, in a table of their own, and who leads each sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

RATINGS = ("stars", "stars_country", "factors", "factors_country")
KEPT = (
    "year",
    "region",
    "sector",
    "persons",
    "share",
    "lq",
    "wages_per_person",
    "stars_unknown",
    "factors_unknown",
    "stars_size",
    "stars_specialisation",
    "stars_focus",
    "stars_specialisation_country",
    "factors_specialisation",
    "factors_size",
    "factors_productivity",
    "factors_specialisation_country",
    *RATINGS,
)


def rated_clusters(cells: pa.Table) -> pa.Table:
    """Divisions of NUTS 2 regions that pass a test of any scheme, sorted by year, region, sector.

    Sections are left out: a person employed in a cluster is counted once.
    """
    import pyarrow.compute as pc

    passes = pc.equal(pc.utf8_length(cells["sector"].cast("string")), 3)
    some = [pc.greater(pc.fill_null(cells[rating], 0), 0) for rating in RATINGS]
    any_of_them = some[0]
    for other in some[1:]:
        any_of_them = pc.or_(any_of_them, other)
    rows = cells.select(list(KEPT)).filter(pc.and_(passes, any_of_them))
    keys = [("year", "ascending"), ("region", "ascending"), ("sector", "ascending")]
    plain = rows.select(["year", "region", "sector"])
    plain = plain.set_column(1, "region", rows["region"].cast("string"))
    plain = plain.set_column(2, "sector", rows["sector"].cast("string"))
    return rows.take(pc.sort_indices(plain, keys)).combine_chunks()


def with_leaders(sector_years: pa.Table, cells: pa.Table) -> pa.Table:
    """Add to each sector and year the most specialised NUTS 2 region and its quotient.

    Of equal quotients the region whose code comes first leads.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = cells.select(["sector", "year", "region", "level", "lq"])
    rows = rows.filter(pc.and_(pc.equal(rows["level"], 2), pc.is_valid(rows["lq"]))).to_pydict()
    best: dict[tuple[str, int], tuple[float, str]] = {}
    for sector, year, region, lq in zip(
        rows["sector"], rows["year"], rows["region"], rows["lq"], strict=True
    ):
        held = best.get((sector, year))
        if held is None or (-lq, region) < (-held[0], held[1]):
            best[sector, year] = (lq, region)
    keys = zip(sector_years["sector"].to_pylist(), sector_years["year"].to_pylist(), strict=True)
    leaders = [best.get(key, (None, None)) for key in keys]
    found = pa.array([region for _, region in leaders], pa.string())
    quotients = pa.array([lq for lq, _ in leaders], pa.float64())
    return sector_years.append_column("leader", found).append_column("leader_lq", quotients)
