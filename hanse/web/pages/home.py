"""The first page: Europe's strongest clusters at once, a search, and doors to what exists."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hanse.events.panels import what_is_next
from hanse.kit.gate import public
from hanse.observatory.panels import strongest_clusters


@public
def home(request: HttpRequest) -> HttpResponse:
    context = {"strongest": strongest_clusters(), "next": what_is_next(request.user)}
    return render(request, "web/home.html", context)
