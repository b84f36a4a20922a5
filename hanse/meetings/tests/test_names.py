"""Names stand where people look for them: marks and capitals do not count."""

import pytest

from hanse.meetings.actions.joining import leave
from hanse.meetings.forms.market import PairForm, PersonForm
from hanse.meetings.models import Representative, Wish
from hanse.meetings.queries.market import Wanted, choices_in, parties_found, parties_of
from hanse.meetings.queries.readiness import readiness_of
from hanse.meetings.queries.today import today_of
from hanse.meetings.queries.wishes import wishes_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

NAMES = ["Zagreb", "Österreich", "oslo", "Łódź", "Aland", "Łask"]
SORTED = ["Aland", "Łask", "Łódź", "oslo", "Österreich", "Zagreb"]


@pytest.fixture
def named(market, party):
    return [party(name) for name in NAMES]


def test_parties_by_name_in_every_list(market, named, party, as_person, ana):
    assert [one.name for one in parties_of(parties_found(market, Wanted(), None))] == SORTED
    found = parties_of(parties_found(market, Wanted(country="PL", text="a"), None))
    assert [one.name for one in found] == ["Aland", "Łask", "Zagreb"]
    assert [one.party.name for one in readiness_of(market).rows] == SORTED
    own = party("Own")
    for one in named:
        Wish.objects.create(wisher=own, wished=one, strength="like")
    assert [one.party.name for one in wishes_of(own, market).waits] == SORTED
    browser = as_person(ana)
    for page in (f"parties/{own.pk}/", "parties/"):
        text = browser.get(f"/events/week/matchmaking/desk/meetings/market/{page}").text
        places = [text.rindex(f">{name}<") for name in SORTED]
        assert places == sorted(places), page


def test_choices_by_name(market, named, registered):
    form = PairForm(market)
    labels = [str(label) for _value, label in form.fields["one"].choices]
    assert labels[1:] == SORTED
    registered(None, name="Özil")
    registered(None, name="Zimmer")
    people = [str(label) for _value, label in PersonForm(market).fields["registration"].choices]
    assert people[-2:] == ["Özil", "Zimmer"]


def test_whoever_does_not_come_by_name(market, named):
    Representative.objects.update(absent_from=market.slots.first())
    assert [one.party.name for one in today_of(market).absent] == SORTED


def test_countries_by_their_names(market, named):
    for one, code in zip(named, ("SE", "CH", "AX", "AT", "DE", "DE"), strict=True):
        one.country = code
        one.save()
    # Åland Islands, Austria, Germany, Sweden, Switzerland
    assert choices_in(market).countries == ["AX", "AT", "DE", "SE", "CH"]


def test_whoever_left_stands_in_no_list(market, named):
    leave(named[0].representatives.get(), by=None)
    assert len(parties_found(market, Wanted(), None)) == 5
