"""What happens around every page, from the outside in."""

import secrets
import time
import zoneinfo
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone, translation

from hanse.kit.devices import permissions
from hanse.kit.refusals import Refused
from hanse.kit.uploads import MEGABYTE, TooLarge, too_much_at_once
from hanse.web.pages.errors import refused, too_large, too_long

Answer = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("hanse.web")

NOUGHT = "\x00"
# Megabytes of everything that one form sends: the five files of a message are the most.
MOST_AT_ONCE = 64
PERMISSIONS = permissions()


def request_number(answer: Answer) -> Answer:
    """Give each request a number, in the log and on the error page, and log the address it asked.

    The address is logged without its query string, and where it carries a key as its pattern.
    """

    def numbered(request: HttpRequest) -> HttpResponse:
        structlog.contextvars.clear_contextvars()
        request.number = secrets.token_hex(6)  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request=request.number)  # type: ignore[attr-defined]
        began = time.perf_counter()
        response = answer(request)
        spent = round(1000 * (time.perf_counter() - began))
        found = request.resolver_match
        path = f"/{found.route}" if found else "(unknown)"
        log.info(
            "request",
            method=request.method,
            path=path,
            status=response.status_code,
            milliseconds=spent,
        )
        response["X-Request-Number"] = request.number  # type: ignore[attr-defined]
        return response

    return numbered


def closed_doors(answer: Answer) -> Answer:
    """Devices no page of ours uses are closed to whatever may get into one."""

    def closed(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return closed


def no_sign_nought(answer: Answer) -> Answer:
    """The sign U+0000 is dropped from what was typed: PostgreSQL holds no text with it.

    Here what was sent is read for the first time, so that here too much of it is answered.
    """

    def cleaned(request: HttpRequest) -> HttpResponse:
        request.GET = without_nought(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            # Nobody knows the reader yet: the language is that of their browser.
            if (size := content_length(request)) > MOST_AT_ONCE * MEGABYTE:
                with translation.override(translation.get_language_from_request(request)):
                    return too_large(request, TooLarge(too_much_at_once(size, MOST_AT_ONCE)))
            try:
                request.POST = without_nought(request.POST)  # type: ignore[assignment]
            except RequestDataTooBig:
                with translation.override(translation.get_language_from_request(request)):
                    return too_long(request)
        return answer(request)

    return cleaned


def content_length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() else 0


def without_nought(typed: QueryDict) -> QueryDict:
    if not any(NOUGHT in value for _name, values in typed.lists() for value in values):
        return typed
    clean = typed.copy()
    for name, values in typed.lists():
        clean.setlist(name, [value.replace(NOUGHT, "") for value in values])
    return clean


def own_clock_and_language(answer: Answer) -> Answer:
    """Times follow the reader’s clock; where no language was chosen, theirs holds."""

    def arranged(request: HttpRequest) -> HttpResponse:
        if not request.session.is_empty() and request.user.is_authenticated:
            timezone.activate(zone(request.user.timezone))
            if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
                translation.activate(request.user.language)
                request.LANGUAGE_CODE = translation.get_language()
        try:
            return answer(request)
        finally:
            timezone.deactivate()

    return arranged


def zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")


class Refusals:
    """A refusal that a page did not answer itself becomes a page with its reason; so does more text
    than is taken."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, what: Exception) -> HttpResponse | None:
        if isinstance(what, RequestDataTooBig):
            return too_long(request)
        if isinstance(what, TooLarge):
            return too_large(request, what)
        return refused(request, what) if isinstance(what, Refused) else None


refusals = Refusals


def open_to_programs(answer: Answer) -> Answer:
    """Public figures may be read by a page of anybody's: they need no key and carry no cookie.

    HEAD answers as GET does, without the body.
    """

    def opened(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return answer(request)
        only_the_head = request.method == "HEAD"
        if only_the_head:
            request.method = "GET"
        response = answer(request)
        response["Access-Control-Allow-Origin"] = "*"
        if only_the_head:
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return opened
