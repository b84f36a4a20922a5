"""Kept searches, and words while somebody types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanse.directory.actions.searches import drop_search, keep_search, mute_search
from hanse.directory.models import SavedSearch
from hanse.directory.queries.typing import words_for
from hanse.kit.gate import gate, public, signed_in, whoever


def searches_of(person: Any) -> QuerySet[SavedSearch]:
    if not person.is_authenticated:
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(person=person)


@signed_in
def searches(request: HttpRequest) -> HttpResponse:
    return render(request, "directory/searches.html", {"mine": searches_of(whoever(request))})


@signed_in
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("directory:searches")
    query = request.POST.get("query", "")
    keep_search(query, by=whoever(request))
    messages.success(request, _("Kept. You get a letter when somebody new fits."))
    return redirect(f"{reverse('directory:search')}?{query}")


@require_POST
@gate(lambda person, one: one.person_id == person.pk, find=searches_of)
def change(request: HttpRequest, kept: SavedSearch) -> HttpResponse:
    if "drop" in request.POST:
        drop_search(kept, by=whoever(request))
        messages.success(request, _("Thrown away."))
    else:
        mute_search(kept, by=whoever(request))
    return redirect("directory:searches")


@public
def words(request: HttpRequest) -> HttpResponse:
    """Competences and names that go on from what was typed, as options of a list."""
    typed = request.GET.get("q", "")[:80]
    options = words_for(typed, get_language() or "en")
    html = format_html_join("", '<option value="{}">', ((word,) for word in options))
    return HttpResponse(html)
