"""The meetings of the demo world stand as the actions would leave them."""

from collections import Counter
from time import monotonic

import pytest

from hanse.cli.demo import make_demo_world
from hanse.cli.demo_world.meetings import load_meetings
from hanse.events.models import Booking, Series
from hanse.events.words import RegistrationState
from hanse.meetings.models import Marketplace, Representative, Wish
from hanse.meetings.queries.pairs import market_pairs
from hanse.meetings.rules.wishing import WISHES
from hanse.meetings.words import Strength

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def market() -> Marketplace:
    make_demo_world()
    return Marketplace.objects.select_related("event").get()


def said_of(market) -> list[tuple[str, str, str]]:
    wishes = Wish.objects.filter(wisher__marketplace=market)
    return list(wishes.values_list("wisher__name", "wished__name", "strength"))


def test_the_market_of_the_week_is_believable(market):
    assert market.parties.count() == 112
    assert market.slots.count() == 24
    assert set(Counter(market.slots.values_list("session", flat=True)).values()) == {6}
    assert market.tables.count() == 20
    assert market.wishes_until < market.answers_until
    assert market.answers_until.weekday() == 3
    wishes = Wish.objects.filter(strength__in=WISHES)
    assert 850 <= wishes.count() <= 950
    musts = Counter(wishes.filter(strength="must").values_list("wisher", flat=True))
    assert max(musts.values()) <= market.most_musts
    assert max(Counter(wishes.values_list("wisher", flat=True)).values()) <= market.most_wishes
    found = market_pairs(market)
    # A little more than slots and tables hold, so that something is left to explain.
    assert 480 < len(found.planned) < 540
    assert found.waiting
    assert found.declined
    assert found.forbidden
    assert sum(one.mandatory for one in found.planned) == 2
    for answer in Wish.objects.filter(strength=Strength.ACCEPT):
        asked = Wish.objects.get(wisher=answer.wished_id, wished=answer.wisher_id)
        assert asked.strength in WISHES
        assert asked.made_at <= answer.made_at


def test_nobody_meets_in_a_workshop_that_they_booked(market):
    seats = Booking.objects.filter(state=RegistrationState.CONFIRMED).select_related("session")
    for seat in seats:
        part = Representative.objects.get(registration=seat.registration_id)
        during = market.slots.filter(
            starts_at__lt=seat.session.ends_at, ends_at__gt=seat.session.starts_at
        )
        assert set(during) <= set(part.away.all())


def test_it_is_the_same_every_time_and_quick(market):
    before = said_of(market)
    series = Series.objects.get(slug="cluster-week")
    load_meetings(series)
    assert said_of(market) == before
    market.delete()
    began = monotonic()
    load_meetings(series)
    assert monotonic() - began < 3
    assert sorted(said_of(Marketplace.objects.get())) == sorted(before)
