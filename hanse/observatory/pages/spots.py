"""A sector in space: hot spots with their tests, and the distances at which it gathers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.charts.bands import Banded, bands
from hanse.kit.charts.drawing import NARROW, SHEET, Threshold
from hanse.kit.charts.lines import Series, lines
from hanse.kit.gate import public
from hanse.kit.numbers import country, figure
from hanse.kit.phrases import COPYRIGHT
from hanse.kit.tables import NOT_PUBLISHED, Column, Named, Row, Table
from hanse.observatory.documents.addresses import address
from hanse.observatory.documents.maps import boundaries
from hanse.observatory.documents.structure_maps import key_of_spots, map_of_spots
from hanse.observatory.forms.questions import YearQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import structure_findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.methods import METHODS
from hanse.observatory.queries.spots import (
    HotSpots,
    Localisation,
    Spot,
    hot_spots,
    localisation,
)
from hanse.observatory.words import SpotKind

PER_MILLE = 1000


@public
@with_release
def spots(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    question = YearQuestion(release, request.GET)
    found = hot_spots(release, code.upper(), question.answers["year"])
    kinds = ("boundaries", "hexagons") if boundaries(release) else ("hexagons",)
    kind = request.GET.get("map", "") if request.GET.get("map", "") in kinds else kinds[0]
    marked = [spot for name in MARKED for spot in found.of_kind(name)]
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": structure_findings.of_spots(found),
        "lead": structure_findings.lead_of_spots(found),
        "map": map_of_spots(found, kind) if found.spots else "",
        "key": key_of_spots(),
        "copyright": COPYRIGHT if kind == "boundaries" else "",
        "kinds": _kinds(request, kinds, kind),
        "marked": _table(marked, found),
        "whole": _table(sorted(found.spots, key=lambda one: -one.lq), found),
        "years": _years(found),
        "moran": [_moran(found, width) for width in (SHEET, NARROW)],
        "method": METHODS["hot-spots"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/hot_spots.html", context)


MARKED = ("hot", "high_among_low", "low_among_high", "cold")


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


def _table(spots_: list[Spot], found: HotSpots) -> Table:
    columns = [
        Column(_("Region"), "head"),
        Column(_("Country"), "text", narrow="hides"),
        Column(_("What it is"), "text", narrow="hides"),
        Column(_("Location quotient"), "number", 2, short=_("LQ")),
        Column(_("Mean of its neighbours"), "number", 2),
        Column(_("Neighbours"), "number", narrow="hides"),
        Column(_("Local Moran"), "number", 2, narrow="hides"),
        Column(_("p, adjusted"), "number", 3),
        Column(_("G*, standardised"), "signed", 1, narrow="hides"),
    ]
    rows = [
        Row(
            [
                Named(
                    spot.region.name,
                    f"{address('region', spot.region.code)}?year={found.year}",
                    spot.region.code,
                ),
                country(spot.region.country),
                str(SpotKind(spot.kind).label),
                spot.lq,
                *(
                    NOT_PUBLISHED if value is None else value
                    for value in (
                        spot.lag,
                        spot.neighbours,
                        spot.local_moran,
                        spot.p_adjusted,
                        spot.g_star,
                    )
                ),
            ]
        )
        for spot in spots_
    ]
    return Table(columns, rows)


def _years(found: HotSpots) -> Table:
    columns = [
        Column(_("Year"), "head"),
        Column(_("Moran’s I"), "number", 3),
        Column(_("Expected by chance"), "number", 3),
        Column(_("Standardised"), "signed", 1),
        Column(_("Regions"), "number"),
        Column(_("Without a neighbour"), "number"),
    ]
    rows = [
        Row([str(one.year), one.moran, one.expected, one.z, one.regions, one.isolated])
        for one in found.years
    ]
    return Table(columns, rows)


def _moran(found: HotSpots, width: int) -> SafeString | str:
    values = [one.moran for one in found.years]
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 -- a line needs two points
        return ""
    series = Series(_("Moran’s I"), values, figure(known[0], 2), figure(known[-1], 2))
    years = [one.year for one in found.years]
    return lines([series], years, label=_("Moran’s I by year"), width=width)


@public
@with_release
def distances(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    question = YearQuestion(release, request.GET)
    found = localisation(release, code.upper(), question.answers["year"])
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": structure_findings.of_localisation(found),
        "lead": structure_findings.lead_of_localisation(found),
        "curves": [_curve(found, width) for width in (SHEET, NARROW)],
        "table": _distances(found),
        "method": METHODS["localisation"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/localisation.html", context)


def _curve(found: Localisation, width: int) -> SafeString | str:
    if not found.distances:
        return ""
    marks = [200, 400, 600, 800, 1000]
    if width < SHEET:
        marks = [200, 600, 1000]
    return bands(
        Banded(
            x=found.distances,
            observed=_scaled(found.kd),
            low=_scaled(found.low),
            high=_scaled(found.high),
            outer_low=_scaled(found.global_low),
            outer_high=_scaled(found.global_high),
        ),
        label=_("Density of distances between those who work in %(sector)s, with its bands")
        % {"sector": found.sector.name},
        x_marks=[Threshold(mark, figure(mark)) for mark in marks],
        x_title=_("kilometres"),
        said=(
            _("observed"),
            _("95 in 100 by chance, at each distance"),
            _("whole curve by chance"),
        ),
        width=width,
    )


def _scaled(values: tuple[float | None, ...]) -> list[float | None]:
    return [None if value is None else PER_MILLE * value for value in values]


def _distances(found: Localisation) -> Table:
    columns = [
        Column(_("Distance, km"), "number"),
        Column(_("Density"), "number", 3),
        Column(_("Band at this distance, from"), "number", 3),
        Column(_("to"), "number", 3),
        Column(_("Band of the whole curve, from"), "number", 3),
        Column(_("to"), "number", 3),
        Column(_("What it is"), "text"),
    ]
    rows = [
        Row(
            [
                distance,
                *(
                    NOT_PUBLISHED if value is None else PER_MILLE * value
                    for value in (
                        found.kd[step],
                        found.low[step],
                        found.high[step],
                        found.global_low[step],
                        found.global_high[step],
                    )
                ),
                structure_findings.at_distance(found, step),
            ]
        )
        for step, distance in enumerate(found.distances)
    ]
    return Table(columns, rows)
