from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hanse.commons.people.actions import speak
from hanse.kit.gate import public

A_YEAR = 365 * 24 * 3600


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of all pages from now on; who is signed in keeps it everywhere."""
    response = redirect(way_back(request))
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        speak(request.user, chosen)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


def way_back(request: HttpRequest) -> str:
    where = request.POST.get("next", "")
    known = url_has_allowed_host_and_scheme(
        where, {request.get_host()}, require_https=request.is_secure()
    )
    return where if known else reverse("home")
