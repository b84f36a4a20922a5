"""Method notes: one page an indicator, beside the engine that computes it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hanse.kit.gate import public
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries.figures import Release
from hanse.observatory.queries.methods import METHODS


@public
@with_release
def methods(request: HttpRequest, release: Release) -> HttpResponse:
    context = {"methods": METHODS.values(), "release": release}
    return render(request, "observatory/methods.html", context)


@public
@with_release
def method(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    try:
        note = METHODS[slug]
    except KeyError:
        raise Http404 from None
    return render(request, "observatory/method.html", {"note": note, "release": release})
