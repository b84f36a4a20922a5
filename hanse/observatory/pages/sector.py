"""One sector across regions: map, equal table, distribution, years, concentration."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.charts.distribution import Dot, distribution
from hanse.kit.charts.drawing import NARROW, SHEET, WIDE, Threshold
from hanse.kit.charts.lines import Series, lines
from hanse.kit.gate import public
from hanse.kit.numbers import NBSP, figure
from hanse.kit.phrases import COPYRIGHT
from hanse.kit.tables import (
    CONFIDENTIAL,
    NOT_PUBLISHED,
    Bar,
    Column,
    Estimated,
    Named,
    Row,
    Table,
    Unknown,
)
from hanse.observatory.documents.addresses import address, pattern
from hanse.observatory.documents.maps import boundaries, map_of_sector, small_maps
from hanse.observatory.forms.questions import SectorQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.indicators import INDICATORS, Indicator, Kind
from hanse.observatory.queries.methods import METHOD_OF
from hanse.observatory.queries.sector import SectorMap, SectorRow, sector_map

NAMED = 3
LEADING = 18
COLUMN_KINDS = {
    Kind.RATIO: "number",
    Kind.SHARE: "percent",
    Kind.GROWTH: "percent",
    Kind.COUNT: "number",
    Kind.MONEY: "number",
    Kind.STRENGTH: "number",
}


def asked(release: Release, code: str, question: SectorQuestion) -> SectorMap:
    answers = question.answers
    return sector_map(
        release,
        code.upper(),
        answers["year"],
        INDICATORS[answers["indicator"]],
        reference=answers["reference"],
        level=answers["level"],
        estimates=answers["estimates"],
    )


@public
@with_release
def sector(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    question = SectorQuestion(release, request.GET)
    found = asked(release, code, question)
    kinds = ("boundaries", "hexagons") if boundaries(release) else ("hexagons",)
    kind = request.GET.get("map", "") if request.GET.get("map", "") in kinds else kinds[0]
    if found.indicator.kind is Kind.COUNT:
        kinds, kind = ("hexagons",), "hexagons"
    whole = _table(found)
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": findings.of_sector(found),
        "lead": findings.lead_of_sector(found),
        "map": map_of_sector(found, kind),
        "copyright": COPYRIGHT if kind == "boundaries" else "",
        "kinds": _kinds(request, kinds, kind),
        "leading": Table(whole.columns[:-1], [Row(r.cells[:-1]) for r in whole.rows[:LEADING]]),
        "listed": min(LEADING, found.known),
        "whole": whole,
        "distribution": _distribution(found, SHEET),
        "distribution_narrow": _distribution(found, NARROW),
        "years": list(zip(found.years, small_maps(found), strict=True)),
        "concentration": _concentration(found),
        "gini": [_gini(found, width) for width in (WIDE, NARROW)],
        "traded": release.traded_clusters_with(code.upper()),
        "method": METHOD_OF[found.indicator.slug],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/sector.html", context)


def _kinds(
    request: HttpRequest, kinds: tuple[str, ...], current: str
) -> list[tuple[str, str, bool]]:
    words = {"boundaries": _("Boundaries"), "hexagons": _("One hexagon a region")}
    asked_for = request.GET.copy()
    choices = []
    for kind in kinds:
        asked_for["map"] = kind
        choices.append((f"?{asked_for.urlencode()}", words[kind], kind == current))
    return choices


def _table(found: SectorMap) -> Table:
    """The table that equals the map: every region, each value with a way to where it comes from."""
    indicator = found.indicator
    best = max((row.value or 0 for row in found.rows), default=0) or 1
    short = _("LQ") if indicator.kind is Kind.RATIO else ""
    columns = [
        Column(_("Rank"), "rank", hidden_head=True),
        Column(_("Region"), "head"),
        Column(indicator.label, COLUMN_KINDS[indicator.kind], _decimals(indicator), short=short),  # type: ignore[arg-type]
        Column(_("Bar"), "bar", hidden_head=True, narrow="hides"),
        Column(_("Persons employed"), "number"),
        Column(_("Flag"), "flag", hidden_head=True),
        Column(_("Where from"), "link", hidden_head=True),
    ]
    region, source = pattern("region"), _("source")
    origin = pattern("figure", "CODE", found.sector.code, found.year, indicator.slug)
    if found.reference == "country":
        origin = f"{origin}?reference=country"
    lines = [
        Row(
            [
                row.rank,
                Named(row.region.name, f"{region.replace('CODE', code)}?year={found.year}", code),
                _value(row),
                Bar(max(0, row.value or 0) / best, row.painted if row.painted != "out" else "q5"),
                _persons(row),
                _flags(row),
                Named(
                    source,
                    address("method", "estimates")
                    if row.estimated
                    else origin.replace("CODE", code),
                ),
            ]
        )
        for row, code in ((row, row.region.code) for row in found.rows)
    ]
    return Table(columns, lines)


def _flags(row: SectorRow) -> str:
    marks = [row.flag]
    marks += [_("total ≥").replace(" ", NBSP)] if row.lower_bound else []
    marks += [_("jump")] if row.jumped else []
    return " ".join(filter(None, marks))


def _decimals(indicator: Indicator) -> int:
    return 1 if indicator.kind in {Kind.SHARE, Kind.GROWTH} else indicator.decimals


def _value(row: SectorRow) -> float | Estimated | Unknown:
    if row.value is None:
        return CONFIDENTIAL if row.is_confidential else NOT_PUBLISHED
    return Estimated(row.value) if row.estimated else row.value


def _persons(row: SectorRow) -> int | Unknown:
    if row.persons is None:
        return CONFIDENTIAL if row.is_confidential else NOT_PUBLISHED
    return row.persons


def _distribution(found: SectorMap, width: int) -> SafeString | str:
    if found.indicator.key is None or not found.known or found.indicator.kind is Kind.STRENGTH:
        return ""
    dots = [
        Dot(
            row.region.name,
            row.value,
            findings.shown(found.indicator, row.value) if place < NAMED else "",
            estimate=row.estimated,
            named=place < NAMED,
        )
        for place, row in enumerate(found.rows)
        if row.value is not None
    ]
    ratio = found.indicator.kind is Kind.RATIO
    return distribution(
        dots,
        found.indicator.key,
        label=_("Distribution of the values over regions and colour classes"),
        unknown=found.unknown,
        reference=Threshold(1, _("as in the reference area")) if ratio else None,
        by_doublings=ratio,
        width=width,
    )


def _concentration(found: SectorMap) -> Table:
    columns = [
        Column(_("Year"), "head"),
        Column(_("Persons employed in Europe"), "number"),
        Column(_("Gini"), "number", 2),
        Column(_("Hoover"), "number", 2),
        Column(_("HHI"), "number", 3),
        Column(_("Regions with a figure"), "number"),
        Column(_("Confidential"), "number"),
    ]
    rows = [
        Row(
            [
                str(one.year),
                NOT_PUBLISHED if one.persons is None else one.persons,
                NOT_PUBLISHED if one.gini is None else one.gini,
                NOT_PUBLISHED if one.hoover is None else one.hoover,
                NOT_PUBLISHED if one.hhi is None else one.hhi,
                one.known,
                one.suppressed,
            ]
        )
        for one in found.concentration
    ]
    return Table(columns, rows)


def _gini(found: SectorMap, width: int) -> SafeString | str:
    values = [one.gini for one in found.concentration]
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 -- a line needs two points
        return ""
    series = Series(_("Gini"), values, figure(known[0], 2), figure(known[-1], 2))
    years = [one.year for one in found.concentration]
    return lines([series], years, label=_("Gini over regions, by year"), width=width)
