"""Compare regions: the address holds the regions, the years and the weights."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hanse.kit.charts.drawing import NARROW, WIDE
from hanse.kit.charts.ranks import RankRange, rank_ranges
from hanse.kit.gate import public
from hanse.kit.tables import NOT_PUBLISHED, Column, Named, Row, Table
from hanse.observatory.documents.addresses import address
from hanse.observatory.forms.questions import ComparisonQuestion
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import findings
from hanse.observatory.queries.comparison import AT_MOST, MEASURES, Compared, Comparison, comparison
from hanse.observatory.queries.figures import Region, Release
from hanse.observatory.queries.search import found


@public
@with_release
def compare(request: HttpRequest, release: Release) -> HttpResponse:
    question = ComparisonQuestion(release, request.GET)
    codes, unknown = read_codes(release, question.answers.get("regions", ""))
    left_out = codes[AT_MOST:]
    codes = codes[:AT_MOST]
    start, year = sorted((question.answers["start"], question.answers["year"]))
    wanted = request.GET.get("add", "").strip()
    candidates: tuple[Region, ...] = ()
    if wanted:
        candidates = _candidates(release, wanted)
        if len(candidates) == 1 or wanted.upper() in release.regions:
            code = wanted.upper() if wanted.upper() in release.regions else candidates[0].code
            return redirect(_address(request, [*codes, code]))
    answer = comparison(release, codes, year, start, question.weights)
    context = {
        "release": release,
        "question": question,
        "found": answer,
        "title": findings.of_comparison(answer),
        "table": _table(request, answer) if answer.rows else None,
        "ranges": [_ranges(answer, width) for width in (WIDE, NARROW)],
        "codes": codes,
        "unknown": unknown,
        "too_many": bool(left_out),
        "at_most": AT_MOST,
        "wanted": wanted,
        "candidates": [(region, _address(request, [*codes, region.code])) for region in candidates],
        "chosen": [
            (release.regions[code], _address(request, [c for c in codes if c != code]))
            for code in codes
        ],
        "weight_fields": [(question[f"w_{slug}"], MEASURES[slug]) for slug in MEASURES],
        "query": request.GET.urlencode(),
        "example": address("compare") + "?regions=DE11,ITC1,CZ08,ES21,SE23,PL22",
    }
    return render(request, "observatory/compare.html", context)


def _candidates(release: Release, wanted: str) -> tuple[Region, ...]:
    """Regions of that name; a NUTS 2 region comes before the larger one that shares its name."""
    named = found(release, wanted).regions
    return tuple(region for region in named if region.level == 2) or named  # noqa: PLR2004 -- NUTS


def read_codes(release: Release, text: str) -> tuple[list[str], list[str]]:
    """Part the codes of the address into those the release knows and those it does not."""
    given = [code.strip().upper() for code in text.split(",") if code.strip()]
    given = list(dict.fromkeys(given))
    known = [code for code in given if code in release.regions]
    return known, [code for code in given if code not in release.regions]


def _address(request: HttpRequest, codes: list[str]) -> str:
    kept = [(k, v) for k, v in request.GET.items() if k not in {"regions", "add"} and v]
    query = urlencode([("regions", ",".join(dict.fromkeys(codes))), *kept], safe=",")
    return f"{address('compare')}?{query}"


def _table(request: HttpRequest, found: Comparison) -> Table:
    kinds = {"percent": "percent", "number": "number"}
    columns = [
        Column(_("Rank"), "number"),
        Column(_("Region"), "head"),
        Column(_("Under other weights"), "text"),
        *(Column(capfirst(str(m.label)), kinds[m.kind], m.decimals) for m in found.measures),  # type: ignore[arg-type]
    ]
    rows = [
        Row(
            [
                row.rank,
                Named(
                    row.region.name,
                    address("region", row.region.code),
                    row.region.code,
                ),
                rank_range(row),
                *(NOT_PUBLISHED if value is None else value for value in row.values),
            ]
        )
        for row in found.rows
    ]
    return Table(columns, rows, caption=_("%(start)s to %(year)s") % _years(found))


def _years(found: Comparison) -> dict[str, int]:
    return {"start": found.start, "year": found.year}


def rank_range(row: Compared) -> str:
    if row.is_firm:
        return _("rank %(rank)s, firm") % {"rank": row.rank}
    return _("rank %(best)s to %(worst)s") % {"best": row.best, "worst": row.worst}


def _ranges(found: Comparison, width: int) -> SafeString | str:
    if len(found.rows) < 2:  # noqa: PLR2004 -- a rank needs somebody to be compared with
        return ""
    rows = [RankRange(row.region.name, row.rank, row.best, row.worst) for row in found.rows]
    label = _("Best and worst rank of each region under other weights")
    return rank_ranges(rows, label=label, of=len(rows), width=width)
