"""The search: one page for words, filters, list and map; its address is the search."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hanse.commons.competences.queries import label
from hanse.directory.queries.address import DISTANCES, Asked, asked_by
from hanse.directory.queries.filters import groups
from hanse.directory.queries.hits import also_searched, hits_of, read_as
from hanse.directory.queries.search import Found, search
from hanse.kit.announce import panels
from hanse.kit.gate import public
from hanse.kit.numbers import figure
from hanse.observatory.panels import map_of_counts

HITS = 20


@public
def search_page(request: HttpRequest) -> HttpResponse:
    asked = asked_by(request.GET)
    found = search(asked.question)
    page = Paginator(found.numbers, HITS).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    for name in ("page", "words"):
        kept.pop(name, None)
    context = {
        "asked": asked,
        "question": asked.question,
        "found": found,
        "title": finding(asked, found),
        "page": page,
        "hits": hits_of(page.object_list, found.asked),
        "groups": groups(asked.question, found.counts),
        "set_count": sum(len(values) for values in asked.question.filters.values()),
        "listed": found.counts["listed"].get("yes", 0),
        "soon": found.counts["soon"].get("event", 0),
        "distances": DISTANCES,
        "also": also_searched(found.asked),
        "read_as": read_as(found.asked),
        "query": kept.urlencode(),
        "map": map_of_counts(found.regions, _("Where they are")),
        "beside": panels("directory.search", request.user, asked.question),
    }
    return render(request, "directory/search.html", context)


def finding(asked: Asked, found: Found) -> str:
    """The title says the finding."""
    count = figure(found.total)
    meant = [one.concept for one in found.asked if one.concept]
    if not asked.question.text:
        countries = len(found.counts["country"])
        if asked.question.filters or asked.near or asked.question.confirmed:
            return ngettext(
                "%(count)s organisation fits", "%(count)s organisations fit", found.total
            ) % {"count": count}
        return _("%(count)s organisations in %(countries)s countries") % {
            "count": count,
            "countries": countries,
        }
    if not found.total:
        return _("Nobody found for “%(words)s”") % {"words": asked.question.text}
    if len(meant) == len(found.asked) == 1:
        words = label(meant[0], get_language() or "en")
    else:
        words = asked.question.text
    return ngettext(
        "%(count)s organisation for “%(words)s”",
        "%(count)s organisations for “%(words)s”",
        found.total,
    ) % {"count": count, "words": words}
