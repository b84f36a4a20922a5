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

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from hanse.events.access import events_visible_to, is_of, seen_by
from hanse.events.models import (
    AgendaFeed,
    Booking,
    Bookmark,
    Event,
    Part,
    Registration,
    Series,
    Session,
    Walk,
)
from hanse.events.rules.agenda import Clash, Item, Why, clashes, next_of
from hanse.events.words import LIVE, RegistrationState, SessionKind
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

    @property
    def days(self) -> list[Day]:
        return [Day(day, list(ones)) for day, ones in groupby(self.items, lambda one: one.day)]

    @property
    def chosen(self) -> int:
        return sum(one.is_chosen for one in self.items)

    @property
    def next(self) -> Item | None:
        return next_of(self.items, self.made_at)

    @property
    def warned(self) -> Mapping[str, list[Clash]]:
        by_item: dict[str, list[Clash]] = defaultdict(list)
        for clash in self.clashes:
            by_item[clash.second.key].append(clash)
        return by_item


def own_events(person: Any) -> QuerySet[Event]:
    """Events in which somebody has a part: registered, speaking, or with a session in mind."""
    registered = Registration.objects.filter(is_of(person), state__in=LIVE)
    spoken = Part.objects.filter(is_of(person, at="speaker__"))
    marked = Bookmark.objects.filter(person=person)
    return events_visible_to(person).filter(
        Q(pk__in=registered.values("event"))
        | Q(pk__in=spoken.values("session__event"))
        | Q(pk__in=marked.values("session__event"))
    )


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
    sessions = _sessions(person, events)
    reasons = _reasons(person, events)
    items, others = [], []
    for one in sessions:
        why = reasons.get(one.pk)
        if why is None and one.kind in FOR_EVERYBODY:
            why = Why.EVERYBODY
        (items if why else others).append(item_of(one, why or Why.BOOKMARKED))
    items += _bare_days(events, sessions)
    for source in _sources:
        items += source(person, events)
    items.sort(key=lambda one: (one.starts_at, one.ends_at, one.key))
    return Agenda(items, clashes(items, _ways()), others, events, now or timezone.now())


def _sessions(person: Any, events: Sequence[Event]) -> list[Session]:
    """The items of programmes that the reader sees."""
    seen = Q(pk__in=[])
    for event in events:
        seen |= Q(event=event, visibility__in=seen_by(person, event))
    return list(
        Session.objects.filter(seen)
        .select_related("event__series", "room__place")
        .order_by("starts_at", "pk")
    )


def _reasons(person: Any, events: Sequence[Event]) -> dict[int, Why]:
    """Why which session stands in the agenda; the stronger reason wins."""
    reasons: dict[int, Why] = {}
    marked = Bookmark.objects.filter(person=person, session__event__in=events)
    reasons |= dict.fromkeys(marked.values_list("session", flat=True), Why.BOOKMARKED)
    booked = Booking.objects.filter(
        is_of(person, at="registration__"),
        registration__state__in=LIVE,
        state__in=LIVE,
        session__event__in=events,
    )
    for session, own, whole in booked.values_list("session", "state", "registration__state"):
        both = {own, whole} == {RegistrationState.CONFIRMED}
        reasons[session] = Why.BOOKED if both else Why.WAITING
    spoken = Part.objects.filter(is_of(person, at="speaker__"), session__event__in=events)
    reasons |= dict.fromkeys(spoken.values_list("session", flat=True), Why.SPEAKS)
    return reasons


def item_of(one: Session, why: Why) -> Item:
    room = one.room
    return Item(
        key=str(one.key),
        title=said(one.title),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=one.event.zone,
        why=why,
        kind=one.kind,
        room=room.name if room else "",
        place=room.place_id if room else None,
        place_name=room.place.name if room else "",
        address=", ".join(filter(None, (room.place.address, room.place.city))) if room else "",
        says=said(one.text),
        url=f"{one.event.get_absolute_url()}#{one.key}",
        stream=one.stream_url,
        event=said(one.event.title),
        number=one.pk,
        revision=one.revision,
        changed_at=one.changed_at,
    )


def _bare_days(events: Sequence[Event], sessions: Sequence[Session]) -> list[Item]:
    """Days of events that have hours and, so far, no programme."""
    told = {(one.event_id, one.starts_there.date()) for one in sessions}
    return [
        Item(
            key=f"day-{day.pk}",
            title=said(event.title),
            starts_at=day.opens_at,
            ends_at=day.closes_at,
            zone=event.zone,
            why=Why.EVERYBODY,
            kind="day",
            place_name=", ".join(place.name for place in event.places.all()),
            url=event.get_absolute_url(),
            stream=event.stream_url,
            event=said(event.title),
            revision=event.revision,
            changed_at=event.changed_at,
        )
        for event in events
        for day in event.days.all()
        if (event.pk, day.day) not in told and day.opens_at and day.closes_at
    ]


def _ways() -> Callable[[int, int], int | None]:
    known = {
        (first, second): minutes
        for first, second, minutes in Walk.objects.values_list("first", "second", "minutes")
    }
    return lambda one, other: known.get((min(one, other), max(one, other)))


def feeds_of(person: Any) -> QuerySet[AgendaFeed]:
    if not person.is_authenticated:
        return AgendaFeed.objects.none()
    return AgendaFeed.objects.filter(person=person)


def programme_items(person: Any, event: Event) -> list[Item]:
    """All of an event that a reader sees, for a file of it."""
    sessions = _sessions(person, [event])
    items = [item_of(one, Why.EVERYBODY) for one in sessions]
    return items + _bare_days([event], sessions)


def agenda_address(series: Series) -> str:
    return reverse("events:series_agenda", args=[series.slug])
