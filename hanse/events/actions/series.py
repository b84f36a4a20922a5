"""A series with its events, written down as one record: the week that ships, and whole imports."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_date, parse_time

from hanse.commons.audit.actions import record
from hanse.events.models import Event, EventDay, Organiser, Place, Pool, Series, TicketKind
from hanse.events.words import Duty, Entry, State

SHIPPED = Path(__file__).parents[1] / "series"


def load_shipped_series() -> list[Series]:
    """The weeks that ship with Hanse, where they are missing."""
    written = [json.loads(path.read_text()) for path in sorted(SHIPPED.glob("*.json"))]
    held = set(Series.objects.values_list("slug", flat=True))
    return [make_series(one) for one in written if one["slug"] not in held]


@transaction.atomic
def make_series(written: Mapping[str, Any], *, by: Any = None) -> Series:
    """A published series from its record; see `series/*.json` for the form."""
    series = Series.objects.create(
        **{name: written[name] for name in ("slug", "title", "lead") if name in written},
        **{
            name: written[name]
            for name in ("city", "country", "zone", "initiatives", "hashtags", "links", "source")
            if name in written
        },
        first_day=_day(written["first_day"]),
        last_day=_day(written["last_day"]),
        state=written.get("state", State.PUBLISHED),
    )
    places = {one["name"]: _place(one) for one in written.get("places", ())}
    made: dict[str, Event] = {}
    for one in written["events"]:
        made[one["slug"]] = _make_event(series, one, places, made)
    if by is not None:
        Organiser.objects.create(series=series, person=by, duty=Duty.LEAD)
    record("make_series", series, by=by, after={"slug": series.slug, "events": len(made)})
    return series


def _make_event(
    series: Series,
    written: Mapping[str, Any],
    places: Mapping[str, Place],
    made: Mapping[str, Event],
) -> Event:
    days = [_day(one["day"]) for one in written["days"]]
    event = Event.objects.create(
        series=series,
        **{
            name: written[name]
            for name in (
                "slug", "title", "group", "lead", "aims", "entry", "mode", "either_place",
                "co_host", "note", "stream_url",
            )
            if name in written
        },
        zone=written.get("zone", series.zone),
        first_day=min(days),
        last_day=max(days),
        follows=made.get(written.get("follows", "")),
        state=written.get("state", State.PUBLISHED),
    )  # fmt: skip
    event.places.set([places[name] for name in written.get("places", ())])
    EventDay.objects.bulk_create(
        EventDay(
            event=event,
            day=_day(one["day"]),
            opens=_hour(one.get("opens")),
            closes=_hour(one.get("closes")),
            says=one.get("says", {}),
        )
        for one in written["days"]
    )
    Pool.objects.create(event=event, capacity=written.get("capacity"))
    if event.entry != Entry.OPEN:
        TicketKind.objects.create(
            event=event,
            code="participant",
            name={"en": "Participant", "de": "Teilnahme", "fr": "Participation"},
            only_invited=event.entry == Entry.INVITATION,
        )
    return event


def _place(written: Mapping[str, Any]) -> Place:
    """Places have no owner: the same house serves every week."""
    place, _is_new = Place.objects.get_or_create(
        name=written["name"],
        city=written.get("city", ""),
        defaults={
            "country": written.get("country", ""),
            "address": written.get("address", ""),
            "access": written.get("access", {}),
        },
    )
    return place


def _day(written: str) -> date:
    day = parse_date(written)
    if day is None:
        raise ValueError(f"not a day: {written!r}")
    return day


def _hour(written: str | None) -> time | None:
    return parse_time(written) if written else None
