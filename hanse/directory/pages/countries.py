"""Country by country: who is there, and what its organisations may do in a call."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hanse.commons.places.words import EU, country_name
from hanse.directory.queries.countries import by_country, landscape
from hanse.directory.queries.may import may_in, name_of_call
from hanse.directory.queries.vocabularies import known
from hanse.directory.rules.validation import sample_call
from hanse.kit.gate import public
from hanse.kit.tables import Column, Named, Row, Table


@public
def countries(request: HttpRequest) -> HttpResponse:
    """Inside the Union first, then everybody else, with equal standing."""
    rows = by_country()
    inside = [row for row in rows if row.code in EU]
    outside = [row for row in rows if row.code not in EU]
    context = {"inside": _table(inside), "outside": _table(outside), "call": name_of_call()}
    return render(request, "directory/countries.html", context)


def _table(rows: list) -> Table:  # type: ignore[type-arg]
    columns = [
        Column(_("Country"), "head"),
        Column(_("Cluster organisations"), "number"),
        Column(_("All organisations"), "number"),
        Column(_("May join, lead, be paid"), "text"),
    ]
    return Table(
        columns,
        [
            Row(
                [
                    Named(country_name(row.code), reverse("directory:country", args=[row.code])),
                    row.clusters,
                    row.all,
                    _in_words(row.code),
                ]
            )
            for row in rows
        ],
    )


def _in_words(code: str) -> str:
    words = {"met": _("yes"), "unmet": _("no"), "unknown": _("not yet known")}
    return ", ".join(words[one.answer] for one in may_in(code))


@public
def country(request: HttpRequest, code: str) -> HttpResponse:
    if code not in known()["country"]:
        raise Http404
    context = {
        "code": code,
        "name": country_name(code),
        "landscape": landscape(code),
        "may": may_in(code),
        "call": name_of_call(),
        "source": sample_call().source,
    }
    return render(request, "directory/country.html", context)
