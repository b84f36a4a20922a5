"""Complexity of regions and sectors: a ranking that says how firm it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.charts.drawing import NARROW, WIDE
from hanse.kit.charts.ranks import RankRange, rank_ranges
from hanse.kit.gate import public
from hanse.kit.tables import NOT_PUBLISHED, Column, Named, Row, Table, Unknown
from hanse.observatory.documents.addresses import address
from hanse.observatory.documents.structure_maps import map_of_complexity
from hanse.observatory.forms.questions import YearQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import structure_findings
from hanse.observatory.queries.complexity import Complexity, Ranked, complexity
from hanse.observatory.queries.figures import Region, Release
from hanse.observatory.queries.methods import METHODS

CHARTED = 20


@public
@with_release
def ranking(request: HttpRequest, release: Release) -> HttpResponse:
    question = YearQuestion(release, request.GET)
    found = complexity(release, question.answers["year"])
    context = {
        "release": release,
        "question": question,
        "found": found,
        "title": structure_findings.of_complexity(found),
        "lead": structure_findings.lead_of_complexity(found),
        "map": map_of_complexity(found),
        "ranges": [_ranges(found, width) for width in (WIDE, NARROW)],
        "charted": min(CHARTED, len(found.ranked)),
        "regions": _table(found.regions, found),
        "sectors": _table(found.sectors, found),
        "rarest": structure_findings.ends_of_sectors(found),
        "method": METHODS["complexity"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/complexity.html", context)


def _ranges(found: Complexity, width: int) -> SafeString | str:
    rows = [
        RankRange(one.of.name, one.rank or 0, one.low or 0, one.high or 0)
        for one in found.ranked[:CHARTED]
    ]
    if not rows:
        return ""
    worst = max(row.worst for row in rows)
    label = _("Ranks that 90 % of the draws keep within, for the first regions")
    return rank_ranges(rows, label=label, of=worst, width=width)


def _table(rows: tuple[Ranked, ...], found: Complexity) -> Table:
    is_region = bool(rows) and isinstance(rows[0].of, Region)
    columns = [
        Column(_("Rank"), "rank", hidden_head=True),
        Column(_("Region") if is_region else _("Sector"), "head"),
        Column(_("Complexity"), "signed", 2),
        Column(_("Under other draws"), "text"),
        Column(_("Sectors it is specialised in") if is_region else _("Regions"), "number"),
        Column(_("Not published"), "number"),
    ]
    lines = [
        Row(
            [
                one.rank,
                Named(one.of.name, _address(one, found), one.of.code),
                Unknown(_("too little published")) if one.index is None else one.index,
                "" if one.rank is None else structure_findings.rank_in_words(one),
                one.count,
                one.unpublished if one.unpublished is not None else NOT_PUBLISHED,
            ]
        )
        for one in rows
    ]
    return Table(columns, lines)


def _address(one: Ranked, found: Complexity) -> str:
    page = "region_related" if isinstance(one.of, Region) else "sector"
    return f"{address(page, one.of.code)}?year={found.year}"
