"""Pages for what went wrong. Each says what happened and what would change it."""

from contextlib import suppress
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static

from hanse.kit.refusals import Refused

MEGABYTE = 1024 * 1024
PIECE = 64 * 1024


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What one of our own pages says of the request is shown; what Django suspects is not."""
    said = str(exception) if type(exception) is BadRequest else ""
    return render(request, "web/errors/400.html", {"said": said}, status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/errors/403.html", status=HTTPStatus.FORBIDDEN)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: stale, or sent from somewhere else."""
    return render(request, "web/errors/csrf.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if for_programs(request):
        return problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    return render(request, "web/errors/404.html", status=HTTPStatus.NOT_FOUND)


def for_programs(request: HttpRequest) -> bool:
    """Whether a program asked, which reads no pages."""
    return request.path.startswith("/api/")


def problem(status: HTTPStatus, says: str) -> HttpResponse:
    """An answer that programs read (RFC 9457)."""
    told = {"type": "about:blank", "title": status.phrase, "status": status, "detail": says}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def refused(request: HttpRequest, no: Refused) -> HttpResponse:
    return render(
        request, "web/errors/409.html", {"refusal": no.refusal}, status=HTTPStatus.CONFLICT
    )


def too_long(request: HttpRequest) -> HttpResponse:
    """More was typed than is taken at once."""
    _pass_over(request)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if for_programs(request):
        return problem(status, f"At most {most} MB are taken at once.")
    return render(request, "web/errors/413.html", {"most": most}, status=status)


def too_large(request: HttpRequest, no: Refused) -> HttpResponse:
    """A file is larger than a page takes, or all that was sent than any does."""
    _pass_over(request)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if for_programs(request):
        return problem(status, str(no))
    return render(request, "web/errors/413_file.html", {"refusal": no.refusal}, status=status)


def _pass_over(request: HttpRequest) -> None:
    """What was sent is read to its end, or the connection breaks before the answer is there."""
    left = 10 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    with suppress(UnreadablePostError):
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    response = render(request, "web/errors/429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "60"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without the request's context: whatever broke may break again in it."""
    return HttpResponse(
        loader.render_to_string(
            "web/errors/500.html",
            {"number": getattr(request, "number", ""), "style": style_sheet()},
        ),
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
    )


def style_sheet() -> str:
    """Where the style sheet lies; nothing where the list of static files is what broke."""
    try:
        return static("kit/css/hanse.css")
    except ValueError:
        return ""
