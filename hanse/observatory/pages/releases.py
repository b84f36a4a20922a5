"""Releases: what serves, what it rests on, what could not be carried over; operators publish."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.kit.gate import public, signed_in, whoever
from hanse.kit.tables import Column, Row, Table
from hanse.observatory.access import may_publish
from hanse.observatory.actions.publications import serve_again
from hanse.observatory.forms.questions import PublicationForm
from hanse.observatory.pages.opened import with_release
from hanse.observatory.queries.figures import Release, all_releases
from hanse.observatory.transfers.publication import start_publishing
from hanse.observatory.words import Carrying, Source


@public
@with_release
def releases(request: HttpRequest, release: Release) -> HttpResponse:
    context = {
        "release": release,
        "sources": _sources(release),
        "not_carried": _carrying(release, "not_carried"),
        "carried": _carrying(release, "carried"),
        "others": [other for other in all_releases() if other.id != release.id],
        "may_publish": may_publish(whoever(request)),
        "form": PublicationForm(),
    }
    return render(request, "observatory/releases.html", context)


def _sources(release: Release) -> Table:
    columns = [
        Column(_("Table"), "head"),
        Column(_("What it is"), "text"),
        Column(_("Version"), "text"),
        Column(_("Licence"), "text"),
        Column(_("SHA-256"), "code"),
    ]
    rows = [
        Row([one["source"], one["title"], one["version"], one["licence"], one["sha256"][:16]])
        for one in release.note["sources"]
    ]
    return Table(columns, rows)


def _carrying(release: Release, table: str) -> Table:
    columns = [
        Column(_("Code"), "head"),
        Column(_("What became of it"), "text"),
        Column(_("Now"), "code"),
        Column(_("Years"), "text"),
        Column(_("Cells"), "number"),
    ]
    rows = [
        Row(
            [
                row["old"],
                Carrying(row["kind"]).label,
                row["new"] or "",
                f"{row['first_year']}–{row['last_year']}",
                row["cells"],
            ]
        )
        for row in release.whole(
            table, ("old", "new", "kind", "first_year", "last_year", "cells")
        ).to_pylist()
    ]
    return Table(columns, rows)


@signed_in
@require_POST
def publication(request: HttpRequest) -> HttpResponse:
    _only_for_operators(request)
    form = PublicationForm(request.POST)
    if not form.is_valid():
        return redirect(reverse("observatory:releases"))
    started = start_publishing(Source(form.cleaned_data["source"]), by=whoever(request))
    return redirect(started.get_absolute_url())


@signed_in
@require_POST
def serving(request: HttpRequest, name: str) -> HttpResponse:
    _only_for_operators(request)
    serve_again(name, by=whoever(request))
    return redirect(reverse("observatory:releases"))


def _only_for_operators(request: HttpRequest) -> None:
    """To anybody else the door is not there."""
    if not may_publish(whoever(request)):
        raise Http404
