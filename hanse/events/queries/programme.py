"""Programmes as pages, feeds and the API show them: what was published, with its names.

A version keeps numbers of rooms and speakers; their names are read beside it, so that a page needs
the same few queries for sixty items as for six hundred.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from hanse.events.models import Event, ProgrammeVersion, Room, Session, Speaker
from hanse.events.rules.programme import Frame, Hours, Item, item_of
from hanse.events.words import Visibility


@dataclass(frozen=True)
class Named:
    """Somebody with a part in an item."""

    name: str
    says: str
    role: str


@dataclass(frozen=True)
class Where:
    """A room and its house."""

    room: str = ""
    place: str = ""
    place_id: int | None = None


@dataclass(frozen=True)
class Shown:
    """An item with its names on the clock of the place; hidden, it tells its hour alone."""

    item: Item
    starts: datetime
    ends: datetime
    where: Where = Where()
    people: Sequence[Named] = ()
    is_hidden: bool = False

    @property
    def day(self) -> date:
        return self.starts.date()


@dataclass(frozen=True)
class Programme:
    """A programme of one version as somebody sees it. Number 0: none was published."""

    event: Event
    number: int
    items: Sequence[Shown]
    published_at: datetime | None = None
    note: str = ""

    @cached_property
    def by_day(self) -> Mapping[date, Sequence[Shown]]:
        days: dict[date, list[Shown]] = {}
        for shown in self.items:
            days.setdefault(shown.day, []).append(shown)
        return days

    def __bool__(self) -> bool:
        return bool(self.items)


def published_programme(event: Event, seen: Collection[str] = (Visibility.PUBLIC,)) -> Programme:
    """What was published last, as far as somebody sees it."""
    version = event.versions.filter(number=event.programme_number).first()
    return _programme(event, version, seen)


def programme_at(event: Event, number: int, seen: Collection[str]) -> Programme | None:
    version = event.versions.filter(number=number).first()
    return _programme(event, version, seen) if version else None


def programmes_of(
    events: Sequence[Event], seen: Mapping[int, Collection[str]] | None = None
) -> Mapping[int, Programme]:
    """The published programmes of several events at once, by the event's number."""
    wanted = {event.pk: event.programme_number for event in events}
    held = {
        version.event_id: version
        for version in ProgrammeVersion.objects.filter(event__in=wanted)
        if version.number == wanted[version.event_id]
    }
    everybody = (Visibility.PUBLIC,)
    return {
        event.pk: _programme(event, held.get(event.pk), (seen or {}).get(event.pk, everybody))
        for event in events
    }


def working_items(event: Event) -> list[Item]:
    """What the organisers work on now."""
    sessions = event.sessions.prefetch_related("parts").order_by("starts_at", "pk")
    return [item_of_session(session) for session in sessions]


def item_of_session(session: Session) -> Item:
    return Item(
        key=str(session.key),
        starts=session.starts_at,
        ends=session.ends_at,
        room=session.room_id,
        kind=session.kind,
        title=session.title,
        text=session.text,
        languages=tuple(session.languages.split()),
        visibility=session.visibility,
        mode=session.mode,
        stream_url=session.stream_url,
        hashtag=session.hashtag,
        needs_booking=session.needs_booking,
        parts=tuple((part.speaker_id, part.role) for part in session.parts.all()),
    )


def working_programme(event: Event) -> Programme:
    everything = set(Visibility)
    return Programme(event, 0, shown_items(event, working_items(event), everything))


def frame_of(event: Event) -> Frame:
    """What the programme has to fit into."""
    return Frame(
        hours=[Hours(one.day, one.opens, one.closes) for one in event.days.all()],
        zone=event.zone,
        rooms=dict(rooms_of(event).values_list("pk", "name")),
        speakers=dict(event.speakers.values_list("pk", "name")),
    )


def rooms_of(event: Event) -> QuerySet[Room]:
    return Room.objects.filter(place__events=event).select_related("place")


def _programme(event: Event, version: ProgrammeVersion | None, seen: Collection[str]) -> Programme:
    if version is None:
        return Programme(event, 0, ())
    items = [item_of(record) for record in version.content.get("items", ())]
    return Programme(
        event,
        version.number,
        shown_items(event, items, seen),
        version.published_at,
        version.note,
    )


def shown_items(event: Event, items: Sequence[Item], seen: Collection[str]) -> list[Shown]:
    """Items by time. Of what is for guests, a stranger learns the hour and nothing else."""
    rooms = {
        room.pk: Where(room.name, room.place.name, room.place_id)
        for room in Room.objects.filter(
            pk__in={item.room for item in items if item.room}
        ).select_related("place")
    }
    people = {one.pk: one for one in Speaker.objects.filter(event=event)}
    zone = ZoneInfo(event.zone)

    def shown(item: Item) -> Shown:
        starts = item.starts.astimezone(zone).replace(tzinfo=None)
        ends = item.ends.astimezone(zone).replace(tzinfo=None)
        if item.visibility not in seen:
            hidden = Item(item.key, item.starts, item.ends, visibility=item.visibility)
            return Shown(hidden, starts, ends, is_hidden=True)
        return Shown(
            item,
            starts,
            ends,
            rooms.get(item.room or 0, Where()),
            [
                Named(people[who].name, people[who].says, role)
                for who, role in item.parts
                if who in people
            ],
        )

    told = [item for item in items if item.visibility in seen or item.visibility != Visibility.TEAM]
    return sorted(map(shown, told), key=lambda one: (one.starts, one.ends, one.item.key))
