"""The small week of the events, with meetings: two half-days of three slots, two tables."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hanse.directory.rules.notices import moment
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.plan import plan
from hanse.events.models import Event, Pool
from hanse.events.tests.conftest import (  # noqa: F401
    event,
    first_day,
    hall,
    kind,
    registered,
    series,
    session,
)
from hanse.meetings.actions.drafts import begin_draft, keep_plan
from hanse.meetings.models import (
    Draft,
    Marketplace,
    MeetingSlot,
    MeetingTable,
    Party,
    Representative,
    Wish,
)
from hanse.meetings.rules.planning import Wanted
from hanse.meetings.rules.slots import slots_made


@pytest.fixture
def market(event: Event) -> Marketplace:  # noqa: F811
    Pool.objects.filter(event=event).update(capacity=None)
    one = Marketplace.objects.create(
        event=event,
        wishes_until=timezone.now() + timedelta(days=10),
        answers_until=timezone.now() + timedelta(days=15),
    )
    for session_number, hour in enumerate((10, 14)):
        starts = moment(datetime.combine(event.first_day, time(hour)), event.zone)
        MeetingSlot.objects.bulk_create(
            MeetingSlot(marketplace=one, starts_at=begins, ends_at=ends, session=session_number)
            for begins, ends in slots_made(starts, starts + timedelta(minutes=75), 25, 0)
        )
    for number in (1, 2):
        MeetingTable.objects.create(marketplace=one, number=number)
    return one


@pytest.fixture
def party(market, registered) -> Callable[..., Party]:  # noqa: F811
    """`party("Ogniw", bruno)`: who takes part, as the actions leave it."""

    def made(name: str, who: Any = None, **said: Any) -> Party:
        one = Party.objects.create(marketplace=market, name=name, country="PL", **said)
        registration = registered(who, organisation_name=name)
        Representative.objects.create(party=one, registration=registration)
        return one

    return made


@pytest.fixture
def crowd(market, party) -> list[Party]:
    """Six parties; each wants to meet the next two, and all of them accept."""
    parties = [party(f"Party {letter}") for letter in "ABCDEF"]
    for number, one in enumerate(parties):
        for step, strength in ((1, "must"), (2, "like")):
            other = parties[(number + step) % len(parties)]
            Wish.objects.create(wisher=one, wished=other, strength=strength)
            Wish.objects.create(wisher=other, wished=one, strength="accept")
    return parties


@pytest.fixture
def planned(market, ana) -> Callable[..., Draft]:
    """A draft that the engine made, in a moment."""

    def made(**wanted: Any) -> Draft:
        draft = begin_draft(market, Wanted(steps=4_000, seconds=None, **wanted), by=ana)
        frozen = market_of(draft.input)
        keep_plan(draft, frozen, plan(frozen, steps=4_000))
        return draft

    return made
