"""Sector sets of one's own: a list, a form, a page for each, and its figures as files."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.commons.sectors.words import TITLES
from hanse.kit.charts.distribution import Dot, distribution
from hanse.kit.charts.drawing import NARROW, SHEET, Threshold
from hanse.kit.gate import gate, public, signed_in, whoever
from hanse.kit.numbers import NBSP, day
from hanse.kit.paging import page_of
from hanse.kit.refusals import Refused
from hanse.kit.sheets import FORMATS
from hanse.kit.tables import Bar, Column, Named, Row, Table, Unknown
from hanse.kit.uploads import takes_files
from hanse.observatory.access import may_read_set, may_remove_set, sector_sets_visible_to
from hanse.observatory.actions.own_sets import load_set, remove_set
from hanse.observatory.documents.addresses import pattern
from hanse.observatory.documents.own_sets import (
    map_of_set,
    sheet_of_set,
    sheet_of_whole_set,
    source_of,
)
from hanse.observatory.forms.questions import LoadedSet, SetQuestion
from hanse.observatory.jobs import start_computing
from hanse.observatory.models import OwnSectorSet
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import findings
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.indicators import Kind
from hanse.observatory.queries.methods import METHOD_OF
from hanse.observatory.queries.own_sets import (
    OFFERED,
    SetMap,
    SetRow,
    finding,
    has_figures,
    opening_year,
    set_map,
    versions_of,
)
from hanse.observatory.rules.own_sets import is_class
from hanse.observatory.rules.sector_sets import FOLDER

LEADING = 18
NAMED = 3
KINDS = {Kind.RATIO: ("number", 2), Kind.SHARE: ("percent", 1), Kind.COUNT: ("number", 0)}


@signed_in
def sets(request: HttpRequest) -> HttpResponse:
    mine = page_of(request, sector_sets_visible_to(whoever(request)))
    context = {"page": mine, "table": _list(list(mine.object_list))}
    return render(request, "observatory/own_sets.html", context)


def _list(mine: list[OwnSectorSet]) -> Table:
    columns = [
        Column(_("Set"), "head"),
        Column(_("Version"), "number"),
        Column(_("Categories"), "number", narrow="hides"),
        Column(_("Codes"), "number", narrow="hides"),
        Column(_("Loaded"), "text"),
        Column(_("Figures"), "text"),
    ]
    rows = [
        Row(
            [
                Named(own.name, own.get_absolute_url()),
                own.version,
                len(own.categories),
                len(own.codes),
                day(own.loaded_at),
                _state(own),
            ]
        )
        for own in mine
    ]
    return Table(columns, rows)


def _state(own: OwnSectorSet) -> str:
    if own.is_being_computed:
        return _("being computed")
    if has_figures(own):
        return _("computed")
    return _("not computed")


@takes_files(20)
@signed_in
@with_release
def new_set(request: HttpRequest, release: Release) -> HttpResponse:
    form = LoadedSet(request.POST or None, request.FILES or None)
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        given, me = form.cleaned_data, whoever(request)
        try:
            own = load_set(given["name"], given["table"], given["figures"], release, by=me)
        except Refused as no:
            form.add_error(None, str(no))
            status = HTTPStatus.CONFLICT
        else:
            return _computed(own, me)
    return render(request, "observatory/own_sets_new.html", {"form": form}, status=status)


@public
def example(request: HttpRequest) -> HttpResponse:
    content = (FOLDER / "example.csv").read_bytes()
    return _file(content, "hanse-sector-set.csv", "text/csv; charset=utf-8")


def _computed(own: OwnSectorSet, me: Any) -> HttpResponse:
    """To the job; a second click finds it running, and leads to the set."""
    try:
        return redirect(start_computing(own, by=me))
    except Refused:
        return redirect(own)


@gate(may_read_set, find=sector_sets_visible_to)
@with_release
def one_set(request: HttpRequest, release: Release, own: OwnSectorSet) -> HttpResponse:
    """The figures of a set. A POST has them computed again, on the release that serves now."""
    if request.method == "POST":
        return redirect(start_computing(own, by=whoever(request)))
    context = {
        "own": own,
        "release": release,
        "has_figures": has_figures(own),
        "is_older": own.release not in {"", release.id},
        "versions": [other for other in versions_of(own) if other.pk != own.pk],
    }
    if not context["has_figures"]:
        context["codes"] = _codes(own, "", release)
        return render(request, "observatory/own_sets_set.html", context)
    question, found = asked(request, release, own)
    whole = _table(found)
    context |= {
        "question": question,
        "found": found,
        "title": finding(found),
        "map": map_of_set(found),
        "source": source_of(own, release.source_line),
        "leading": Table(whole.columns[:-1], [Row(r.cells[:-1]) for r in whole.rows[:LEADING]]),
        "whole": whole,
        "codes": _codes(own, found.category, release),
        "distribution": _distribution(found, SHEET),
        "distribution_narrow": _distribution(found, NARROW),
        "method": METHOD_OF["lq"],
        "query": request.GET.urlencode(),
    }
    return render(request, "observatory/own_sets_set.html", context)


def asked(request: HttpRequest, release: Release, own: OwnSectorSet) -> tuple[SetQuestion, SetMap]:
    year = opening_year(own, release)
    question = SetQuestion(release, own.categories, own.years, year, request.GET)
    answers = question.answers
    indicator = OFFERED[answers["indicator"]]
    return question, set_map(own, release, answers["category"], answers["year"], indicator)


def _table(found: SetMap) -> Table:
    """The table that equals the map: every region that the map paints."""
    kind, decimals = KINDS[found.indicator.kind]
    best = max((row.value or 0 for row in found.rows), default=0) or 1
    region = pattern("region")
    counts = found.indicator.kind is Kind.COUNT
    columns = [
        Column(_("Rank"), "code", hidden_head=True),
        Column(_("Region"), "head"),
        Column(
            found.indicator.label,
            kind,  # type: ignore[arg-type]
            decimals,
            short=_("LQ") if found.indicator.kind is Kind.RATIO else "",
        ),
        Column(_("Bar"), "bar", hidden_head=True, narrow="hides"),
        *([] if counts else [Column(_("Persons employed"), "number")]),
        Column(_("Flag"), "flag", hidden_head=True),
        Column(_("Codes known"), "text"),
    ]
    rows = [
        Row(
            [
                "" if row.rank is None else row.rank,
                Named(
                    row.region.name,
                    f"{region.replace('CODE', row.region.code)}?year={found.year}",
                    row.region.code,
                ),
                _value(row),
                Bar(max(0, row.value or 0) / best, row.painted if row.painted != "out" else "q5"),
                *([] if counts else [_not_known() if row.cell is None else row.cell.persons]),
                found.flag_of(row).replace(" ≥", f"{NBSP}≥"),
                _known(row),
            ]
        )
        for row in found.rows
    ]
    return Table(columns, rows)


def _value(row: SetRow) -> float | Unknown:
    return _not_known() if row.value is None else row.value


def _not_known() -> Unknown:
    return Unknown(_("not known"))


def _known(row: SetRow) -> str:
    if row.cell is None:
        return ""
    return _("%(known)s of %(all)s") % {"known": row.cell.classes_known, "all": row.cell.classes}


def _codes(own: OwnSectorSet, category: str, release: Release) -> Table:
    """The codes of a category with their weights; of all where none is named."""
    columns = [
        Column(_("Code"), "head"),
        Column(_("What it is"), "link"),
        Column(_("Category"), "text", narrow="hides"),
        Column(_("Weight"), "number", 2),
    ]
    sector = pattern("sector")
    parts = own.parts_of(category) if category else own.all_parts
    rows = [
        Row(
            [
                _written(part.code),
                Named(
                    _("class of: %(division)s") % {"division": TITLES[part.code[:3]]}
                    if is_class(part.code)
                    else str(TITLES[part.code]),
                    sector.replace("CODE", part.code[:3]),
                ),
                part.category,
                part.weight,
            ]
        )
        for part in parts
    ]
    return Table(columns, rows)


def _written(code: str) -> str:
    """A class with its dot, as the classification prints it."""
    return f"{code[:3]}.{code[3:]}" if is_class(code) else code


def _distribution(found: SetMap, width: int) -> SafeString | str:
    if found.indicator.classes is None or not found.leaders:
        return ""
    dots = [
        Dot(
            row.region.name,
            row.value,
            findings.shown(found.indicator, row.value),
            named=place < NAMED,
        )
        for place, row in enumerate(found.rows)
        if row.value is not None
    ]
    ratio = found.indicator.kind is Kind.RATIO
    return distribution(
        dots,
        found.indicator.classes,
        label=_("Distribution of the values over regions and colour classes"),
        unknown=found.unknown,
        reference=Threshold(1, _("as in the reference area")) if ratio else None,
        by_doublings=ratio,
        width=width,
    )


@gate(may_read_set, find=sector_sets_visible_to)
@with_release
def figures(request: HttpRequest, release: Release, own: OwnSectorSet, form: str) -> HttpResponse:
    """The rows of the page as a file; with `?whole=1` every category and year."""
    if form not in FORMATS or not has_figures(own):
        raise Http404
    if request.GET.get("whole"):
        sheet = sheet_of_whole_set(own, release)
    else:
        sheet = sheet_of_set(asked(request, release, own)[1])
    written = FORMATS[form]
    answer = _file(written.write(sheet), f"hanse-{sheet.name}.{form}", written.media_type)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@gate(may_remove_set, find=sector_sets_visible_to)
def removal(request: HttpRequest, own: OwnSectorSet) -> HttpResponse:
    if request.method == "POST":
        remove_set(own, by=whoever(request))
        messages.success(request, _("Removed, with its tables and figures."))
        return redirect("observatory:sets")
    return render(request, "observatory/own_sets_removal.html", {"own": own})
