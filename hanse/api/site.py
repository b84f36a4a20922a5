"""The one API object: OpenAPI 3.1 at /api/v1/openapi.json, problems as RFC 9457."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.parser import Parser

from hanse.calls.api import router as calls
from hanse.directory.api import router as directory
from hanse.events.api import router as events
from hanse.kit.refusals import Refused
from hanse.meetings.api import router as meetings
from hanse.observatory.api import router as observatory
from hanse.observatory.queries.figures import DamagedRelease, UnknownRegion, UnknownSector


class PlainText(Parser):
    """Reads bodies; the sign U+0000 is dropped, as from forms: PostgreSQL holds no text with it."""

    def parse_body(self, request: HttpRequest) -> Any:
        return without_nought(super().parse_body(request))


def without_nought(told: Any) -> Any:
    """
    >>> without_nought({"title": "a\\x00b", "numbers": [1, "c\\x00"]})
    {'title': 'ab', 'numbers': [1, 'c']}
    """
    if isinstance(told, str):
        return told.replace("\x00", "")
    if isinstance(told, list):
        return [without_nought(one) for one in told]
    if isinstance(told, dict):
        return {without_nought(key): without_nought(value) for key, value in told.items()}
    return told


class NoViewer(DocsBase):
    """The description is read by machines; the page for people is our own, under our own CSP."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        raise Http404


api = NinjaAPI(
    title="Hanse",
    version="1",
    description=(
        "Figures of the European Cluster Observatory, the directory of cluster organisations, "
        "calls, events and their meetings. "
        "Reading needs no key. Every figure names the release it was read from; unknown values are "
        "null and carry a flag. Writing needs a key of a person (Authorization: Bearer …), made at "
        "/directory/tokens/."
    ),
    parser=PlainText(),
    docs=NoViewer(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("", observatory)
api.add_router("/directory", directory)
api.add_router("/calls", calls)
api.add_router("/events", events)
api.add_router("/meetings", meetings)


def problem(status: int, title: str, detail: Any) -> JsonResponse:
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, "detail": detail},
        status=status,
        content_type="application/problem+json",
    )


@api.exception_handler(ValidationError)
def misasked(request: HttpRequest, wrong: ValidationError) -> JsonResponse:
    return problem(422, "The question could not be read", wrong.errors)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, wrong: HttpError) -> JsonResponse:
    return problem(wrong.status_code, "Not answered", str(wrong))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, wrong: Http404) -> JsonResponse:
    return problem(404, "Not found", str(wrong) or "There is nothing at this address.")


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, wrong: AuthenticationError) -> JsonResponse:
    answer = problem(
        401, "Key needed", "A key that is known here is needed: Authorization: Bearer hanse_…"
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(UnknownRegion)
def no_region(request: HttpRequest, unknown: UnknownRegion) -> JsonResponse:
    return problem(404, "Not found", f"No region {unknown.args[0]} with such figures here.")


@api.exception_handler(UnknownSector)
def no_sector(request: HttpRequest, unknown: UnknownSector) -> JsonResponse:
    return problem(404, "Not found", f"No sector {unknown.args[0]} in this release.")


@api.exception_handler(DamagedRelease)
def damaged(request: HttpRequest, damage: DamagedRelease) -> JsonResponse:
    return problem(503, "Not answered", "The files of this release are damaged.")


@api.exception_handler(Refused)
def refused(request: HttpRequest, no: Refused) -> JsonResponse:
    return problem(409, "Refused", str(no))
