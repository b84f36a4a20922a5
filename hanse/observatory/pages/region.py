"""The portrait of a region: what it is strong in, how sure that is, what explains its change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.announce import panels
from hanse.kit.charts.bars import Part, bars, waterfall
from hanse.kit.charts.drawing import NARROW, WIDE, Threshold
from hanse.kit.charts.dumbbell import Change, dumbbell
from hanse.kit.charts.gauge import Gauge, gauge
from hanse.kit.charts.lines import sparkline
from hanse.kit.charts.scatter import Bubble, bubbles
from hanse.kit.gate import public
from hanse.kit.maps import locator
from hanse.kit.numbers import figure, large, percent, signed, signed_percent
from hanse.kit.phrases import COPYRIGHT
from hanse.kit.tables import CONFIDENTIAL, NOT_PUBLISHED, Column, Named, Row, Table, Unknown
from hanse.kit.templatetags.kit import stars
from hanse.observatory.documents.addresses import address
from hanse.observatory.documents.maps import boundaries, place_of
from hanse.observatory.forms.questions import RegionQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.region import (
    Cell,
    RegionPortrait,
    Shift,
    first_year_compared,
    region_portrait,
)

RATED = 15
DRAWN = 12
SPARKS = 12
OWN_PARTS = 5
LEAST_DRAWN = 1500


def asked(release: Release, code: str, question: RegionQuestion) -> RegionPortrait:
    code = code.upper()
    release.region(code)
    year, start = question.answers["year"], question.answers["start"]
    first = first_year_compared(release, code, year)
    if first is not None:
        start = max(start, first)
    return region_portrait(release, code, year, min(start, year))


@public
@with_release
def region(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    question = RegionQuestion(release, request.GET)
    found = asked(release, code, question)
    scheme, reference = question.answers["scheme"], question.answers["reference"]
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": findings.of_region(found),
        "lead": findings.lead_of_region(found),
        "facts": _facts(found),
        "place": _place(found),
        "copyright": COPYRIGHT if boundaries(release) else "",
        "strong": _strong(found, scheme, reference),
        "rated": len(found.strongest(scheme)),
        "shown_rated": min(RATED, len(found.strongest(scheme))),
        "dumbbell": [_dumbbell(found, width) for width in (WIDE, NARROW)],
        "bubbles": [_bubbles(found, width) for width in (WIDE, NARROW)],
        "waterfall": [_waterfall(found, width) for width in (WIDE, NARROW)],
        "own_parts": [_own_parts(found, width) for width in (WIDE, NARROW)],
        "sparks": _sparks(found),
        "hidden": found.hidden,
        "whole": _whole(found),
        "parts": [release.regions[c] for c in release.regions if _is_part(release, c, found)],
        "query": request.GET.urlencode(),
        "panels": panels("observatory.region", found.region.code, request.user),
    }
    return render(request, "observatory/region.html", context)


def _is_part(release: Release, code: str, found: RegionPortrait) -> bool:
    return release.regions[code].parent == found.region.code


def _facts(found: RegionPortrait) -> list[tuple[str, str]]:
    whole = found.of_year
    making = found.cell("C")
    full = sum(cell.stars == 3 for cell in found.divisions)  # noqa: PLR2004 -- tests in a scheme
    total = whole.total if whole else None
    says = _("persons employed in the business economy, %(year)s")
    if whole and whole.total_bound:
        says = _("persons employed at least in the business economy, %(year)s")
    return [
        (large(total) if total else "–", says % {"year": found.year}),
        (
            percent(making.share, 0) if making and making.share is not None else "–",
            _("of them in manufacturing"),
        ),
        (figure(full), _("sectors with three stars")),
        (figure(len(found.hidden)), _("sectors not published, shown as not known")),
    ]


def _place(found: RegionPortrait) -> SafeString | str:
    label = _("Where %(region)s lies") % {"region": found.region.name}
    sheet = boundaries(found.release)
    if sheet is not None and found.region.code in sheet.paths:
        return locator(sheet, found.region.code, name=found.region.name, label=label)
    return place_of(found, label)


# Strengths ---------------------------------------------------------------------------------------


def _strong(found: RegionPortrait, scheme: str, reference: str) -> Table:
    own = reference == "country"
    third = _("Focus: share of the region") if scheme == "stars" else _("Wages per person")
    columns = [
        Column(_("Tests passed"), "html"),
        Column(_("Sector"), "head"),
        Column(_("Persons employed"), "number"),
        Column(_("Size: rank in Europe"), "html"),
        Column(_("Specialisation: LQ"), "html"),
        Column(third, "html"),
        Column(_("Where from"), "link", hidden_head=True),
    ]
    rows = []
    for cell in found.strongest(scheme)[:RATED]:
        passed = getattr(cell, f"{scheme}_country" if own else scheme) or 0
        unclear = getattr(cell, f"{scheme}_unknown") or 0
        rows.append(
            Row(
                [
                    stars(passed, 3, min(unclear, 3 - passed)),
                    _named(cell, found.year),
                    NOT_PUBLISHED if cell.persons is None else cell.persons,
                    _size(cell),
                    _quotient(cell.lq_country if own else cell.lq),
                    _focus(cell) if scheme == "stars" else _wages(cell),
                    Named(_("source"), _origin(found, cell, scheme)),
                ]
            )
        )
    return Table(columns, rows, cards=True)


def _named(cell: Cell, year: int) -> Named:
    at = f"{address('sector', cell.sector.code)}?year={year}"
    return Named(cell.sector.name, at, cell.sector.code)


def _origin(found: RegionPortrait, cell: Cell, slug: str) -> str:
    return address("figure", found.region.code, cell.sector.code, found.year, slug)


def _size(cell: Cell) -> SafeString | str:
    if cell.size_rank is None or cell.size_known is None or cell.size_cut is None:
        return _("not known")
    said = _("%(rank)s of %(known)s") % {"rank": cell.size_rank, "known": cell.size_known}
    drawn = Gauge(
        cell.size_rank,
        cell.size_cut,
        1,
        cell.size_known,
        _("first %(cut)s") % {"cut": cell.size_cut},
        better="less",
    )
    return SafeString(f"<b>{said}</b>{gauge(drawn, label=said)}")


def _quotient(lq: float | None) -> SafeString | str:
    if lq is None:
        return _("not known")
    said = figure(lq, 1)
    return SafeString(f"<b>{said}</b>{gauge(Gauge(lq, 2, 0.125, 16, '2'), label=said)}")


def _focus(cell: Cell) -> SafeString | str:
    if cell.share is None or cell.focus_value_at_cut is None:
        return _("not known")
    said = percent(cell.share, 1)
    at_cut = max(cell.focus_value_at_cut, 1e-6)
    drawn = Gauge(cell.share, at_cut, at_cut / 8, at_cut * 8, percent(at_cut, 1))
    return SafeString(f"<b>{said}</b>{gauge(drawn, label=said)}")


def _wages(cell: Cell) -> SafeString | str:
    if cell.wages_per_person is None or cell.wages_value_at_cut is None:
        return _("not known")
    said = f"{figure(cell.wages_per_person)} EUR"
    at_cut = max(cell.wages_value_at_cut, 1.0)
    drawn = Gauge(cell.wages_per_person, at_cut, at_cut / 8, at_cut * 8, figure(at_cut))
    return SafeString(f"<b>{said}</b>{gauge(drawn, label=said)}")


# Pictures ----------------------------------------------------------------------------------------


def _lq_at(found: RegionPortrait, sector: str, year: int) -> float | None:
    return next((p.lq for p in found.series.get(sector, ()) if p.year == year), None)


def _dumbbell(found: RegionPortrait, width: int) -> SafeString | str:
    cells = [c for c in found.most_specialised if (c.persons or 0) >= LEAST_DRAWN]
    cells = cells or list(found.most_specialised)
    rows = [
        Change(
            cell.sector.name,
            _lq_at(found, cell.sector.code, found.start),
            cell.lq,
            figure(cell.lq, 1),
        )
        for cell in cells[:DRAWN]
    ]
    if not rows:
        return ""
    return dumbbell(
        rows,
        dates=(str(found.start), str(found.year)),
        label=_("Location quotients in %(start)s and %(year)s") % _years(found),
        thresholds=(Threshold(1, _("1, as Europe")), Threshold(2, _("2, threshold"), firm=True)),
        width=width,
    )


def _years(found: RegionPortrait) -> dict[str, int]:
    return {"start": found.start, "year": found.year}


def _bubbles(found: RegionPortrait, width: int) -> SafeString | str:
    span = found.year - found.start
    if not span:
        return ""
    by_sector = {shift.sector: shift for shift in found.shifts}
    points = []
    biggest = {cell.sector.code for cell in found.largest[:6]}
    for cell in found.divisions:
        shift = by_sector.get(cell.sector.code)
        if shift is None or not cell.lq or not shift.at_start or not shift.at_end:
            continue
        growth = (shift.at_end / shift.at_start) ** (1 / span) - 1
        points.append(
            Bubble(
                cell.sector.name,
                growth,
                cell.lq,
                shift.at_end,
                f"{signed_percent(growth, 1)}, LQ {figure(cell.lq, 1)}",
                named=cell.sector.code in biggest or cell.lq >= 2,  # noqa: PLR2004 -- threshold
            )
        )
    if not points:
        return ""
    return bubbles(
        points,
        label=_("Growth and specialisation of each sector, circles by persons employed"),
        x_title=_("growth a year, %(start)s to %(year)s") % _years(found),
        y_title=_("location quotient %(year)s") % _years(found),
        x_marks=[Threshold(v, signed_percent(v, 0), firm=v == 0) for v in (-0.05, 0, 0.05, 0.1)],
        y_marks=[
            Threshold(0.5, "½"),
            Threshold(1, "1"),
            Threshold(2, "2"),
            Threshold(4, "4"),
        ],
        width=width,
    )


def _part(name: str, value: float) -> Part:
    return Part(name, value, signed(value))


def _waterfall(found: RegionPortrait, width: int) -> SafeString | str:
    explained = found.explained
    if explained is None:
        return ""
    national, mix, local = explained.in_whole_persons
    return waterfall(
        [
            _part(_("Europe’s growth"), national),
            _part(_("The sectors it has"), mix),
            _part(_("What the region added"), local),
        ],
        _part(_("Change in persons employed"), explained.change),
        label=_("Shift-share, %(start)s to %(year)s") % _years(found),
        width=width,
    )


def _own_parts(found: RegionPortrait, width: int) -> SafeString | str:
    ordered = sorted(found.shifts, key=lambda shift: -shift.local)
    gained = [shift for shift in ordered if shift.local > 0][:OWN_PARTS]
    lost = [shift for shift in ordered if shift.local < 0][-OWN_PARTS:]
    if not gained and not lost:
        return ""
    return bars(
        [_part(_sector_name(found, shift), shift.local) for shift in (*gained, *lost)],
        label=_("The region’s own part by sector"),
        width=width,
    )


def _sector_name(found: RegionPortrait, shift: Shift) -> str:
    return found.release.sectors[shift.sector].name


# Tables ------------------------------------------------------------------------------------------


def _sparks(found: RegionPortrait) -> Table:
    columns = [
        Column(_("Sector"), "head"),
        Column(str(found.release.years[0]), "number"),
        Column(_("%(first)s to %(last)s") % _first_and_last(found), "html"),
        Column(str(found.release.years[-1]), "number"),
        Column(_("Own growth on the year before"), "percent", 1, narrow="hides"),
    ]
    rows = []
    for cell in found.largest[:SPARKS]:
        points = {p.year: p.persons for p in found.series[cell.sector.code]}
        values = [points.get(year) for year in found.release.years]
        rows.append(
            Row(
                [
                    _named(cell, found.year),
                    NOT_PUBLISHED if values[0] is None else values[0],
                    sparkline(values),
                    NOT_PUBLISHED if values[-1] is None else values[-1],
                    NOT_PUBLISHED if cell.growth is None else cell.growth,
                ]
            )
        )
    return Table(columns, rows)


def _first_and_last(found: RegionPortrait) -> dict[str, int]:
    return {"first": found.release.years[0], "last": found.release.years[-1]}


def _whole(found: RegionPortrait) -> Table:
    columns = [
        Column(_("Sector"), "head"),
        Column(_("Persons employed"), "number"),
        Column(_("Share"), "percent", 1),
        Column(_("Location quotient"), "number", 2, short=_("LQ")),
        Column(_("Growth on the year before"), "percent", 1, narrow="hides"),
        Column(_("Wages per person, EUR"), "number", narrow="hides"),
        Column(_("Stars"), "html"),
        Column(_("Flag"), "flag"),
        Column(_("Where from"), "link", hidden_head=True),
    ]
    rows = [
        Row(
            [
                _named(cell, found.year),
                *(
                    _hidden(cell) if value is None else value
                    for value in (
                        cell.persons,
                        cell.share,
                        cell.lq,
                        cell.growth,
                        cell.wages_per_person,
                    )
                ),
                _stars(cell),
                cell.persons_flag,
                Named(_("source"), _origin(found, cell, "lq")),
            ]
        )
        for cell in found.cells
    ]
    return Table(columns, rows)


def _stars(cell: Cell) -> SafeString | str:
    if cell.stars is None:
        return ""
    return stars(cell.stars, 3, min(cell.stars_unknown or 0, 3 - cell.stars))


def _hidden(cell: Cell) -> Unknown:
    if cell.persons == 0:
        return Unknown(_("nobody employed"))
    return CONFIDENTIAL if "c" in (cell.persons_flag or "") else NOT_PUBLISHED
