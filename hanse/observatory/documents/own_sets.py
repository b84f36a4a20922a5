"""A sector set's map, and its figures as sheets."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.maps import hexmap
from hanse.kit.sheets import Column, Sheet
from hanse.observatory.documents.addresses import pattern
from hanse.observatory.documents.maps import BIG, grid
from hanse.observatory.models import OwnSectorSet
from hanse.observatory.queries import findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.indicators import Kind
from hanse.observatory.queries.own_sets import SetMap, SetRow, cells_of, finding

DARK = frozenset({"q5", "q6"})


def map_of_set(found: SetMap) -> SafeString:
    """One hexagon a region; persons are drawn as circles, ratios and shares are painted."""
    largest = max((row.value or 0 for row in found.rows), default=0) or 1
    counts = found.indicator.kind is Kind.COUNT
    at = pattern("region")
    return hexmap(
        grid(found.release),
        {row.region.code: row.painted for row in found.rows},
        spacing=BIG,
        label=_("%(indicator)s, %(category)s, %(year)s")
        % {
            "indicator": found.indicator.label,
            "category": found.category,
            "year": found.year,
        },
        titles={row.region.code: _title(found, row) for row in found.rows},
        links={
            row.region.code: f"{at.replace('CODE', row.region.code)}?year={found.year}"
            for row in found.rows
        },
        values={
            row.region.code: findings.figure(row.value, 1)
            for row in found.rows
            if found.indicator.kind is Kind.RATIO and row.painted in DARK
        },
        circles={r.region.code: r.value / largest for r in found.rows if r.value is not None}
        if counts
        else None,
    )


def _title(found: SetMap, row: SetRow) -> str:
    flag = "" if row.value is None else found.flag_of(row)
    value = findings.shown(found.indicator, row.value)
    return f"{row.region.name}: {value} ({flag})" if flag else f"{row.region.name}: {value}"


def source_of(own: OwnSectorSet, source_line: str) -> str:
    """Where persons and totals come from; figures somebody loaded are not Eurostat's."""
    if not own.has_own_figures:
        return source_line
    return _("Persons: figures loaded by the owner. Totals of regions: %(source)s") % {
        "source": source_line
    }


def notes(own: OwnSectorSet, source_line: str) -> tuple[str, ...]:
    """What a reader must know; the release is the one that the figures were computed on."""
    against = (
        _("Reference area: the regions loaded that have a figure of the category in the year")
        if own.has_own_figures
        else _("Reference area: all countries with regional figures in the year")
    )
    return (
        source_of(own, source_line),
        _("Sector set: %(name)s, version %(version)s (no. %(number)s)")
        % {"name": own.name, "version": own.version, "number": own.pk},
        _("Release %(release)s, method %(method)s, regions NUTS 2013")
        % {"release": own.release, "method": own.method},
        against,
        _("≥ : a code of the category is not known, persons are a lower bound"),
        _("total ≥ : the region’s total is a lower bound, share and quotient may be smaller"),
    )


def sheet_of_set(found: SetMap) -> Sheet:
    """The rows of the page: one category, one year."""
    indicator = found.indicator
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("name", _("region")),
        Column("value", str(indicator.label), str(indicator.unit)),
        Column("flag", _("≥ lower bound of persons; total ≥ lower bound of the region’s total")),
        Column("rank", _("rank, ties share the better one")),
        *_measures(),
        Column("category", _("category"), is_dimension=True),
        Column("year", _("year"), is_dimension=True),
        Column("indicator", _("indicator"), is_dimension=True),
    )
    rows = tuple(
        (
            row.region.code,
            row.region.name,
            row.value,
            found.flag_of(row),
            row.rank,
            *(getattr(row.cell, key, None) for key in MEASURES),
            found.category,
            found.year,
            indicator.slug,
        )
        for row in found.rows
    )
    name = f"set-{found.own.pk}-{found.year}-{indicator.slug}"
    about = notes(found.own, found.release.source_line)
    return Sheet(name, finding(found), columns, rows, about)


def sheet_of_whole_set(own: OwnSectorSet, release: Release) -> Sheet:
    """Every category and year of a set; what is not known has no row."""
    columns = (
        Column("region", _("NUTS code"), is_dimension=True),
        Column("name", _("region")),
        Column("category", _("category"), is_dimension=True),
        Column("year", _("year"), is_dimension=True),
        Column("flag", _("≥ lower bound of persons; total ≥ lower bound of the region’s total")),
        *_measures(),
    )
    rows = tuple(
        (
            cell.region,
            release.regions[cell.region].name,
            cell.category,
            cell.year,
            cell.flag,
            *(getattr(cell, key) for key in MEASURES),
        )
        for cell in cells_of(own)
    )
    about = notes(own, release.source_line)
    return Sheet(f"set-{own.pk}", str(own), columns, rows, about)


MEASURES = ("persons", "share", "lq", "classes_known", "classes")


def _measures() -> tuple[Column, ...]:
    return (
        Column("persons", _("persons employed"), _("persons")),
        Column("share", _("share of the region’s persons employed")),
        Column("lq", _("location quotient")),
        Column("classes_known", _("codes of the category that are known in the region")),
        Column("classes", _("codes of the category")),
    )
