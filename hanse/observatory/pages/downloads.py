"""The files behind each page: the same answer, the same address parameters, another ending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hanse.kit.gate import public
from hanse.kit.sheets import FORMATS, Sheet
from hanse.observatory.documents import papers, pictures, sheets
from hanse.observatory.forms.questions import (
    ComparisonQuestion,
    EuropeQuestion,
    Question,
    RegionQuestion,
    SectorQuestion,
)
from hanse.observatory.pages import comparison as comparison_page
from hanse.observatory.pages import europe as europe_page
from hanse.observatory.pages import region as region_page
from hanse.observatory.pages import sector as sector_page
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries.comparison import comparison as compared
from hanse.observatory.queries.figures import Release

PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="hanse-{name}"'
    return answer


Asked = TypeVar("Asked", bound=Question)


def understood(question: Asked) -> Asked:
    """A file answers what was asked, or says that it cannot: no notice would stand above it."""
    refuse(question.misread)
    return question


def refuse(misread: Sequence[str]) -> None:
    if misread:
        asked = ", ".join(misread)[:100]
        raise BadRequest(_("Not understood: %(asked)s") % {"asked": asked})


def sheet_answer(sheet: Sheet, form: str) -> HttpResponse:
    if form not in FORMATS:
        raise Http404
    written = FORMATS[form]
    return _file(written.write(sheet), f"{sheet.name}.{form}", written.media_type)


@public
@with_release
def sector(request: HttpRequest, release: Release, code: str, form: str) -> HttpResponse:
    found = sector_page.asked(release, code, understood(SectorQuestion(release, request.GET)))
    return sheet_answer(sheets.sheet_of_sector(found), form)


@public
@with_release
def map_of_sector(request: HttpRequest, release: Release, code: str, form: str) -> HttpResponse:
    if form not in PICTURES:
        raise Http404
    found = sector_page.asked(release, code, understood(SectorQuestion(release, request.GET)))
    picture = pictures.of_sector(found, request.GET.get("map", ""))
    content = pictures.as_png(picture) if form == "png" else picture.encode()
    name = f"{code}-{found.year}-{found.indicator.slug}.{form}"
    return _file(content, name, PICTURES[form])


@public
@with_release
def region(request: HttpRequest, release: Release, code: str, form: str) -> HttpResponse:
    found = region_page.asked(release, code, understood(RegionQuestion(release, request.GET)))
    return sheet_answer(sheets.sheet_of_region(found), form)


@public
@with_release
def portrait(request: HttpRequest, release: Release, code: str) -> HttpResponse:
    found = region_page.asked(release, code, understood(RegionQuestion(release, request.GET)))
    return _file(papers.portrait(found), f"{code}-{found.year}.pdf", "application/pdf")


@public
@with_release
def comparison(request: HttpRequest, release: Release, form: str) -> HttpResponse:
    question = understood(ComparisonQuestion(release, request.GET))
    codes, unknown = comparison_page.read_codes(release, question.answers.get("regions", ""))
    refuse(unknown)
    years = question.answers["year"], question.answers["start"]
    found = compared(release, codes, *years, question.weights)
    return sheet_answer(sheets.sheet_of_comparison(found), form)


@public
@with_release
def europe(request: HttpRequest, release: Release, form: str) -> HttpResponse:
    found = europe_page.asked(release, understood(EuropeQuestion(release, request.GET)))
    return sheet_answer(sheets.sheet_of_panorama(found), form)


@public
@with_release
def map_of_europe(request: HttpRequest, release: Release, form: str) -> HttpResponse:
    if form not in PICTURES:
        raise Http404
    found = europe_page.asked(release, understood(EuropeQuestion(release, request.GET)))
    picture = pictures.of_panorama(found)
    content = pictures.as_png(picture) if form == "png" else picture.encode()
    return _file(content, f"europe-{found.year}.{form}", PICTURES[form])


@public
@with_release
def panorama_pdf(request: HttpRequest, release: Release) -> HttpResponse:
    found = europe_page.asked(release, understood(EuropeQuestion(release, request.GET)))
    return _file(papers.panorama(found), f"europe-{found.year}.pdf", "application/pdf")
