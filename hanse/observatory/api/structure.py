"""Structure over HTTP: related sectors, complexity, peers, hot spots, localisation, groups."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query

from hanse.observatory.api.answers import (
    Format,
    Page,
    Table,
    answered,
    known_year,
    router,
    the_release,
)
from hanse.observatory.documents import structure_sheets as sheets
from hanse.observatory.queries import complexity as complexities
from hanse.observatory.queries import groups as grouped
from hanse.observatory.queries import spots
from hanse.observatory.queries.peers import DEFAULT_WEIGHTS, region_peers
from hanse.observatory.queries.related import related_sectors


@router.get("/regions/{code}/related", response=Table, summary="Sectors related to a region's own")
def related(
    request: HttpRequest,
    code: str,
    page: Query[Page],
    year: int | None = None,
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    found = related_sectors(release, code.upper(), known_year(release, year))
    return answered(request, release, sheets.sheet_of_related(found), page, format)


@router.get("/regions/{code}/peers", response=Table, summary="Regions of the same structure")
def peers(
    request: HttpRequest,
    code: str,
    page: Query[Page],
    year: int | None = None,
    measure: Literal["jensen_shannon", "cosine"] = "jensen_shannon",
    outcome: Literal["gdp_growth", "jobs_growth", "wages_per_person"] = "gdp_growth",
    abroad: bool = False,  # noqa: FBT001, FBT002 -- a query parameter
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    """With the weights that the page opens with."""
    release = the_release()
    found = region_peers(
        release,
        code.upper(),
        known_year(release, year),
        weights=DEFAULT_WEIGHTS,
        measure=measure,
        abroad=abroad,
        outcome=outcome,
    )
    return answered(request, release, sheets.sheet_of_peers(found), page, format)


@router.get("/relatedness", response=Table, summary="Proximity of all pairs of sectors")
def relatedness(
    request: HttpRequest,
    page: Query[Page],
    year: int | None = None,
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    sheet = sheets.sheet_of_proximities(release, known_year(release, year))
    return answered(request, release, sheet, page, format)


@router.get("/complexity", response=Table, summary="Regions and sectors by complexity")
def complexity(
    request: HttpRequest,
    page: Query[Page],
    year: int | None = None,
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    found = complexities.complexity(release, known_year(release, year))
    return answered(request, release, sheets.sheet_of_complexity(found), page, format)


@router.get("/sectors/{code}/hot-spots", response=Table, summary="Hot spots of a sector")
def hot_spots(
    request: HttpRequest,
    code: str,
    page: Query[Page],
    year: int | None = None,
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    found = spots.hot_spots(release, code.upper(), known_year(release, year))
    return answered(request, release, sheets.sheet_of_spots(found), page, format)


@router.get("/sectors/{code}/localisation", response=Table, summary="Where a sector gathers")
def localisation(
    request: HttpRequest,
    code: str,
    page: Query[Page],
    year: int | None = None,
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    found = spots.localisation(release, code.upper(), known_year(release, year))
    return answered(request, release, sheets.sheet_of_localisation(found), page, format)


@router.get("/groups", response=Table, summary="Groups of related industries")
def groups(
    request: HttpRequest,
    page: Query[Page],
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    return answered(request, release, sheets.sheet_of_groups(grouped.groups(release)), page, format)
