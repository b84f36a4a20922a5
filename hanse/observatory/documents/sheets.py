"""Answers as sheets: the same rows as on the page, with units, source and one line to recompute."""

from __future__ import annotations

from dataclasses import fields

from django.utils.translation import gettext as _

from hanse.kit.sheets import Column, Sheet
from hanse.observatory.queries import findings
from hanse.observatory.queries.comparison import Comparison
from hanse.observatory.queries.europe import TESTS, Panorama
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.region import Cell, RegionPortrait, all_cells
from hanse.observatory.queries.sector import SectorMap
from hanse.observatory.words import ReferenceArea

RECOMPUTE = "hanse observatory recompute"
REFERENCES = {area.value: area.label for area in ReferenceArea}


def notes(release: Release) -> tuple[str, ...]:
    return (
        release.source_line,
        _("Reuse allowed with the source named (Commission Decision 2011/833/EU)."),
        _("Release %(release)s, method %(method)s, regions of NUTS %(version)s")
        % {
            "release": release.id,
            "method": release.method,
            "version": release.note["nuts_version"],
        },
        _("Recompute: %(command)s") % {"command": RECOMPUTE},
    )


def sheet_of_sector(found: SectorMap) -> Sheet:
    indicator = found.indicator
    measured = (
        f"{indicator.label} ({REFERENCES[found.reference]})"
        if indicator.column_with_own_country
        else ""
    )
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("name", _("region")),
        Column("value", str(measured or indicator.label), str(indicator.unit)),
        Column("flag", _("Eurostat flag; - never published, m summed from merged regions")),
        Column("rank", _("rank, ties share the better one")),
        Column("persons", _("persons employed"), _("persons")),
        Column("estimated", _("whether the value rests on an estimate")),
        Column("lower_bound", _("whether the region’s total is a lower bound")),
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("year", _("year"), is_dimension=True),
        Column("indicator", _("indicator"), is_dimension=True),
    )
    rows = tuple(
        (
            row.region.code,
            row.region.name,
            row.value,
            row.flag,
            row.rank,
            row.persons,
            row.estimated,
            row.lower_bound,
            found.sector.code,
            found.year,
            indicator.slug,
        )
        for row in found.rows
    )
    name = f"{found.sector.code}-{found.year}-{indicator.slug}"
    return Sheet(name, findings.of_sector(found), columns, rows, notes(found.release))


CELL_KEYS = tuple(field.name for field in fields(Cell) if field.name not in {"sector", "year"})


def sheet_of_region(found: RegionPortrait) -> Sheet:
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("name", _("sector")),
        Column("year", _("year"), is_dimension=True),
        *(Column(key, key.replace("_", " ")) for key in CELL_KEYS),
    )
    rows = tuple(
        (
            found.region.code,
            cell.sector.code,
            cell.sector.title,
            cell.year,
            *(getattr(cell, key) for key in CELL_KEYS),
        )
        for cell in all_cells(found.release, found.region.code)
    )
    name = f"{found.region.code}"
    return Sheet(name, findings.of_region(found), columns, rows, notes(found.release))


def sheet_of_comparison(found: Comparison) -> Sheet:
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("name", _("region")),
        Column("country", _("country")),
        Column("rank", _("rank under the weights given")),
        Column("best_rank", _("best rank under any weights from half to twice these")),
        Column("worst_rank", _("worst rank under any weights from half to twice these")),
        Column("score", _("weighted sum of standardised values")),
        *(Column(m.slug, str(m.label), str(m.unit)) for m in found.measures),
    )
    rows = tuple(
        (
            row.region.code,
            row.region.name,
            row.region.country,
            row.rank,
            row.best,
            row.worst,
            row.score,
            *row.values,
        )
        for row in found.rows
    )
    weights = ", ".join(
        f"{measure.slug} {weight:g}"
        for measure, weight in zip(found.measures, found.weights, strict=True)
    )
    name = f"compare-{found.start}-{found.year}"
    about = (*notes(found.release), f"Weights: {weights}")
    return Sheet(name, findings.of_comparison(found), columns, rows, about)


def sheet_of_panorama(found: Panorama) -> Sheet:
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("name", _("region")),
        Column("sector", _("NACE Rev. 2 code"), is_dimension=True),
        Column("sector_name", _("sector")),
        Column("year", _("year"), is_dimension=True),
        Column("persons", _("persons employed"), _("persons")),
        Column("lq", _("location quotient")),
        Column("share", _("share of the region’s persons employed")),
        Column("wages_per_person", _("wages per person employed"), _("EUR a year")),
        Column("passed", _("tests passed of 3")),
        Column("unknown", _("tests not known")),
        *(Column(test, test.replace("_", " ")) for test in TESTS[found.scheme]),
    )
    rows = tuple(
        (
            cluster.region.code,
            cluster.region.name,
            cluster.sector.code,
            cluster.sector.name,
            found.year,
            cluster.persons,
            cluster.lq,
            cluster.share,
            cluster.wages_per_person,
            cluster.passed,
            cluster.unknown,
            *cluster.tests,
        )
        for cluster in found.clusters
    )
    name = f"europe-{found.year}-{found.scheme}"
    return Sheet(name, findings.of_panorama(found), columns, rows, notes(found.release))
