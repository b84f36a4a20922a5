"""iCalendar (RFC 5545) of an agenda, an event, a session, as Outlook, Google and Apple take it.

Times stand on the clock of their place, and its rules (VTIMEZONE) in the same file, so that a
summer time that begins between two days of a week moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from hanse.directory.documents.feeds import absolute, place
from hanse.events.documents.zones import zone_component
from hanse.events.rules.agenda import Item, Why

REFRESH = timedelta(hours=1)
TENTATIVE, CONFIRMED = "TENTATIVE", "CONFIRMED"


def calendar_file(title: str, items: Iterable[Item]) -> bytes:
    made: Any = Calendar()
    made.add("prodid", f"-//Hanse//{place()}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    held = list(items)
    for zone in sorted({item.zone for item in held}):
        moments = [item.starts_there for item in held if item.zone == zone]
        made.add_component(zone_component(zone, moments))
    for item in held:
        made.add_component(entry_of(item))
    return bytes(made.to_ical())


def entry_of(item: Item) -> Event:
    """One entry. Its number stays when the item moves, and its sequence grows with each change."""
    made = Event()
    changed = (item.changed_at or timezone.now()).astimezone(UTC)
    made.add("uid", f"session-{item.key}@{place()}")
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", item.revision)
    made.add("dtstart", item.starts_there)
    made.add("dtend", item.ends_there)
    made.add("summary", item.title)
    where = ", ".join(part for part in (item.where, item.address) if part)
    if where or item.stream:
        made.add("location", where or item.stream)
    if item.url:
        made.add("url", absolute(item.url))
    made.add("status", TENTATIVE if item.why is Why.WAITING else CONFIRMED)
    made.add("transp", "OPAQUE" if item.is_chosen else "TRANSPARENT")
    if text := _described(item):
        made.add("description", text)
    return made


def _described(item: Item) -> str:
    stream = _("Online: %(address)s") % {"address": item.stream} if item.stream else ""
    return "\n\n".join(part for part in (item.event, item.says, stream) if part)
