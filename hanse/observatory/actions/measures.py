"""Measures: what the sources say, on one NUTS version, compiled from admitted tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hanse.observatory.actions.context import context_rows
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.store import (
    digest_of,
    digest_of_folder,
    new_folder,
    write_json,
    write_rows,
)
from hanse.observatory.actions.traded_clusters import traded_clusters
from hanse.observatory.rules.carrying import Passage, passages
from hanse.observatory.rules.manifest import Manifest
from hanse.observatory.rules.sector_sets import SectorSet, sector_set
from hanse.observatory.words import Step
from hanse.ports.warehouse import Warehouse, open_warehouse

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import StringValue, Table

VERSION = "2"
SOURCE_LINE = (
    "Source: Eurostat, structural business statistics by NUTS 2 region ({table}), "
    "extract of {version}; own calculations"
)
LICENCE = "Eurostat, reuse with the source named (Commission Decision 2011/833/EU)"
LETTERS = "bcdeiprsu"
# Eurostat's codes of the three measures: of the table up to 2020, and of its successor.
MEASURES = {
    "persons": ("V16110", "EMP_LOC_NR"),
    "local_units": ("V11210", "LOC_NR"),
    "wages": ("V13320", "WAGE_LOC_MEUR"),
}


@dataclass(frozen=True)
class Delivery:
    """A source table that was admitted, with what is known of it."""

    manifest: Manifest
    rows: "pa.Table"


Deliveries = Mapping[str, Delivery]
Hexagons = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Geography:
    """What is known of regions as places: where each stands, which touch, which are urban."""

    hexagons: Hexagons
    # Pairs of NUTS 2 regions with a common stretch of boundary or a common corner.
    neighbours: frozenset[tuple[str, str]] = frozenset()
    # NUTS 3 regions by Eurostat's urban-rural typology.
    types: Mapping[str, int] = field(default_factory=dict)


def compile_measures(
    deliveries: Deliveries,
    geography: Geography,
    target: Path,
    *,
    nuts_version: int = 2013,
    threads: int | None = None,
    progress: Progress = silent,
) -> Path:
    """Carry the figures to one NUTS version and write them as integer-coded Parquet."""
    sectors = sector_set()
    progress(Step.COMPILE, 0, 3)
    with open_warehouse(threads) as warehouse:
        tables = _compiled(warehouse, deliveries, geography, sectors, nuts_version)
    progress(Step.COMPILE, 2, 3)
    with new_folder(target) as folder:
        for name, rows in tables.items():
            write_rows(folder / f"{name}.parquet", rows, level=15)
        write_json(
            folder / "measures.json", _description(deliveries, tables, sectors, nuts_version)
        )
    progress(Step.COMPILE, 3, 3)
    return target


def _compiled(
    warehouse: Warehouse,
    deliveries: Deliveries,
    geography: Geography,
    sectors: SectorSet,
    nuts_version: int,
) -> dict[str, "pa.Table"]:
    named = _region_names(deliveries["regions"].rows, nuts_version)
    figures = warehouse.keep("figures", _figures(warehouse, deliveries, sectors))
    found = warehouse.rows(figures.select("geo").distinct()).column("geo").to_pylist()
    recodings = deliveries["region_recodings"].rows.to_pylist() if nuts_version == 2013 else []  # noqa: PLR2004
    fates = passages(found, frozenset(named), recodings)
    carried = warehouse.keep("carried_figures", _carried(warehouse, figures, fates))
    codes = warehouse.rows(carried.select("geo").distinct()).column("geo").to_pylist()
    hexagons = geography.hexagons
    regions = _region_rows({*codes, *hexagons}, named, hexagons)
    ids = dict(zip(regions["code"].to_pylist(), regions["id"].to_pylist(), strict=True))
    sector_rows = _sector_rows(sectors, deliveries["sectors"].rows)
    cells = warehouse.keep("cells", _cells(warehouse, carried, regions, sector_rows))
    return {
        "regions": regions,
        "sectors": sector_rows,
        "cells": warehouse.rows(
            cells.drop("section", "is_section").order_by("sector", "region", "year")
        ).cast(_cell_schema()),
        "estimates": _estimates(warehouse, cells),
        **_fates(warehouse, figures, fates),
        "traded_clusters": traded_clusters(_classes(deliveries), sectors),
        "neighbours": _neighbour_rows(geography, ids),
        "context": context_rows(
            _rows_of(deliveries, "gdp"), _rows_of(deliveries, "labour_force"), geography.types, ids
        ),
    }


def _figures(warehouse: Warehouse, deliveries: Deliveries, sectors: SectorSet) -> "Table":
    """One row for each measure, sector, region and year; persons from the completed table."""
    import ibis
    from ibis import _

    wanted = [*sectors.published_sections, *sectors.divisions]
    business = warehouse.put("business", deliveries["business"].rows)
    parts = [
        business.filter(_.indic_sb.isin(codes)).mutate(measure=ibis.literal(name))
        for name, codes in MEASURES.items()
        if not (name == "persons" and "persons" in deliveries)
    ]
    if "persons" in deliveries:
        persons = warehouse.put("persons", deliveries["persons"].rows)
        parts.append(persons.mutate(measure=ibis.literal("persons")))
    return ibis.union(
        *[
            part.filter(_.nace_r2.isin(wanted)).select(
                "measure",
                "geo",
                "year",
                "flag",
                sector=_.nace_r2,
                value=_.value.cast("decimal(18, 3)"),
            )
            for part in parts
        ]
    )


def _carried(warehouse: Warehouse, figures: "Table", fates: list[Passage]) -> "Table":
    """Figures under valid codes, and under old codes carried to a new one where it has no row yet.

    Merged regions are summed only where every part is known.
    """
    import ibis
    from ibis import _

    fate_rows = warehouse.put("fates", _fate_rows(fates))
    valid = figures.anti_join(fate_rows, figures.geo == fate_rows.old)
    old = figures.join(fate_rows.filter(_.is_carried), figures.geo == fate_rows.old)
    moved = (
        old.group_by("measure", "sector", "new", "year", "parts")
        .agg(
            summed=_.value.sum().cast("decimal(18, 3)"),
            known=_.value.count(),
            **{letter: _.flag.contains(letter).any() for letter in LETTERS},
        )
        .mutate(
            value=ibis.ifelse(_.known == _.parts, _.summed, ibis.null("decimal(18, 3)")),
            flag=_joined_flags,
        )
        .select("measure", "sector", "year", "flag", "value", geo=_.new)
        .anti_join(valid, ["measure", "sector", "geo", "year"])
    )
    columns = ("measure", "sector", "geo", "year", "flag", "value")
    return ibis.union(valid.select(*columns), moved.select(*columns))


def _joined_flags(moved: "Table") -> "StringValue":
    """The letters of all parts in alphabetical order, then 'm' where parts were summed."""
    import ibis

    flags = ibis.literal("")
    for letter in LETTERS:
        flags = flags + ibis.ifelse(moved[letter].fill_null(False), letter, "")
    return flags + ibis.ifelse(moved.parts > 1, "m", "")


def _fate_rows(fates: list[Passage]) -> "pa.Table":
    import pyarrow as pa

    return pa.table(
        {
            "old": pa.array([fate.old for fate in fates], pa.string()),
            "new": pa.array([fate.new for fate in fates], pa.string()),
            "kind": pa.array([fate.kind.value for fate in fates], pa.string()),
            "parts": pa.array([fate.parts for fate in fates], pa.int64()),
            "is_carried": pa.array([fate.is_carried for fate in fates], pa.bool_()),
        }
    )


def _classes(deliveries: Deliveries) -> list[dict[str, Any]]:
    """Classes of the traded clusters; none where the delivery is of live figures alone."""
    if "cluster_classes" not in deliveries:
        return []
    return list(deliveries["cluster_classes"].rows.to_pylist())


def _cells(
    warehouse: Warehouse, carried: "Table", regions: "pa.Table", sectors: "pa.Table"
) -> "Table":
    """Every sector for every region and year with any figure; '-' where none was published."""
    from ibis import _

    region = warehouse.put("region_rows", regions).select(region=_.id, geo=_.code)
    sector = warehouse.put("sector_rows", sectors).select(
        "section", sector_id=_.id, sector=_.code, is_section=_.level == "section"
    )
    wide = carried.group_by("geo", "sector", "year").agg(
        **{name: _.value.max(where=_.measure == name) for name in MEASURES},
        **{f"{name}_flag": _.flag.max(where=_.measure == name) for name in MEASURES},
    )
    grid = carried.select("geo", "year").distinct().join(region, "geo").cross_join(sector)
    return grid.left_join(wide, ["geo", "sector", "year"]).select(
        sector=_.sector_id,
        region=_.region,
        year=_.year,
        persons=_.persons.cast("int64"),
        persons_flag=_flag(_.persons, _.persons_flag),
        local_units=_.local_units.cast("int64"),
        local_units_flag=_flag(_.local_units, _.local_units_flag),
        wages=_.wages.cast("decimal(18, 3)"),
        wages_flag=_flag(_.wages, _.wages_flag),
        section=_.section,
        is_section=_.is_section,
    )


def _flag(value: Any, flag: Any) -> Any:
    import ibis

    stated = ibis.coalesce(flag, "")
    return ibis.ifelse(value.isnull() & (stated == ""), "-", stated)


def _cell_schema() -> "pa.Schema":
    import pyarrow as pa

    flag = pa.dictionary(pa.int8(), pa.string())
    return pa.schema(
        [
            ("sector", pa.int16()),
            ("region", pa.int16()),
            ("year", pa.int16()),
            ("persons", pa.int32()),
            ("persons_flag", flag),
            ("local_units", pa.int32()),
            ("local_units_flag", flag),
            ("wages", pa.decimal128(18, 3)),
            ("wages_flag", flag),
        ]
    )


def _estimates(warehouse: Warehouse, cells: "Table") -> "pa.Table":
    import pyarrow as pa

    from hanse.engines.regional.gaps import estimates

    rows = warehouse.rows(estimates(cells).order_by("sector", "region", "year"))
    return rows.select(["sector", "region", "year", "persons_estimate"]).cast(
        pa.schema(
            [
                ("sector", pa.int16()),
                ("region", pa.int16()),
                ("year", pa.int16()),
                ("persons_estimate", pa.float64()),
            ]
        )
    )


def _fates(warehouse: Warehouse, figures: "Table", fates: list[Passage]) -> dict[str, "pa.Table"]:
    """Which old codes were carried where, and which could not be: years and cells."""
    from ibis import _

    fate_rows = warehouse.put("all_fates", _fate_rows(fates))
    found = (
        figures.filter(_.measure == "persons")
        .join(fate_rows, figures.geo == fate_rows.old)
        .group_by("old", "new", "kind", "is_carried")
        .agg(
            first_year=_.year.min(), last_year=_.year.max(), cells=_.count(), known=_.value.count()
        )
        .order_by("old")
    )
    return {
        name: warehouse.rows(found.filter(_.is_carried == wanted).drop("is_carried"))
        for name, wanted in (("carried", True), ("not_carried", False))
    }


def _region_names(rows: "pa.Table", version: int) -> dict[str, dict[str, Any]]:
    """Countries to NUTS 2 of a version, by code; Latin names of 2013 come from 2016 and later."""
    latin: dict[str, str] = {}
    named: dict[str, dict[str, Any]] = {}
    for row in rows.to_pylist():
        if row["level"] > 2:  # noqa: PLR2004
            continue
        if row["name_latin"]:
            latin.setdefault(row["nuts_id"], row["name_latin"])
        if row["nuts_version"] == version:
            named[row["nuts_id"]] = row
    return {
        code: {**row, "name_latin": row["name_latin"] or latin.get(code) or row["name"]}
        for code, row in named.items()
    }


def _region_rows(
    codes: set[str], named: Mapping[str, Mapping[str, Any]], hexagons: Hexagons
) -> "pa.Table":
    import pyarrow as pa

    kept = sorted(
        {above for code in codes for above in (code, code[:-1], code[:2]) if above in named}
    )
    nowhere = (None, None)
    return pa.table(
        {
            "id": pa.array(range(len(kept)), pa.int16()),
            "code": kept,
            "level": pa.array([named[code]["level"] for code in kept], pa.int8()),
            "country": [code[:2] for code in kept],
            "name": [named[code]["name"] for code in kept],
            "name_latin": [named[code]["name_latin"] for code in kept],
            "parent": pa.array([code[:-1] if code[2:] else None for code in kept], pa.string()),
            "hex_x": pa.array([hexagons.get(code, nowhere)[0] for code in kept], pa.float64()),
            "hex_y": pa.array([hexagons.get(code, nowhere)[1] for code in kept], pa.float64()),
            "lon": pa.array([named[code]["lon"] for code in kept], pa.float64()),
            "lat": pa.array([named[code]["lat"] for code in kept], pa.float64()),
        }
    )


def _neighbour_rows(geography: Geography, ids: Mapping[str, int]) -> "pa.Table":
    """Both directions of every pair."""
    import pyarrow as pa

    pairs = sorted(
        (ids[one], ids[other])
        for pair in geography.neighbours
        for one, other in (pair, pair[::-1])
        if one in ids and other in ids
    )
    return pa.table(
        {
            "region": pa.array([one for one, _ in pairs], pa.int16()),
            "neighbour": pa.array([other for _, other in pairs], pa.int16()),
        }
    )


def _rows_of(deliveries: Deliveries, name: str) -> "pa.Table | None":
    return deliveries[name].rows if name in deliveries else None


def _sector_rows(sectors: SectorSet, nace: "pa.Table") -> "pa.Table":
    """Sections, each followed by its divisions. `section` is null outside the region's total."""
    import pyarrow as pa

    titles = {row["eurostat_code"]: row["title"] for row in nace.to_pylist()}
    rows: list[tuple[str, str, str, int | None]] = []
    for section, divisions in sectors.sections.items():
        place = len(rows) if section in sectors.total else None
        if place is not None:
            rows.append((section, "section", section, place))
        rows += [(division, "division", section, place) for division in divisions]
    return pa.table(
        {
            "id": pa.array(range(len(rows)), pa.int16()),
            "code": [code for code, *_ in rows],
            "level": [level for _, level, *_ in rows],
            "section_code": [section for _, _, section, _ in rows],
            "section": pa.array([place for *_, place in rows], pa.int16()),
            "title": [titles[code] for code, *_ in rows],
        }
    )


def _description(
    deliveries: Deliveries, tables: Mapping[str, "pa.Table"], sectors: SectorSet, nuts_version: int
) -> dict[str, Any]:
    files = {
        name: {"sha256": digest_of(rows), "rows": rows.num_rows} for name, rows in tables.items()
    }
    years = sorted(tables["cells"].column("year").unique().to_pylist())
    main = deliveries["business"].manifest
    return {
        "version": VERSION,
        "nuts_version": nuts_version,
        "years": years,
        "sector_set": {"set": sectors.name, "version": sectors.version},
        "source_line": SOURCE_LINE.format(table=main.source, version=main.version),
        "licence": LICENCE,
        "sources": [
            {
                "table": delivery.manifest.table,
                "source": delivery.manifest.source,
                "title": delivery.manifest.title,
                "version": delivery.manifest.version,
                "licence": delivery.manifest.licence,
                "sha256": delivery.manifest.sha256,
            }
            for name, delivery in sorted(deliveries.items())
            if name in COMPILED_FROM
        ],
        "files": files,
        "digest": digest_of_folder(files),
    }


COMPILED_FROM = (
    "persons",
    "business",
    "regions",
    "region_recodings",
    "sectors",
    "cluster_classes",
    "boundaries_2013",
    "gdp",
    "labour_force",
)
