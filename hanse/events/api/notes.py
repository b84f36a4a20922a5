"""What answers about events hold, and how they are told apart: schemas, the one writer of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from ninja import Router, Schema

from hanse.events.models import Event, Series
from hanse.events.queries.programme import Programme, Shown

router = Router(tags=["events"])

Texts = dict[str, str]


class DayNote(Schema):
    """Hours on the clock of the place; none where nobody said them."""

    day: str
    opens: str | None
    closes: str | None
    says: Texts


class PlaceNote(Schema):
    name: str
    address: str
    city: str
    country: str
    access: Texts
    rooms: list[dict[str, Any]]


class EventNote(Schema):
    """An event without its programme."""

    series: str
    slug: str
    url: str
    title: Texts
    group: Texts
    lead: Texts
    aims: dict[str, list[str]]
    entry: str
    mode: str
    zone: str
    first_day: str
    last_day: str
    co_host: Texts
    note: Texts
    state: str
    either_place: bool
    programme_version: int | None


class ItemNote(Schema):
    """An item of a programme; moments with the offset of the place. A hidden one tells its hour."""

    key: str
    starts: str
    ends: str
    kind: str | None
    title: Texts
    text: Texts
    languages: list[str]
    room: str | None
    place: str | None
    mode: str
    visibility: str
    is_hidden: bool
    needs_booking: bool
    people: list[dict[str, str]]


class WholeEventNote(EventNote):
    days: list[DayNote]
    places: list[PlaceNote]
    programme: list[ItemNote]


class SeriesNote(Schema):
    slug: str
    url: str
    title: Texts
    lead: Texts
    city: str
    country: str
    zone: str
    first_day: str
    last_day: str
    hashtags: list[str]


class WholeSeriesNote(SeriesNote):
    initiatives: list[dict[str, Any]]
    links: list[dict[str, Any]]
    source: Texts
    events: list[EventNote]


def address(path: str) -> str:
    return settings.HANSE_ADDRESS.rstrip("/") + path


def series_note(series: Series) -> dict[str, Any]:
    return {
        **{
            name: getattr(series, name)
            for name in ("slug", "title", "lead", "city", "country", "zone", "hashtags")
        },
        "url": address(series.get_absolute_url()),
        "first_day": series.first_day.isoformat(),
        "last_day": series.last_day.isoformat(),
    }


def event_note(event: Event) -> dict[str, Any]:
    return {
        **{
            name: getattr(event, name)
            for name in (
                "slug", "title", "group", "lead", "aims", "entry", "mode", "zone", "co_host",
                "note", "state", "either_place",
            )
        },
        "series": event.series.slug,
        "url": address(event.get_absolute_url()),
        "first_day": event.first_day.isoformat(),
        "last_day": event.last_day.isoformat(),
        "programme_version": event.programme_number or None,
    }  # fmt: skip


def whole_event_note(event: Event, programme: Programme) -> dict[str, Any]:
    return {
        **event_note(event),
        "days": [
            {
                "day": one.day.isoformat(),
                "opens": one.opens.isoformat("minutes") if one.opens else None,
                "closes": one.closes.isoformat("minutes") if one.closes else None,
                "says": one.says,
            }
            for one in event.days.all()
        ],
        "places": [
            {
                **{
                    name: getattr(place, name)
                    for name in ("name", "address", "city", "country", "access")
                },
                "rooms": [
                    {"name": room.name, "capacity": room.capacity} for room in place.rooms.all()
                ],
            }
            for place in event.places.prefetch_related("rooms")
        ],
        "programme": [item_note(event, one) for one in programme.items],
    }


def item_note(event: Event, shown: Shown) -> Mapping[str, Any]:
    item = shown.item
    zone = ZoneInfo(event.zone)
    return {
        **{name: getattr(item, name) for name in ("key", "mode", "visibility", "needs_booking")},
        "title": dict(item.title),
        "text": dict(item.text),
        "languages": list(item.languages),
        "starts": item.starts.astimezone(zone).isoformat(),
        "ends": item.ends.astimezone(zone).isoformat(),
        "kind": None if shown.is_hidden else item.kind,
        "room": shown.where.room or None,
        "place": shown.where.place or None,
        "is_hidden": shown.is_hidden,
        "people": [{"name": one.name, "says": one.says, "role": one.role} for one in shown.people],
    }
