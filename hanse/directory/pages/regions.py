"""Regions that have what one lacks, with the numbers, the people there, and a way to reach them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hanse.directory.access import administered_by
from hanse.directory.queries.gaps import complements_of
from hanse.directory.queries.notices import next_events
from hanse.kit.gate import public
from hanse.observatory.queries.figures import NoRelease, serving_release


@public
def region(request: HttpRequest, code: str) -> HttpResponse:
    try:
        release = serving_release()
    except NoRelease:
        raise Http404 from None
    if code not in release.regions:
        raise Http404
    found = complements_of(release, code, request.GET.get("sector", ""))

    everybody = [who.pk for one in found.found for who in one.organisations]
    events = next_events(everybody, timezone.now())
    context = {
        "found": found,
        "source": release.source_line,
        "release": release.id,
        "mine": administered_by(request.user).first(),
        "reached": [
            (one, [(who, events.get(who.pk)) for who in one.organisations]) for one in found.found
        ],
    }
    return render(request, "directory/region.html", context)
