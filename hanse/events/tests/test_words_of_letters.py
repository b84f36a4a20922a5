"""What letters and pages about seats say: the event, its one day, hours as readers write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from hanse.events.actions.invitations import invite
from hanse.events.mails.catalogue import CATALOGUE, as_read
from hanse.events.models import Event
from hanse.events.rules.guests import Guest
from hanse.events.rules.registration import Window, why_not_open
from hanse.events.words import deleted_in_words
from hanse.kit.numbers import day

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DATED = ("confirmed", "waiting", "moved_up", "invitation", "invitation_reminder")
NAMELESS = {"stranger_declined"}


def text_of(event, code) -> str:
    return " ".join(as_read(event, code, "en").text.split())


@pytest.mark.parametrize("code", sorted(set(CATALOGUE) - NAMELESS))
def test_a_letter_names_its_event_in_its_text(event, code):
    assert "Matchmaking" in text_of(event, code)


@pytest.mark.parametrize("code", DATED)
def test_one_day_is_said_as_one(event, code):
    first, last = day(event.first_day), day(event.last_day)
    assert f"from {first} to {last}" in text_of(event, code)
    Event.objects.update(last_day=event.first_day)
    event.refresh_from_db()
    text = text_of(event, code)
    assert f"on {first}" in text
    assert f"from {first}" not in text


def test_a_week_of_one_day_is_said_as_one(client, event, series):
    series.last_day = series.first_day
    series.save()
    text = client.get(series.get_absolute_url()).content.decode()
    assert f"{day(series.first_day)}." in text
    assert f" to {day(series.first_day)}" not in text


def test_the_hour_of_opening_is_written_as_the_reader_does():
    opens = datetime(2026, 12, 1, 9, tzinfo=UTC)
    window = Window("published", "registration", opens, None, "Europe/Brussels", is_over=False)
    no = why_not_open(window, opens - timedelta(days=1))
    assert str(no) == "Registration opens on 1 Dec 2026, 10:00 (Europe/Brussels)."
    with override("de"):
        no = why_not_open(window, opens - timedelta(days=1))
        assert "01.12.2026, 10:00" in str(no)


def test_one_is_said_in_the_singular():
    assert deleted_in_words({"keys": 1, "needs": 2}) == [
        (2, "needs for access and food"),
        (1, "key of tickets"),
    ]


def test_states_stand_in_cards_on_a_phone(as_person, ana, event, registered):
    registered()
    invite(event, [Guest("x@example.org")], by=ana)
    desk = "/events/week/matchmaking/desk"
    for way, label in ((f"{desk}/registrations/", "State"), (f"{desk}/invitations/", "Stands")):
        text = as_person(ana).get(way).content.decode()
        assert "cards" in text.partition("<table")[2].partition(">")[0]
        assert f'data-label="{label}"' in text
