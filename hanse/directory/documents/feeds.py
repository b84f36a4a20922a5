"""Atom and iCalendar of what is public, as programs read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlparse

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks
from icalendar import Calendar, Event

from hanse.directory.models import OpenCall, OrganisationEvent

# The year in which these addresses were given out (RFC 4151).
SINCE = "2026"


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: a number that stays, and what a reader sees."""

    number: str
    title: str
    address: str
    text: str
    author: str
    author_address: str
    published_at: datetime
    changed_at: datetime
    language: str = ""


def absolute(path: str) -> str:
    return str(settings.HANSE_ADDRESS).rstrip("/") + path


def place() -> str:
    return urlparse(settings.HANSE_ADDRESS).hostname or "localhost"


def tag(number: str, domain: str = "directory") -> str:
    """An identifier that stays whatever happens to the address of the page."""
    return f"tag:{place()},{SINCE}:{domain}/{number}"


def atom(
    name: str, title: str, page: str, entries: Iterable[Entry], *, domain: str = "directory"
) -> str:
    """An Atom feed (RFC 4287) at `/<domain>/feeds/<name>.atom`.

    Texts are escaped: a mark of HTML in them is read as text.
    """
    feed = Atom1Feed(
        title=title,
        link=absolute(page),
        description=None,
        language=None,
        author_name="Hanse",
        author_link=absolute("/"),
        feed_url=absolute(f"/{domain}/feeds/{name}.atom"),
        feed_guid=tag(f"feeds/{name}", domain),
    )
    for one in entries:
        feed.add_item(
            title=one.title,
            link=absolute(one.address),
            description=linebreaks(escape(one.text)),
            unique_id=tag(one.number, domain),
            author_name=one.author,
            author_link=absolute(one.author_address),
            pubdate=one.published_at,
            updateddate=one.changed_at,
        )
    return str(feed.writeString("utf-8"))


def calendar(title: str, events: Sequence[Event]) -> bytes:
    """An iCalendar (RFC 5545); every time in it is in UTC, so that none needs a time zone."""
    made = Calendar()
    made.add("prodid", f"-//Hanse//{place()}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def event_of(event: OrganisationEvent) -> Event:
    made = _entry(f"event-{event.pk}", event)
    made.add("dtstart", event.starts_at.astimezone(UTC))
    made.add("dtend", event.ends_at.astimezone(UTC))
    made.add("summary", event.title)
    if event.place:
        made.add("location", event.place)
    return made


def deadline_of(call: OpenCall, summary: str) -> Event:
    """The deadline of a call, as a moment without length."""
    made = _entry(f"call-{call.pk}", call)
    made.add("dtstart", call.closes_at.astimezone(UTC))
    made.add("summary", summary)
    made.add("transp", "TRANSPARENT")
    return made


def _entry(number: str, notice: OrganisationEvent | OpenCall) -> Event:
    made = Event()
    made.add("uid", f"{number}@{place()}")
    made.add("dtstamp", notice.changed_at.astimezone(UTC))
    made.add("last-modified", notice.changed_at.astimezone(UTC))
    made.add("url", absolute(notice.get_absolute_url()))
    said = [notice.organisation.name, notice.text, notice.url]
    made.add("description", "\n\n".join(part for part in said if part))
    return made
