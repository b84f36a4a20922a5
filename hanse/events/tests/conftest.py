"""A small week: two days in a hall with two rooms, Ana organises, Bruno is a stranger."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hanse.directory.rules.notices import moment
from hanse.events.models import (
    Event,
    EventDay,
    Organiser,
    Place,
    Pool,
    Registration,
    Room,
    Series,
    Session,
    TicketKind,
)
from hanse.events.words import Duty, RegistrationState, State

ZONE = "Europe/Brussels"


@pytest.fixture
def first_day() -> date:
    return timezone.localdate() + timedelta(days=30)


@pytest.fixture
def series(db, ana, first_day) -> Series:
    one = Series.objects.create(
        slug="week",
        title={"en": "A week in Brussels"},
        city="Brussels",
        country="BE",
        zone=ZONE,
        first_day=first_day,
        last_day=first_day + timedelta(days=1),
        state=State.PUBLISHED,
    )
    Organiser.objects.create(series=one, person=ana, duty=Duty.LEAD)
    return one


@pytest.fixture
def hall(db) -> Place:
    place = Place.objects.create(name="Old Customs House", city="Brussels", country="BE")
    Room.objects.create(place=place, name="Hall", capacity=200)
    Room.objects.create(place=place, name="Council Room", capacity=40, order=1)
    return place


@pytest.fixture
def event(series, hall, first_day) -> Event:
    """Open for registration, three seats, one kind."""
    one = Event.objects.create(
        series=series,
        slug="matchmaking",
        title={"en": "Matchmaking"},
        zone=ZONE,
        first_day=first_day,
        last_day=first_day + timedelta(days=1),
        state=State.PUBLISHED,
    )
    one.places.add(hall)
    for day in series.days:
        EventDay.objects.create(event=one, day=day, opens=time(9), closes=time(18))
    TicketKind.objects.create(event=one, code="cluster", name={"en": "Cluster organisation"})
    Pool.objects.create(event=one, capacity=3)
    return one


@pytest.fixture
def kind(event) -> TicketKind:
    return event.kinds.get()


@pytest.fixture
def session(event, hall) -> Callable[..., Session]:
    """`session("Opening", "09:30", "10:00", day=0, room="Hall")`."""

    def made(
        title: str, starts: str, ends: str, *, day: int = 0, room: str = "Hall", **said: Any
    ) -> Session:
        def at(clock: str) -> datetime:
            hour = time.fromisoformat(clock)
            return moment(datetime.combine(event.series.days[day], hour), event.zone)

        return Session.objects.create(
            event=event,
            title={"en": title},
            starts_at=at(starts),
            ends_at=at(ends),
            room=hall.rooms.get(name=room) if room else None,
            **said,
        )

    return made


@pytest.fixture
def registered(event, kind) -> Callable[..., Registration]:
    """A registration as the actions leave it, seats counted."""

    def made(
        who: Any = None, state: str = RegistrationState.CONFIRMED, **said: Any
    ) -> Registration:
        pool = Pool.objects.get(event=event, kind=None, session=None)
        pool.drawn += 1
        pool.taken += state == RegistrationState.CONFIRMED
        pool.save()
        facts = {
            "name": who.name if who else f"Guest {pool.drawn}",
            "email": who.email if who else f"guest{pool.drawn}@example.org",
            "person": who,
            "kind": kind,
            "confirmed_at": timezone.now() if state == RegistrationState.CONFIRMED else None,
        }
        return Registration.objects.create(
            event=event, number=pool.drawn, state=state, **{**facts, **said}
        )

    return made
