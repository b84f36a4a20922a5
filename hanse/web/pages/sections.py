from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hanse.kit.gate import public
from hanse.web.words import SECTIONS


@public
def section(request: HttpRequest, code: str) -> HttpResponse:
    """A section that is announced and not yet built says what will be here."""
    planned = next((one for one in SECTIONS if one.code == code and not one.built), None)
    if planned is None:
        raise Http404
    return render(request, "web/section.html", {"section": planned})


@public
def methods(request: HttpRequest) -> HttpResponse:
    """The short address of the methods, for the footer of every page."""
    return redirect("observatory:methods")
