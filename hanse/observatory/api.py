"""Public figures over HTTP: the same answers as the pages, JSON or CSV, no key."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import condition
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from hanse.kit.sheets import FORMATS, Sheet
from hanse.observatory.documents.sheets import (
    sheet_of_comparison,
    sheet_of_panorama,
    sheet_of_region,
    sheet_of_sector,
)
from hanse.observatory.queries.comparison import AT_MOST, DEFAULT_WEIGHTS, MEASURES, comparison
from hanse.observatory.queries.europe import panorama
from hanse.observatory.queries.figures import (
    NoRelease,
    Release,
    UnknownRegion,
    UnknownSector,
    best_year,
    serving_release,
)
from hanse.observatory.queries.indicators import INDICATORS
from hanse.observatory.queries.region import region_portrait
from hanse.observatory.queries.sector import sector_map

router = Router(tags=["observatory"])


def version_of_answer(request: HttpRequest, *args: object, **kwargs: object) -> str | None:
    """An answer changes with the release and the language, and with nothing else."""
    try:
        return f'"{serving_release().id}-{get_language()}"'
    except NoRelease:
        return None


router.add_decorator(condition(etag_func=version_of_answer), mode="view")

IndicatorSlug = Literal[
    "lq", "persons", "share", "growth", "wages_per_person", "local_units", "stars", "factors"
]
Reference = Literal["europe", "country"]
Scheme = Literal["stars", "factors"]
Format = Literal["json", "csv"]


class Page(Schema):
    limit: int = Field(1000, ge=1, le=5000)
    offset: int = Field(0, ge=0, le=10_000_000)


class Table(Schema):
    """Rows of a sheet, a page at a time, with what one must know to use them."""

    release: str
    method: str
    title: str
    total: int
    limit: int
    offset: int
    notes: list[str]
    columns: dict[str, str]
    rows: list[dict[str, Any]]


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


def _release() -> Release:
    try:
        return serving_release()
    except NoRelease:
        raise Http404("No release has been published here yet.") from None


def _year(release: Release, year: int | None) -> int:
    if year is None:
        return best_year(release)
    if year not in release.years:
        raise Http404(f"This release holds {release.years[0]} to {release.years[-1]}.")
    return year


def _answer(
    request: HttpRequest, release: Release, sheet: Sheet, page: Page, form: Format
) -> HttpResponse | Table:
    rows = sheet.rows[page.offset : page.offset + page.limit]
    if form == "csv":
        part = Sheet(sheet.name, sheet.title, sheet.columns, rows, sheet.notes)
        answer = HttpResponse(FORMATS["csv"].write(part), content_type=FORMATS["csv"].media_type)
        answer["X-Total-Count"] = str(len(sheet.rows))
        answer["X-Release"] = release.id
        return answer
    return Table(
        release=release.id,
        method=release.method,
        title=sheet.title,
        total=len(sheet.rows),
        limit=page.limit,
        offset=page.offset,
        notes=list(sheet.notes),
        columns={c.key: f"{c.meaning} ({c.unit})" if c.unit else c.meaning for c in sheet.columns},
        rows=[dict(zip(sheet.keys, row, strict=True)) for row in rows],
    )


@router.get("/releases/current", response=ReleaseNote, summary="The release that is served now")
def current_release(request: HttpRequest) -> dict[str, Any]:
    release = _release()
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
        for s in _release().sectors.values()
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
        for r in _release().regions.values()
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
    release = _release()
    try:
        found = sector_map(
            release,
            code.upper(),
            _year(release, year),
            INDICATORS[indicator],
            reference=reference,
            level=int(level),
            estimates=estimates,
        )
    except UnknownSector:
        raise Http404(f"No sector {code} in this release.") from None
    return _answer(request, release, sheet_of_sector(found), page, format)


@router.get("/regions/{code}/cells", response=Table, summary="All sectors and years of a region")
def cells_of_region(
    request: HttpRequest,
    code: str,
    page: Query[Page],
    format: Format = "json",  # noqa: A002 -- the word of the address
) -> HttpResponse | Table:
    release = _release()
    year = best_year(release)
    try:
        found = region_portrait(release, code.upper(), year, release.years[0])
    except UnknownRegion:
        raise Http404(f"No region {code} in this release.") from None
    return _answer(request, release, sheet_of_region(found), page, format)


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
    release = _release()
    until = _year(release, year)
    since = _year(release, start or max(release.years[0], until - 4))
    codes = [code.strip().upper() for code in regions.split(",") if code.strip()][:AT_MOST]
    unknown = [code for code in codes if code not in release.regions]
    if unknown:
        raise Http404(f"No region {', '.join(unknown)} in this release.")
    found = comparison(release, codes, until, since, _weights(weights))
    return _answer(request, release, sheet_of_comparison(found), page, format)


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
    release = _release()
    found = panorama(
        release,
        _year(release, year),
        scheme=scheme,
        reference=reference,
        country=country.upper(),
        sector=sector.upper(),
        at_least=least,
    )
    return _answer(request, release, sheet_of_panorama(found), page, format)
