"""Relatedness: the map of sectors, for Europe and as seen from a region."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.charts.drawing import NARROW, SHEET
from hanse.kit.charts.network import Link, Node, network
from hanse.kit.gate import public
from hanse.kit.numbers import figure, percent
from hanse.kit.tables import NOT_PUBLISHED, Bar, Column, Named, Row, Table
from hanse.observatory.documents.addresses import address
from hanse.observatory.forms.questions import YearQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import structure_findings
from hanse.observatory.queries.complexity import complexity
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.methods import METHODS
from hanse.observatory.queries.related import (
    RelatedSectors,
    near_to,
    related_sectors,
    sector_space,
)

CLOSEST = 12
STRONG = 0.65


@public
@with_release
def region(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    question = YearQuestion(release, request.GET)
    found = related_sectors(release, code.upper(), question.answers["year"])
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": structure_findings.of_related(found),
        "lead": structure_findings.lead_of_related(found),
        "maps": [_map_of_region(found, width) for width in (SHEET, NARROW)],
        "closest": _absent(found, CLOSEST),
        "absent": _absent(found, len(found.sectors)),
        "present": _present(found),
        "unpublished": sum(not one.is_published for one in found.sectors),
        "method": METHODS["density"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/related_region.html", context)


@public
@with_release
def relatedness(request: HttpRequest, release: Release) -> HttpResponse:
    question = YearQuestion(release, request.GET)
    year = question.answers["year"]
    context = {
        "release": release,
        "question": question,
        "year": year,
        "maps": [_map_of_europe(release, year, width) for width in (SHEET, NARROW)],
        "table": _pairs(release, year),
        "method": METHODS["proximity"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/relatedness.html", context)


def _map_of_region(found: RelatedSectors, width: int) -> SafeString:
    """What the region has in ink, what is nearest in the second tone, the rest in grey."""
    of = {one.sector.code: one for one in found.sectors}
    closest = [one.sector.code for one in found.absent[:CLOSEST]]
    ordered = sorted(of, key=lambda code: (code not in closest, -(of[code].persons or 0)))
    space = sector_space(found.release, found.year)
    places = {place.sector.code: place for place in space.places}
    nodes = [
        Node(
            code=code,
            name=of[code].sector.name,
            x=places[code].x,
            y=places[code].y,
            size=float(of[code].persons or 0),
            paint="m1" if of[code].present else "m3" if code in closest else "m4",
            says=_says(found, code),
            named=of[code].present or code in closest,
        )
        for code in ordered
        if code in places
    ]
    label = _("Map of sectors: near means related; what %(region)s has is dark") % {
        "region": found.region.name
    }
    return network(nodes, _links(found.release, found.year, of.keys()), label=label, width=width)


def _says(found: RelatedSectors, code: str) -> str:
    one = next(one for one in found.sectors if one.sector.code == code)
    words = [f"{one.sector.name} ({code})"]
    if one.lq is not None:
        words.append(_("LQ %(value)s") % {"value": figure(one.lq, 1)})
    if one.density is not None:
        words.append(_("density %(value)s") % {"value": percent(one.density, 0)})
    return ", ".join(words)


def _map_of_europe(release: Release, year: int, width: int) -> SafeString:
    space = sector_space(release, year)
    rank = {one.of.code: one for one in complexity(release, year).sectors}
    paints = ("q6", "q5", "q4", "q3", "q2", "q1")
    nodes = []
    for place in space.places:
        code = place.sector.code
        one = rank.get(code)
        share = ((one.rank or 1) - 1) / max(len(rank), 1) if one and one.rank else 1.0
        nodes.append(
            Node(
                code=code,
                name=place.sector.name,
                x=place.x,
                y=place.y,
                size=float(one.count if one else 0),
                paint=paints[min(int(share * len(paints)), len(paints) - 1)],
                says=_("%(sector)s: %(count)s regions")
                % {"sector": place.sector.name, "count": figure(one.count if one else 0)},
                named=True,
            )
        )
    nodes.sort(key=lambda node: -node.size)
    label = _("Map of sectors: near means related, the area is the number of specialised regions")
    return network(nodes, _links(release, year, {n.code for n in nodes}), label=label, width=width)


def _links(release: Release, year: int, shown: object) -> list[Link]:
    return [
        Link(one, other, strong=proximity >= STRONG)
        for one, other, proximity in sector_space(release, year).links
        if one in shown and other in shown  # type: ignore[operator]
    ]


def _absent(found: RelatedSectors, count: int) -> Table:
    columns = [
        Column(_("Rank"), "rank", hidden_head=True),
        Column(_("Sector"), "head"),
        Column(_("Related and there"), "percent"),
        Column(_("Bar"), "bar", hidden_head=True, narrow="hides"),
        Column(_("Nearest to it here"), "text", narrow="hides"),
        Column(_("Location quotient"), "number", 1, short=_("LQ")),
        Column(_("Complexity"), "signed", 1, narrow="hides"),
    ]
    rows = [
        Row(
            [
                place,
                Named(
                    one.sector.name,
                    f"{address('sector', one.sector.code)}?year={found.year}",
                    one.sector.code,
                ),
                one.density,
                Bar(one.density or 0, "q3"),
                structure_findings.because(one),
                NOT_PUBLISHED if one.lq is None else one.lq,
                NOT_PUBLISHED if one.complexity is None else one.complexity,
            ]
        )
        for place, one in enumerate(found.absent[:count], 1)
    ]
    return Table(columns, rows)


def _present(found: RelatedSectors) -> Table:
    columns = [
        Column(_("Sector"), "head"),
        Column(_("Location quotient"), "number", 1, short=_("LQ")),
        Column(_("Persons employed"), "number"),
        Column(_("Related and there"), "percent"),
        Column(_("Nearest to it here"), "text", narrow="hides"),
    ]
    present = sorted(found.present, key=lambda one: -(one.lq or 0))
    rows = [
        Row(
            [
                Named(
                    one.sector.name,
                    f"{address('sector', one.sector.code)}?year={found.year}",
                    one.sector.code,
                ),
                NOT_PUBLISHED if one.lq is None else one.lq,
                NOT_PUBLISHED if one.persons is None else one.persons,
                one.density,
                structure_findings.because(one),
            ]
        )
        for one in present
    ]
    return Table(columns, rows)


def _pairs(release: Release, year: int) -> Table:
    """Every sector with the three nearest to it."""
    columns = [
        Column(_("Sector"), "head"),
        *(
            column
            for word in (_("Nearest"), _("Second"), _("Third"))
            for column in (Column(word, "link"), Column(_("Proximity"), "number", 2))
        ),
    ]
    rows = []
    for place in sorted(sector_space(release, year).places, key=lambda one: one.sector.code):
        near = near_to(release, place.sector.code, year)[:3]
        cells: list[object] = [
            Named(
                place.sector.name,
                f"{address('sector', place.sector.code)}?year={year}",
                place.sector.code,
            )
        ]
        for one in near:
            cells += [Named(one.sector.name, "", one.sector.code), one.proximity]
        cells += [""] * (7 - len(cells))
        rows.append(Row(cells))
    return Table(columns, rows)
