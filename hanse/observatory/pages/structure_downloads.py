"""The files behind the pages on structure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from hanse.kit.gate import public
from hanse.observatory.documents import structure_sheets as sheets
from hanse.observatory.forms.questions import PeersQuestion, YearQuestion
from hanse.observatory.pages import peers as peers_page
from hanse.observatory.pages.downloads import sheet_answer, understood
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries import complexity as complexities
from hanse.observatory.queries import spots
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.related import related_sectors


@public
@with_release
def related(request: HttpRequest, release: Release, code: str, form: str) -> HttpResponse:
    year = understood(YearQuestion(release, request.GET)).answers["year"]
    found = related_sectors(release, code.upper(), year)
    return sheet_answer(sheets.sheet_of_related(found), form)


@public
@with_release
def relatedness(request: HttpRequest, release: Release, form: str) -> HttpResponse:
    year = understood(YearQuestion(release, request.GET)).answers["year"]
    return sheet_answer(sheets.sheet_of_proximities(release, year), form)


@public
@with_release
def complexity(request: HttpRequest, release: Release, form: str) -> HttpResponse:
    year = understood(YearQuestion(release, request.GET)).answers["year"]
    found = complexities.complexity(release, year)
    return sheet_answer(sheets.sheet_of_complexity(found), form)


@public
@with_release
def peers(request: HttpRequest, release: Release, code: str, form: str) -> HttpResponse:
    found = peers_page.asked(release, code, understood(PeersQuestion(release, request.GET)))
    return sheet_answer(sheets.sheet_of_peers(found), form)


@public
@with_release
def hot_spots(request: HttpRequest, release: Release, code: str, form: str) -> HttpResponse:
    year = understood(YearQuestion(release, request.GET)).answers["year"]
    found = spots.hot_spots(release, code.upper(), year)
    return sheet_answer(sheets.sheet_of_spots(found), form)


@public
@with_release
def localisation(request: HttpRequest, release: Release, code: str, form: str) -> HttpResponse:
    year = understood(YearQuestion(release, request.GET)).answers["year"]
    found = spots.localisation(release, code.upper(), year)
    return sheet_answer(sheets.sheet_of_localisation(found), form)
