"""The indicators of a release: measures through the engines, table by table.

Works on integer keys inside the warehouse; codes take their place at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hanse.observatory.actions import structure
from hanse.observatory.actions.clusters import rated_clusters, with_leaders
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.store import plain
from hanse.observatory.rules.schemes import FACTORS, STARS, RatingScheme, TestRule
from hanse.observatory.words import Level, ReferenceArea, Step
from hanse.ports.warehouse import Warehouse

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import BooleanValue, Table

# Tables of a release, and the column whose values are one row group each.
TABLES: dict[str, str | None] = {
    "regions": None,
    "sectors": None,
    "cells": "sector",
    "cells_by_region": "region",
    "region_years": None,
    "sector_years": None,
    "shift_share": "region",
    "changes": "region",
    "clusters": "year",
    **structure.TABLES,
}
ONE = Fraction(1)
# By what a ranking is called: the column it ranks by.
RANKINGS = {"size": "persons", "focus": "share", "wages": "wages_per_person"}
RANKING_OF = {column: name for name, column in RANKINGS.items()}


@dataclass(frozen=True)
class Ground:
    """The tables in the warehouse from which all others follow."""

    warehouse: Warehouse
    cells: "Table"
    regions: "Table"
    sectors: "Table"
    sections: list[int]


def computed_tables(
    warehouse: Warehouse, measures: Mapping[str, "pa.Table"], progress: Progress = silent
) -> dict[str, "pa.Table"]:
    """All tables of a release, sorted as they are stored."""
    ground = _ground(warehouse, measures)
    progress(Step.COMPUTE, 0, 6)
    rated = warehouse.keep("rated", rated_cells(ground))
    progress(Step.COMPUTE, 1, 6)
    cells = _cell_rows(ground, rated)
    progress(Step.COMPUTE, 2, 6)
    tables = {
        "regions": _region_rows(measures["regions"]),
        "sectors": _sector_rows(measures["sectors"]),
        "cells": cells,
        "cells_by_region": _sorted(cells, BY_REGION),
        "region_years": _fetched(ground, region_years(ground, rated), "region", "year"),
        "sector_years": _fetched(ground, sector_years(ground, rated), "sector", "year"),
    }
    progress(Step.COMPUTE, 3, 6)
    tables["shift_share"] = _fetched(
        ground, shifts(ground), "region", "sector", "start", "end", sector_total="TOTAL"
    )
    progress(Step.COMPUTE, 4, 6)
    tables["changes"] = _fetched(ground, changes(ground, rated), "region", "start", "end")
    tables["sector_years"] = with_leaders(tables["sector_years"], cells)
    tables["clusters"] = rated_clusters(cells)
    progress(Step.COMPUTE, 5, 6)
    tables |= structure.structure_tables(tables, measures)
    progress(Step.COMPUTE, 6, 6)
    return tables


BY_REGION = ("region", "year", "sector")


def _ground(warehouse: Warehouse, measures: Mapping[str, "pa.Table"]) -> Ground:
    from ibis import _

    regions = warehouse.put("regions", measures["regions"].drop_columns(["hex_x", "hex_y"]))
    sectors = warehouse.put("sectors", measures["sectors"])
    countries = regions.filter(_.level == Level.COUNTRY.value).select(
        country=_.id, country_code=_.code
    )
    placed = regions.join(countries, regions.country == countries.country_code).select(
        region=_.id, level=_.level, country=countries.country
    )
    kinds = sectors.select(sector=_.id, section=_.section, is_section=_.level == "section")
    figures = warehouse.put("measured_cells", measures["cells"])
    guessed = warehouse.put("measured_estimates", measures["estimates"])
    cells = (
        figures.join(placed, "region")
        .join(kinds, "sector")
        .left_join(guessed, ["sector", "region", "year"])
        .drop("sector_right", "region_right", "year_right")
        .mutate(persons=_.persons.cast("int64"), local_units=_.local_units.cast("int64"))
    )
    codes = measures["sectors"]
    return Ground(
        warehouse=warehouse,
        cells=warehouse.keep("ground_cells", cells),
        regions=regions,
        sectors=sectors,
        sections=[
            row["id"]
            for row in codes.to_pylist()
            if row["level"] == "section" and row["section"] is not None
        ],
    )


# Cells -------------------------------------------------------------------------------------------


def rated_cells(ground: Ground) -> "Table":
    """Every cell with its indicators, ranks, and what the schemes say, on integer keys."""
    from ibis import _

    from hanse.engines.regional.growth import growth
    from hanse.engines.regional.totals import region_totals
    from hanse.engines.regional.wages import wages_per_person

    totals = ground.warehouse.keep("totals", region_totals(ground.cells, ground.sections))
    cells = ground.cells.left_join(totals, ["region", "year"]).drop("region_right", "year_right")
    cells = _against_both_areas(ground, cells)
    cells = ground.warehouse.keep("indicated", growth(wages_per_person(cells)))
    cells = cells.mutate(is_ranked=_.level == Level.REGION.value)
    return _rated(_ranked(ground, cells))


def _against_both_areas(ground: Ground, cells: "Table") -> "Table":
    """Share and quotient against Europe and against the own country, with their exact tests."""

    from hanse.engines.regional import reference

    europe = ground.warehouse.keep(
        "europe", reference.europe_reference(ground.cells, ground.sections)
    )
    country = ground.warehouse.keep(
        "country", reference.country_reference(ground.cells, ground.sections)
    )
    with_country = cells.left_join(country, ["country", "year", "sector"]).drop(
        "country_right", "year_right", "sector_right"
    )
    compared = (
        _compared(with_country, STARS)
        .rename(lq_country="lq", passes_country="passes")
        .drop(
            "specialised",
            "reference_persons",
            "reference_bound",
            "reference_total",
            "reference_total_bound",
        )
    )
    with_europe = compared.left_join(europe, ["year", "sector"]).drop("year_right", "sector_right")
    return _estimated(_compared(with_europe, STARS)).drop(
        "reference_persons",
        "reference_bound",
        "reference_total",
        "reference_total_bound",
        "reference_countries",
    )


def _compared(cells: "Table", scheme: RatingScheme) -> "Table":
    from hanse.engines.regional.location_quotient import (
        location_quotients,
        quotient_reaches,
    )

    return location_quotients(cells).mutate(
        passes=quotient_reaches(cells, _least(scheme)),
        specialised=quotient_reaches(cells, ONE),
    )


def _least(scheme: RatingScheme) -> Fraction:
    return next(rule.least for rule in scheme.tests if rule.least is not None)


def _estimated(cells: "Table") -> "Table":
    """The quotient of the estimate, in a column of its own: never mixed with the known ones."""
    from ibis import _

    from hanse.engines.regional.exact import ratio, whole

    return cells.mutate(
        lq_estimate=ratio(
            _.persons_estimate * whole(_.reference_total).cast("float64"),
            whole(_.total) * whole(_.reference_persons),
        )
    )


def _ranked(ground: Ground, cells: "Table") -> "Table":
    from hanse.engines.regional.ranks import ranked

    for name, column in RANKINGS.items():
        top = next(
            rule.top
            for scheme in (STARS, FACTORS)
            for rule in scheme.tests
            if rule.measured == column and rule.top is not None
        )
        cells = ground.warehouse.keep(
            f"ranked_by_{name}",
            ranked(cells, column, within=("sector", "year"), name=name, top=top),
        )
    return cells


def _rated(cells: "Table") -> "Table":
    """Each test of each scheme, then the counts, against Europe and against the own country."""
    from hanse.engines.regional.strength import tests_passed

    for scheme in (STARS, FACTORS):
        cells = cells.mutate(**{rule.column: _test(cells, rule) for rule in scheme.tests})
        quotient = next(rule.column for rule in scheme.tests if rule.least is not None)
        at_home = f"{quotient}_{ReferenceArea.COUNTRY}"
        cells = cells.mutate(**{at_home: _for_ranked(cells, cells.passes_country)})
        columns = [rule.column for rule in scheme.tests]
        cells = tests_passed(cells, columns, name=scheme.column)
        columns = [at_home if column == quotient else column for column in columns]
        cells = tests_passed(cells, columns, name=f"{scheme.column}_{ReferenceArea.COUNTRY}")
        cells = cells.drop(f"{scheme.column}_{ReferenceArea.COUNTRY}_unknown")
    return cells


def _test(cells: "Table", rule: TestRule) -> "BooleanValue":
    from hanse.engines.regional.strength import in_top_share

    if rule.least is not None:
        return _for_ranked(cells, cells.passes)
    return in_top_share(cells, RANKING_OF[rule.measured], counted="persons")


def _for_ranked(cells: "Table", answer: "BooleanValue") -> "BooleanValue":
    """Only NUTS 2 regions are rated; of countries and large regions a rating is not known."""
    import ibis

    return ibis.ifelse(cells.is_ranked, answer, ibis.null("boolean"))


# Sums over a region, a sector --------------------------------------------------------------------


def region_years(ground: Ground, cells: "Table") -> "Table":
    """Each region and year as a whole: total, specialisation, how many cells are known, rated."""
    from ibis import _

    from hanse.engines.regional.specialisation import (
        regional_specialisation,
    )

    europe = ground.warehouse.keep("europe_again", _europe(ground))
    divisions = cells.filter(~_.is_section)
    narrowness = regional_specialisation(divisions.join(europe, ["sector", "year"]))
    counted = divisions.group_by("region", "level", "country", "year", "total", "total_bound").agg(
        known=_.persons.count(),
        suppressed=_.persons_flag.contains("c").sum().cast("int64"),
        unpublished=(_.persons_flag == "-").sum().cast("int64"),
        **_rating_counts(),
    )
    return counted.left_join(narrowness, ["region", "year"]).drop("region_right", "year_right")


def sector_years(ground: Ground, cells: "Table") -> "Table":
    """Each sector and year: the reference area's figures, and how concentrated it is."""
    from ibis import _

    from hanse.engines.regional.concentration import (
        industry_concentration,
    )

    regions = cells.filter(_.is_ranked)
    counted = regions.group_by("sector", "year").agg(
        known=_.persons.count(),
        suppressed=_.persons_flag.contains("c").sum().cast("int64"),
        unpublished=(_.persons_flag == "-").sum().cast("int64"),
        persons_known=_.persons.sum().cast("int64"),
        **_rating_counts(),
    )
    concentrated = industry_concentration(regions)
    europe = ground.warehouse.keep("europe_once_more", _europe(ground))
    return (
        europe.left_join(counted, ["sector", "year"])
        .drop("sector_right", "year_right")
        .left_join(concentrated, ["sector", "year"])
        .drop("sector_right", "year_right")
    )


def _europe(ground: Ground) -> "Table":
    from hanse.engines.regional.reference import europe_reference

    return europe_reference(ground.cells, ground.sections)


def _rating_counts() -> dict[str, object]:
    """How many cells have three, two, one and no star, under each scheme."""
    from ibis import _

    return {
        f"{scheme.column}_{passed}": (_[scheme.column] == passed).sum().cast("int64")
        for scheme in (STARS, FACTORS)
        for passed in range(len(scheme.tests) + 1)
    }


# Between two years -------------------------------------------------------------------------------


def shifts(ground: Ground) -> "Table":
    """Shift-share parts of every division, and of the region as a whole under a null sector."""
    import ibis
    from ibis import _

    from hanse.engines.regional import shift_share

    divisions = ground.cells.filter(~_.is_section, _.section.notnull())
    with_regions = (
        divisions.filter(_.level == Level.REGION.value, _.persons.notnull())
        .select("country", "year")
        .distinct()
        .mutate(has_regions=ibis.literal(True))
    )
    countries = divisions.filter(_.level == Level.COUNTRY.value).inner_join(
        with_regions, ["country", "year"]
    )
    reference = ground.warehouse.keep("reference_change", shift_share.reference_change(countries))
    parts = ground.warehouse.keep("shift_parts", shift_share.shift_share(divisions, reference))
    whole = shift_share.summed_over_sectors(parts).mutate(sector=ibis.null(parts.sector.type()))
    return ibis.union(parts, whole.select(*parts.columns))


def changes(ground: Ground, cells: "Table") -> "Table":
    from ibis import _

    from hanse.engines.regional.change import industrial_change

    divisions = cells.filter(~_.is_section, _.section.notnull())
    return industrial_change(divisions.select("region", "sector", "year", "persons", "specialised"))


# Codes and order ---------------------------------------------------------------------------------

CELL_COLUMNS = (
    "sector", "year", "region", "level", "country",
    "persons", "persons_flag", "local_units", "local_units_flag", "wages", "wages_flag",
    "persons_estimate", "total", "total_bound",
    "share", "lq", "lq_country", "lq_estimate", "wages_per_person", "growth",
    "size_rank", "size_known", "size_cut", "size_value_at_cut",
    "focus_rank", "focus_known", "focus_cut", "focus_value_at_cut",
    "wages_rank", "wages_known", "wages_cut", "wages_value_at_cut",
    "stars_size", "stars_specialisation", "stars_focus", "stars", "stars_unknown",
    "factors_specialisation", "factors_size", "factors_productivity", "factors",
    "factors_unknown",
    "stars_specialisation_country", "stars_country",
    "factors_specialisation_country", "factors_country",
)  # fmt: skip
# Kept as short as they allow; what is not named keeps the type it was computed in.
SHORT = {
    "year": "int16", "start": "int16", "end": "int16", "level": "int8",
    "persons": "int64", "local_units": "int64",
    **{f"{name}_{part}": "int16" for name in RANKINGS for part in ("rank", "known", "cut")},
    **{
        f"{column}{ending}": "int8"
        for column in ("stars", "factors")
        for ending in ("", "_unknown", "_country")
    },
}  # fmt: skip
LISTED = ("region", "sector", "country", "persons_flag", "local_units_flag", "wages_flag")


def _cell_rows(ground: Ground, cells: "Table") -> "pa.Table":
    rows = _fetched(ground, cells, "sector", "year", "region")
    return rows.select(list(CELL_COLUMNS))


def _fetched(
    ground: Ground, table: "Table", *order: str, sector_total: str | None = None
) -> "pa.Table":
    """Rows with codes in the place of keys, in order, in short types."""
    import ibis
    from ibis import _

    for name in ("region", "country", "sector"):
        if name not in table.columns:
            continue
        register = ground.sectors if name == "sector" else ground.regions
        codes = register.select(key=_.id, code=_.code)
        table = table.left_join(codes, table[name] == codes.key).drop(name, "key")
        table = table.rename({name: "code"})
    if sector_total is not None:
        table = table.mutate(sector=ibis.coalesce(_.sector, sector_total))
    rows = ground.warehouse.rows(table)
    return _in_short(_sorted(_first(rows, order), order))


def _sorted(rows: "pa.Table", order: tuple[str, ...]) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    keys = pa.table({name: plain(rows.column(name)) for name in order})
    return rows.take(pc.sort_indices(keys, [(name, "ascending") for name in order]))


def _first(rows: "pa.Table", order: tuple[str, ...]) -> "pa.Table":
    return rows.select([*order, *(name for name in rows.column_names if name not in order)])


def _in_short(rows: "pa.Table") -> "pa.Table":
    import pyarrow as pa

    listed = pa.dictionary(pa.int16(), pa.string())
    fields = []
    for field in rows.schema:
        kind = pa.type_for_alias(SHORT[field.name]) if field.name in SHORT else field.type
        fields.append(pa.field(field.name, listed if field.name in LISTED else kind))
    return rows.cast(pa.schema(fields)).combine_chunks()


def _region_rows(regions: "pa.Table") -> "pa.Table":
    return regions.drop_columns(["id"])


def _sector_rows(sectors: "pa.Table") -> "pa.Table":
    kept = sectors.drop_columns(["id", "section"])
    return kept.rename_columns(
        ["section" if name == "section_code" else name for name in kept.column_names]
    )
