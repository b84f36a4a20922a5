"""The cluster week of the demo world stands as the actions would leave it."""

from datetime import date

import pytest
from django.db.models import Count, Q

from hanse.cli.demo import make_demo_world
from hanse.events.models import Booking, Pool, Registration, Series
from hanse.events.queries.desk import workbench_of
from hanse.events.words import RegistrationState

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def week() -> Series:
    make_demo_world()
    return Series.objects.get(slug="cluster-week")


def test_the_week_holds_together(week):
    matchmaking = week.events.get(slug="matchmaking")
    confirmed = matchmaking.registrations.filter(state=RegistrationState.CONFIRMED)
    assert confirmed.count() == 112
    assert confirmed.values("organisation").distinct().count() == 112
    pool = Pool.objects.get(event=matchmaking, kind=None, session=None)
    assert pool.taken == 112
    assert pool.drawn == matchmaking.registrations.count()
    for one in Pool.objects.filter(event=matchmaking, session__isnull=False):
        seated = Q(bookings__state=RegistrationState.CONFIRMED)
        counted = type(one.session).objects.annotate(seated=Count("bookings", filter=seated))
        assert counted.get(pk=one.session_id).seated == one.taken
    assert Booking.objects.filter(state=RegistrationState.WAITING).count() == 2
    for event in week.events.all():
        assert workbench_of(event).faults == []
    assert week.first_day.weekday() == 1
    assert week.first_day > date.today()  # noqa: DTZ011  the demo world begins today
    # Twenty-four slots of 25 minutes at twenty tables.
    rounds = matchmaking.sessions.filter(kind="meetings")
    assert sum((one.ends_at - one.starts_at).seconds // 60 // 25 for one in rounds) == 24
    before = Registration.objects.count()
    make_demo_world()
    assert Registration.objects.count() == before
