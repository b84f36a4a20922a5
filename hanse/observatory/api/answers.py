"""What every answer over HTTP shares: one release, one page of rows, JSON or CSV, no key."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import condition
from ninja import Field, Router, Schema

from hanse.kit.sheets import FORMATS, Sheet
from hanse.observatory.queries.figures import NoRelease, Release, best_year, serving_release

router = Router(tags=["observatory"])


def version_of_answer(request: HttpRequest, *args: object, **kwargs: object) -> str | None:
    """An answer changes with the release and the language, and with nothing else."""
    try:
        return f'"{serving_release().id}-{get_language()}"'
    except NoRelease:
        return None


router.add_decorator(condition(etag_func=version_of_answer), mode="view")

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


def the_release() -> Release:
    try:
        return serving_release()
    except NoRelease:
        raise Http404("No release has been published here yet.") from None


def known_year(release: Release, year: int | None) -> int:
    if year is None:
        return best_year(release)
    if year not in release.years:
        raise Http404(f"This release holds {release.years[0]} to {release.years[-1]}.")
    return year


def answered(
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
