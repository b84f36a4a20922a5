"""An event in the words of schema.org (https://schema.org/Event), for search engines."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from hanse.events.models import Event, EventDay
from hanse.events.queries.programme import Programme, Shown
from hanse.events.words import Entry, Mode
from hanse.kit.said import said

ATTENDANCE = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
MOST_ITEMS = 200


def event_in_schema_org(event: Event, programme: Programme) -> str:
    """JSON-LD as it stands in the page. Signs that could end the script are written as escapes."""
    written = json.dumps(as_linked_data(event, programme), ensure_ascii=False)
    return written.replace("<", "\\u003c").replace("&", "\\u0026")


def as_linked_data(event: Event, programme: Programme) -> dict[str, Any]:
    site = settings.HANSE_ADDRESS.rstrip("/")
    days = list(event.days.all())
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": str(event),
        "url": site + event.get_absolute_url(),
        "startDate": _begin(event, days[0]) if days else event.first_day.isoformat(),
        "endDate": _end(event, days[-1]) if days else event.last_day.isoformat(),
        "eventStatus": f"https://schema.org/{status_of(event)}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[Mode(event.mode)]}",
        "location": [_place(place, event) for place in event.places.all()],
        "isAccessibleForFree": True,
        "superEvent": {
            "@type": "EventSeries",
            "name": str(event.series),
            "url": site + event.series.get_absolute_url(),
        },
        **({"description": said(event.lead)} if event.lead else {}),
        **({"audience": _invited()} if event.entry == Entry.INVITATION else {}),
        "subEvent": [
            _item(event, one) for one in programme.items[:MOST_ITEMS] if not one.is_hidden
        ],
    }


def status_of(event: Event) -> str:
    return "EventCancelled" if event.cancelled_at else "EventScheduled"


def _item(event: Event, shown: Shown) -> dict[str, Any]:
    zone = ZoneInfo(event.zone)
    return {
        "@type": "Event",
        "name": said(shown.item.title),
        "startDate": shown.item.starts.astimezone(zone).isoformat(),
        "endDate": shown.item.ends.astimezone(zone).isoformat(),
        **({"location": {"@type": "Place", "name": shown.where.room}} if shown.where.room else {}),
        **(
            {"performer": [{"@type": "Person", "name": one.name} for one in shown.people]}
            if shown.people
            else {}
        ),
    }


def _place(place: Any, event: Event) -> dict[str, Any]:
    return {
        "@type": "Place",
        "name": place.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.address,
            "addressLocality": place.city or event.series.city,
            "addressCountry": place.country or event.series.country,
        },
    }


def _invited() -> dict[str, str]:
    return {"@type": "Audience", "audienceType": "by invitation"}


def _begin(event: Event, day: EventDay) -> str:
    return _moment(event, day.opens_at, day)


def _end(event: Event, day: EventDay) -> str:
    return _moment(event, day.closes_at, day)


def _moment(event: Event, at: datetime | None, day: EventDay) -> str:
    """The moment with the offset of its place; the day alone where no hour is known."""
    return at.astimezone(ZoneInfo(event.zone)).isoformat() if at else day.day.isoformat()
