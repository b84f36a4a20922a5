"""The small week of the events, with meetings: two half-days of three slots, two tables."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hanse.directory.rules.notices import moment
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
from hanse.meetings.models import Marketplace, MeetingSlot, MeetingTable, Party, Representative
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
