"""What everybody may read: series, events, programmes, what changed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from hanse.directory.api.answers import counted_read
from hanse.events.access import events_visible_to, series_visible_to
from hanse.events.api.notes import (
    SeriesNote,
    WholeEventNote,
    WholeSeriesNote,
    event_note,
    router,
    series_note,
    whole_event_note,
)
from hanse.events.models import Event
from hanse.events.queries.changes import changes_of
from hanse.events.queries.programme import published_programme
from hanse.events.words import Visibility

STRANGER = AnonymousUser()


@router.get("/series", response=list[SeriesNote], summary="Published series, the newest first")
def series_list(request: HttpRequest) -> list[dict[str, Any]]:
    counted_read(request)
    return [series_note(one) for one in series_visible_to(STRANGER)[:200]]


@router.get(
    "/series/{slug:series}",
    response=WholeSeriesNote,
    summary="A series with its events",
)
def one_series(request: HttpRequest, series: str) -> dict[str, Any]:
    counted_read(request)
    found = get_object_or_404(series_visible_to(STRANGER), slug=series)
    events = events_visible_to(STRANGER).filter(series=found).order_by("first_day", "pk")
    return {
        **series_note(found),
        "initiatives": found.initiatives,
        "links": found.links,
        "source": found.source,
        "events": [event_note(one) for one in events],
    }


@router.get(
    "/series/{slug:series}/{slug:event}",
    response=WholeEventNote,
    summary="An event with its days, places and published programme",
)
def one_event(request: HttpRequest, series: str, event: str) -> dict[str, Any]:
    """Of items for guests the hour alone is told, as on the page."""
    counted_read(request)
    found = event_found(series, event)
    return whole_event_note(found, published_programme(found))


@router.get(
    "/series/{slug:series}/{slug:event}/changes",
    response=list[dict[str, Any]],
    summary="What changed from version to version of the programme, the newest first",
)
def changes(request: HttpRequest, series: str, event: str) -> list[dict[str, Any]]:
    counted_read(request)
    return [
        {
            "version": one.version.number,
            "published_at": one.version.published_at.isoformat(),
            "note": one.version.note,
            "goes_back_to": one.version.goes_back_to,
            "changes": [
                {"what": line.what, "title": line.title, "says": line.says} for line in one.lines
            ],
        }
        for one in changes_of(event_found(series, event), {Visibility.PUBLIC})
    ]


def event_found(series: str, event: str) -> Event:
    return get_object_or_404(events_visible_to(STRANGER), series__slug=series, slug=event)
