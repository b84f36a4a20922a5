"""Titles of the desk say what was found, and what waits for a word stands first."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanse.commons.post.models import Letter
from hanse.events.actions.invitations import invite
from hanse.events.models import Invitation, Pool, Stranger
from hanse.events.rules.guests import Guest
from hanse.events.words import RegistrationState

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DESK = "/events/week/matchmaking/desk/"
SERIES = "/events/week/organise/"


@pytest.fixture
def found(as_person, ana):
    """The first heading of a page of the desk, which its title says too."""

    def read(way: str) -> str:
        text = as_person(ana).get(way).text
        [heading] = re.findall(r"<h1>(.*?)</h1>", text)
        assert heading in re.findall(r"<title>(.*?)</title>", text, re.DOTALL)[0]
        return heading

    return read


def stranger(event, number: int = 1) -> Stranger:
    return Stranger.objects.create(event=event, email=f"s{number}@example.org")


def test_the_desk_says_what_waits_and_else_how_full_it_is(event, registered, found, as_person, ana):
    assert found(DESK) == "0 of 3 seats are taken"
    registered()
    assert found(DESK) == "1 of 3 seats are taken"
    stranger(event)
    assert found(DESK) == "1 person asks to be invited"
    registered(state=RegistrationState.ASKED)
    assert found(DESK) == "1 registration waits for your word"
    registered(state=RegistrationState.WAITING)
    text = as_person(ana).get(DESK).text
    rest = "1 person asks to be invited. 1 of 3 seats are taken. 1 person is on the waiting list."
    assert rest in text
    Pool.objects.update(capacity=None)
    assert "1 person has a seat." in as_person(ana).get(DESK).text


def test_a_series_says_what_waits_in_any_of_its_events(event, series, registered, found):
    assert found(SERIES) == "0 seats are taken in all its events"
    registered()
    assert found(SERIES) == "1 seat is taken in all its events"
    registered(state=RegistrationState.ASKED)
    assert found(SERIES) == "1 registration waits for your word"


def test_a_series_without_events_says_so(series, found):
    assert found(SERIES) == "No event is in this series yet"


def test_invitations_say_how_many_have_answered(event, ana, found):
    way = f"{DESK}invitations/"
    assert found(way) == "Nobody is invited yet"
    invite(event, [Guest(f"g{number}@example.org") for number in range(4)], by=ana)
    Invitation.objects.filter(email="g0@example.org").update(declined_at=event.changed_at)
    Invitation.objects.filter(email="g1@example.org").update(accepted_at=event.changed_at)
    assert found(way) == "2 of 4 invited people have answered"
    stranger(event)
    assert found(way) == "1 person asks to be invited"


def test_letters_say_what_went_out_and_first_what_did_not(event, found):
    way = f"{DESK}letters/"
    assert found(way) == "No letter went out yet"
    about = {"to": "x@example.org", "sender": "s", "subject": "S", "text": "T"}
    for state in ("sent", "sent", "queued"):
        Letter.objects.create(about=f"event:{event.pk}", state=state, **about)
    Letter.objects.create(about="event:0", state="failed", **about)
    assert found(way) == "2 letters went out, none waits for your word"
    Letter.objects.create(about=f"event:{event.pk}", state="failed", **about)
    assert found(way) == "1 letter waits for your word"


def test_the_log_counts_what_is_on_record(event, ana, found):
    assert found(f"{DESK}log/") == "Nothing has happened yet"
    invite(event, [Guest("x@example.org")], by=ana)
    assert found(f"{DESK}log/") == "1 deed is on record"


def test_titles_cost_the_same_for_one_and_for_three(event, ana, as_person, registered):
    def cost() -> list[int]:
        counts = []
        for way in (DESK, SERIES, f"{DESK}invitations/", f"{DESK}letters/"):
            browser = as_person(ana)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(way).status_code == 200
            counts.append(len(asked))
        return counts

    def more(number: int) -> None:
        registered(state=RegistrationState.ASKED)
        stranger(event, number)
        invite(event, [Guest(f"g{number}@example.org")], by=ana)

    more(1)
    cost()
    one = cost()
    more(2)
    more(3)
    assert cost() == one
