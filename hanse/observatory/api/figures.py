"""Figures of sectors, regions and clusters over HTTP: the same answers as the pages."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Schema
from ninja.errors import HttpError

from hanse.observatory.api.answers import (
    Format,
    Page,
    Table,
    answered,
    known_year,
    router,
    the_release,
)
from hanse.observatory.documents.sheets import (
    sheet_of_comparison,
    sheet_of_panorama,
    sheet_of_region,
    sheet_of_sector,
)
from hanse.observatory.queries.comparison import AT_MOST, DEFAULT_WEIGHTS, MEASURES, comparison
from hanse.observatory.queries.europe import panorama
from hanse.observatory.queries.figures import best_year
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.region import region_portrait
from hanse.observatory.queries.sector import sector_map

IndicatorSlug = Literal[
    "lq", "persons", "share", "growth", "wages_per_person", "local_units", "stars", "factors"
]
Reference = Literal["europe", "country"]
Scheme = Literal["stars", "factors"]


class ReleaseNote(Schema):
    id: str
    method: str
    years: list[int]
    source: str
    made_at: str
    regions: int
    sectors: int


class RegionNote(Schema):
    code: str
    level: int
    country: str
    name: str
    name_latin: str
    parent: str


class SectorNote(Schema):
    code: str
    level: str
    title: str
    name: str


@router.get("/releases/current", response=ReleaseNote, summary="The release that is served now")
def current_release(request: HttpRequest) -> dict[str, Any]:
    release = the_release()
    return {
        "id": release.id,
        "method": release.method,
        "years": release.years,
        "source": release.source_line,
        "made_at": str(release.note["made_at"]),
        "regions": len(release.regions),
        "sectors": len(release.sectors),
    }


@router.get("/sectors", response=list[SectorNote], summary="Sections and divisions, NACE Rev. 2")
def sectors(request: HttpRequest) -> list[dict[str, str]]:
    return [
        {"code": s.code, "level": s.level, "title": s.title, "name": s.name}
        for s in the_release().sectors.values()
    ]


@router.get("/regions", response=list[RegionNote], summary="Regions, NUTS 2013")
def regions(
    request: HttpRequest, country: str = "", level: int | None = None
) -> list[dict[str, Any]]:
    return [
        {
            "code": r.code,
            "level": r.level,
            "country": r.country,
            "name": r.official_name,
            "name_latin": r.latin_name,
            "parent": r.parent,
        }
        for r in the_release().regions.values()
        if (not country or r.country == country.upper()) and level in (None, r.level)
    ]


@router.get("/sectors/{code}/map", response=Table, summary="One sector across regions")
def map_of_sector(
    request: HttpRequest,
    code: str,
    page: Query[Page],
    year: int | None = None,
    indicator: IndicatorSlug = "lq",
    reference: Reference = "europe",
    level: Literal["0", "1", "2"] = "2",
    estimates: bool = False,  # noqa: FBT001, FBT002 -- a query parameter
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    found = sector_map(
        release,
        code.upper(),
        known_year(release, year),
        INDICATORS[indicator],
        reference=reference,
        level=int(level),
        estimates=estimates,
    )
    return answered(request, release, sheet_of_sector(found), page, format)


@router.get("/regions/{code}/cells", response=Table, summary="All sectors and years of a region")
def cells_of_region(
    request: HttpRequest,
    code: str,
    page: Query[Page],
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    year = best_year(release)
    found = region_portrait(release, code.upper(), year, release.years[0])
    return answered(request, release, sheet_of_region(found), page, format)


@router.get("/compare", response=Table, summary="Rank up to twelve regions by your own weights")
def compare(
    request: HttpRequest,
    regions: str,
    page: Query[Page],
    weights: str = "",
    year: int | None = None,
    start: int | None = None,
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    """Weights as `persons:2,variety:1`; each rank comes with its proven bounds."""
    release = the_release()
    until = known_year(release, year)
    since = known_year(release, start or max(release.years[0], until - 4))
    codes = [code.strip().upper() for code in regions.split(",") if code.strip()][:AT_MOST]
    unknown = [code for code in codes if code not in release.regions]
    if unknown:
        raise Http404(f"No region {', '.join(unknown)} in this release.")
    found = comparison(release, codes, until, since, _weights(weights))
    return answered(request, release, sheet_of_comparison(found), page, format)


def _weights(text: str) -> dict[str, float]:
    weights = {}
    for part in filter(None, text.split(",")):
        slug, _, weight = part.partition(":")
        try:
            value = float(weight or 1)
        except ValueError:
            raise HttpError(422, f"Not a weight: {part}") from None
        if slug not in MEASURES or not 0 <= value <= 100:  # noqa: PLR2004 -- bounds of a weight
            raise HttpError(422, f"Not a weight: {part}")
        weights[slug] = value
    return weights or dict(DEFAULT_WEIGHTS)


@router.get("/clusters", response=Table, summary="Every rated cluster of a year")
def clusters(
    request: HttpRequest,
    page: Query[Page],
    year: int | None = None,
    scheme: Scheme = "stars",
    reference: Reference = "europe",
    country: str = "",
    sector: str = "",
    least: int = Query(1, ge=1, le=3),
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = the_release()
    found = panorama(
        release,
        known_year(release, year),
        scheme=scheme,
        reference=reference,
        country=country.upper(),
        sector=sector.upper(),
        at_least=least,
    )
    return answered(request, release, sheet_of_panorama(found), page, format)
