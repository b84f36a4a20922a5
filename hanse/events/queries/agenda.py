"""What one person does in a week: sessions, what they speak in, breaks, and meetings.

Meetings belong to whoever arranges them: `project/wiring.py` binds where further items come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from hanse.events.access import seen_by
from hanse.events.models import (
    AgendaFeed,
    Bookmark,
    Event,
    Series,
    Session,
)
from hanse.events.queries.agenda_whys import own_events, reasons_of, states_of, ways
from hanse.events.queries.programme import Programme, Shown, programmes_of
from hanse.events.rules.agenda import Clash, Item, Why, clashes, next_of
from hanse.events.words import RegistrationState, SessionKind, Visibility
from hanse.kit.said import said

FOR_EVERYBODY = (SessionKind.BREAK, SessionKind.SOCIAL, SessionKind.MEETINGS)

# (person, events) → what else stands in their agenda.
Source = Callable[[Any, Sequence[Event]], Sequence[Item]]
_sources: list[Source] = []


def bind_items(sources: Sequence[Source]) -> None:
    """Say where further items come from; called by the wiring."""
    _sources[:] = sources


@dataclass(frozen=True)
class Day:
    """One day of an agenda on the clock of the place."""

    day: date
    items: Sequence[Item]


@dataclass(frozen=True)
class Agenda:
    """One person's agenda of a series, as it was at a moment."""

    items: Sequence[Item]
    clashes: Sequence[Clash]
    others: Sequence[Item]
    events: Sequence[Event]
    made_at: datetime
    # Events for which one is registered, or asks to be, without a session of one's own in them.
    bare: int = 0
    asked: int = 0

    @property
    def days(self) -> list[Day]:
        return [Day(day, list(ones)) for day, ones in groupby(self.items, lambda one: one.day)]

    @property
    def chosen(self) -> int:
        return sum(one.is_chosen for one in self.items)

    @property
    def held(self) -> int:
        """What one has: sessions and meetings, and events as a whole."""
        return self.chosen + self.bare

    @property
    def waits(self) -> int:
        sessions = [one for one in self.items if one.why is Why.WAITING and one.kind != "day"]
        return len(sessions) + self.asked

    @property
    def for_everybody(self) -> int:
        return sum(one.why is Why.EVERYBODY for one in self.items)

    @property
    def next(self) -> Item | None:
        return next_of(self.items, self.made_at)

    @property
    def warned(self) -> Mapping[str, list[Clash]]:
        by_item: dict[str, list[Clash]] = defaultdict(list)
        for clash in self.clashes:
            by_item[clash.second.key].append(clash)
        return by_item


def own_series(person: Any) -> list[Series]:
    """Series of one's agenda: what is on or comes next first, then what is over."""
    today = timezone.localdate()
    found = Series.objects.filter(pk__in=own_events(person).values("series"))
    ahead = [one for one in found if one.last_day >= today]
    over = [one for one in found if one.last_day < today]
    return sorted(ahead, key=lambda one: one.first_day) + over


def agenda(person: Any, series: Series | None = None, now: datetime | None = None) -> Agenda:
    """The agenda of one series, or of everything for a calendar."""
    every = own_events(person).prefetch_related("days", "places")
    events = list(every.filter(series=series) if series else every)
    shown = _shown(person, events)
    numbers, reasons, states = (
        _numbers(events),
        reasons_of(person, events),
        states_of(person, events),
    )
    filled: set[int] = set()
    items: list[Item] = []
    others: list[Item] = []
    for programme, one, is_guest in shown:
        why = reasons.get(one.item.key)
        if why is None and one.item.kind in FOR_EVERYBODY:
            why = Why.EVERYBODY
        made = _item(programme, one, why or Why.BOOKMARKED, numbers, is_guest)
        (items if why else others).append(made)
        if why not in (None, Why.EVERYBODY):
            filled.add(programme.event.pk)
    items += _bare_days(person, [event for event in events if not event.programme_number], states)
    for source in _sources:
        items += source(person, events)
    items.sort(key=lambda one: (one.starts_at, one.ends_at, one.key))
    bare = [
        state == RegistrationState.CONFIRMED for one, state in states.items() if one not in filled
    ]
    return Agenda(
        items,
        clashes(items, ways()),
        others,
        events,
        now or timezone.now(),
        bare=sum(bare),
        asked=len(bare) - sum(bare),
    )


def _shown(person: Any, events: Sequence[Event]) -> list[tuple[Programme, Shown, bool]]:
    """Items of published programmes, as far as the reader sees them, and whether as a guest."""
    seen = {event.pk: seen_by(person, event) for event in events}
    programmes = programmes_of(events, seen)
    return [
        (programme, one, Visibility.GUESTS in seen[programme.event.pk])
        for programme in programmes.values()
        for one in programme.items
        if not one.is_hidden
    ]


def _numbers(events: Sequence[Event]) -> Mapping[str, int]:
    sessions = Session.objects.filter(event__in=events)
    return {str(key): number for key, number in sessions.values_list("key", "pk")}


def _item(
    programme: Programme,
    shown: Shown,
    why: Why,
    numbers: Mapping[str, int],
    is_guest: bool,  # noqa: FBT001  beside the item it is about
) -> Item:
    event, one, where = programme.event, shown.item, shown.where
    return Item(
        key=one.key,
        title=said(one.title),
        starts_at=one.starts,
        ends_at=one.ends,
        zone=event.zone,
        why=why,
        kind=one.kind,
        room=where.room,
        place=where.place_id,
        place_name=where.place,
        says=said(one.text),
        url=reverse("events:session", args=[event.series.slug, event.slug, one.key]),
        stream=one.stream_url if is_guest else "",
        event=said(event.title),
        number=numbers.get(one.key, 0),
        # It grows with each version that is published, as a calendar wants of what may have moved.
        revision=programme.number,
        changed_at=programme.published_at,
    )


WHY_A_DAY: Mapping[str, Why] = {
    RegistrationState.CONFIRMED: Why.REGISTERED,
    RegistrationState.WAITING: Why.WAITING,
}


def _bare_days(
    person: Any, events: Sequence[Event], states: Mapping[int, str] | None = None
) -> list[Item]:
    """Days of events that have hours and, so far, no programme."""
    return [
        Item(
            key=f"day-{day.pk}",
            title=said(event.title),
            starts_at=day.opens_at,
            ends_at=day.closes_at,
            zone=event.zone,
            why=why,
            kind="day",
            place_name=", ".join(place.name for place in event.places.all()),
            url=event.get_absolute_url(),
            stream=event.stream_url if Visibility.GUESTS in seen_by(person, event) else "",
            event=said(event.title),
            revision=event.revision,
            changed_at=event.changed_at,
        )
        for event in events
        for why in [WHY_A_DAY.get((states or {}).get(event.pk, ""), Why.EVERYBODY)]
        for day in event.days.all()
        if day.opens_at and day.closes_at
    ]


def feeds_of(person: Any) -> QuerySet[AgendaFeed]:
    if not person.is_authenticated:
        return AgendaFeed.objects.none()
    return AgendaFeed.objects.filter(person=person)


def programme_items(person: Any, event: Event, key: str = "") -> list[Item]:
    """All of an event that a reader sees, or one item of it, for a file."""
    numbers = _numbers([event])
    items = [
        _item(programme, one, Why.EVERYBODY, numbers, is_guest)
        for programme, one, is_guest in _shown(person, [event])
        if key in ("", one.item.key)
    ]
    return items if key or event.programme_number else _bare_days(person, [event])


@dataclass(frozen=True)
class Mark:
    """A session beside the button that puts it into the agenda."""

    number: int
    is_marked: bool


def mark_of(person: Any, key: UUID) -> Mark | None:
    """Whether a session stands in somebody's agenda; none for whoever has no log-in."""
    number = Session.objects.filter(key=key).values_list("pk", flat=True).first()
    if number is None or not person.is_authenticated:
        return None
    return Mark(number, Bookmark.objects.filter(person=person, session=number).exists())
