"""Set up a series, its events, its places, its organisers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.people.models import Person
from hanse.events.actions.seats import hold
from hanse.events.models import (
    Event,
    EventDay,
    Organiser,
    Place,
    Pool,
    Room,
    Series,
    TicketKind,
    Walk,
)
from hanse.events.queries.programme import frame_of, working_items
from hanse.events.rules.programme import refusal, why_not_in_its_day
from hanse.events.words import LIVE, Duty, Entry, State
from hanse.kit.numbers import day
from hanse.kit.refusals import Refused

DayHours = tuple[date, time | None, time | None]


@transaction.atomic
def begin_series(facts: Mapping[str, Any], *, by: Any) -> Series:
    series = Series.objects.create(**facts)
    Organiser.objects.create(series=series, person=by, duty=Duty.LEAD)
    record("begin_series", series, by=by, after={"slug": series.slug})
    return series


@transaction.atomic
def change_series(series: Series, facts: Mapping[str, Any], *, by: Any) -> None:
    """Days that events use stay within the series."""
    held = Series.objects.select_for_update().get(pk=series.pk)
    outside = EventDay.objects.filter(event__series=held).exclude(
        day__range=(facts["first_day"], facts["last_day"])
    )
    if used := outside.first():
        raise Refused(refusal("day_is_used", day=day(used.day)))
    for name, value in facts.items():
        setattr(held, name, value)
    held.save()
    record("change_series", held, by=by, after={"fields": sorted(facts)})


@transaction.atomic
def begin_event(
    series: Series,
    facts: Mapping[str, Any],
    hours: Sequence[DayHours],
    places: Iterable[Place],
    *,
    by: Any,
) -> Event:
    days = [day for day, _opens, _closes in hours]
    event = Event.objects.create(
        series=series, zone=series.zone, first_day=min(days), last_day=max(days), **facts
    )
    event.places.set(places)
    _set_days(event, hours)
    Pool.objects.create(event=event)
    TicketKind.objects.create(
        event=event,
        code="participant",
        name={"en": "Participant", "de": "Teilnahme", "fr": "Participation"},
        only_invited=event.entry == Entry.INVITATION,
    )
    record("begin_event", event, by=by, after={"slug": event.slug})
    return event


@transaction.atomic
def change_event(
    event: Event,
    facts: Mapping[str, Any],
    hours: Sequence[DayHours],
    places: Iterable[Place],
    *,
    by: Any,
) -> None:
    """Refused where an item of the programme would then lie outside its day."""
    held = Event.objects.select_for_update(of=("self",)).select_related("series").get(pk=event.pk)
    hides = held.state == State.PUBLISHED and facts.get("state") == State.DRAFT
    if hides and (count := held.registrations.filter(state__in=LIVE).count()):
        raise Refused(refusal("registered_already", count=count))
    for name, value in facts.items():
        setattr(held, name, value)
    days = [day for day, _opens, _closes in hours]
    held.first_day, held.last_day = min(days), max(days)
    held.changed_at = timezone.now()
    held.revision += 1
    held.save()
    held.places.set(places)
    _set_days(held, hours)
    frame = frame_of(held)
    for item in working_items(held):
        if against := why_not_in_its_day(item, frame):
            raise Refused(against)
    record("change_event", held, by=by, after={"fields": sorted(facts)})


def _set_days(event: Event, hours: Sequence[DayHours]) -> None:
    """What was said in words about a day stays."""
    said = {one.day: one.says for one in event.days.all()}
    event.days.all().delete()
    EventDay.objects.bulk_create(
        EventDay(event=event, day=day, opens=opens, closes=closes, says=said.get(day, {}))
        for day, opens, closes in hours
    )


# Places -------------------------------------------------------------------------------------------


@transaction.atomic
def save_place(
    place: Place | None, series: Series, given: Mapping[str, Any], access: Any, *, by: Any
) -> Place:
    held = place or Place(city=series.city, country=series.country)
    held.name, held.address, held.access = given["name"], given["address"], dict(access)
    held.save()
    _written_anew(held)
    record("save_place", held, by=by)
    return held


@transaction.atomic
def save_room(place: Place, name: str, capacity: int | None, *, by: Any) -> Room:
    """A room of that name, with so many seats; never fewer than its sessions have."""
    held = Room.objects.filter(place=place, name=name).first()
    if held is not None and capacity is not None:
        _must_hold_its_sessions(held, capacity)
    room, is_new = Room.objects.update_or_create(
        place=place, name=name, defaults={"capacity": capacity}
    )
    _written_anew(place)
    record("add_room" if is_new else "change_room", room, by=by, after={"capacity": capacity})
    return room


def _must_hold_its_sessions(room: Room, capacity: int) -> None:
    """Behind the locks of their seats, so that nobody takes one meanwhile."""
    for event in Event.objects.filter(sessions__room=room).distinct().order_by("pk"):
        hold(event)
    fuller = Q(capacity__gt=capacity) | Q(taken__gt=capacity)
    pools = Pool.objects.filter(fuller, session__room=room).select_related("session__event")
    if pool := pools.order_by("-taken", "-capacity", "pk").first():
        seats = max(pool.taken, pool.capacity or 0)
        raise Refused(
            refusal(
                "room_is_booked",
                room=room.name, session=str(pool.session), seats=seats, capacity=capacity,
            )
        )  # fmt: skip


def _written_anew(place: Place) -> None:
    """Names of places and rooms stand beside published programmes."""
    Event.objects.filter(places=place).update(changed_at=timezone.now())


@transaction.atomic
def drop_room(room: Room, *, by: Any) -> None:
    if room.sessions.exists():
        raise Refused(refusal("room_is_used", room=room.name, count=room.sessions.count()))
    record("drop_room", room, by=by)
    room.delete()


@transaction.atomic
def set_walk(place: Place, other: Place, minutes: int, *, by: Any) -> None:
    """The way between two places takes so long, either way."""
    first, second = sorted((place, other), key=lambda one: one.pk)
    Walk.objects.update_or_create(first=first, second=second, defaults={"minutes": minutes})
    record("set_walk", place, by=by, after={"to": other.pk, "minutes": minutes})


# Organisers ---------------------------------------------------------------------------------------


@transaction.atomic
def make_organiser(series: Series, email: str, duty: str, *, by: Any) -> None:
    person = Person.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise Refused(refusal("nobody_with_this_address"))
    organiser, is_new = Organiser.objects.get_or_create(series=series, person=person, duty=duty)
    if is_new:
        record("make_organiser", organiser, by=by, after={"duty": duty})


@transaction.atomic
def drop_organiser(organiser: Organiser, *, by: Any) -> None:
    """The last lead stays."""
    leads = Organiser.objects.select_for_update().filter(series=organiser.series, duty=Duty.LEAD)
    if organiser.duty == Duty.LEAD and len(leads) == 1:
        raise Refused(refusal("last_lead"))
    record("drop_organiser", organiser, by=by, before={"duty": organiser.duty})
    organiser.delete()
