"""Letters about wishes: when, to whom, and answers by their links."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.meetings.actions.joining import leave
from hanse.meetings.actions.telling import (
    remind_now,
    remind_of_wishes,
    remind_unanswered,
    tell_everybody,
)
from hanse.meetings.actions.wishing import say, set_ready, take_back
from hanse.meetings.jobs import daily_round
from hanse.meetings.models import Party, Wish, WishLetter
from hanse.meetings.queries.market import between_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

LINK = re.compile(r"/events/letters/meetings/\S+")


def letters_to(party) -> list[Letter]:
    address = party.representatives.get().registration.email
    return list(Letter.objects.filter(to=address).order_by("pk"))


def links(letter) -> list[str]:
    return LINK.findall(letter.text)


@pytest.fixture
def one(party, bruno):
    return party("One", bruno)


@pytest.fixture
def other(party):
    return party("Other")


def test_the_first_wish_is_told_at_once_and_the_rest_of_the_day_together(market, party, other):
    wishers = [party(name) for name in ("Alfa", "Beta", "Gamma")]
    for wisher in wishers:
        say(wisher, other, "like", f"From {wisher}", by=None)
    (first,) = letters_to(other)
    assert first.subject == "1 party would like to meet you: Matchmaking"
    assert "“From Alfa”" in first.text
    assert tell_everybody(market) == 0
    tomorrow = timezone.now() + timedelta(hours=21)
    assert tell_everybody(market, tomorrow) == 1
    _first, second = letters_to(other)
    assert second.subject == "2 parties would like to meet you: Matchmaking"
    assert len(links(second)) == 4
    assert tell_everybody(market, tomorrow + timedelta(days=2)) == 0


def test_letters_are_in_the_language_of_their_reader(market, one, other):
    registration = other.representatives.get().registration
    registration.language = "fr"
    registration.save()
    say(one, other, "must", "Valves", by=None)
    assert "Matchmaking" in letters_to(other)[0].subject
    assert "“Valves”" in letters_to(other)[0].text


def test_nobody_hears_of_somebody_to_whom_they_said_something(market, one, other):
    say(other, one, "no", by=None)
    say(one, other, "like", by=None)
    assert letters_to(other) == []
    assert tell_everybody(market, timezone.now() + timedelta(days=1)) == 0
    # And whoever was declined gets no letter either.
    assert letters_to(one) == []


def test_a_link_answers_once_without_a_log_in(market, one, other, as_person):
    say(one, other, "must", "Valves", by=None)
    (letter,) = letters_to(other)
    accept, decline = links(letter)
    browser = as_person(None)
    shown = browser.get(accept)
    assert "Accept a meeting with One" in shown.text
    assert shown.text.count("<button") - shown.text.count('<button class="word') >= 1
    browser.get(decline)
    assert Wish.objects.count() == 1
    assert browser.post(accept).status_code == 200
    assert Wish.objects.get(wisher=other).strength == "accept"
    for link in (accept, decline):
        for used in (browser.get(link), browser.post(link)):
            assert used.status_code >= 400
            assert "has done its work" in used.text
    assert Wish.objects.get(wisher=other).strength == "accept"


def test_a_declined_wish_reads_no_meeting_and_no_reason(market, one, other, as_person):
    say(one, other, "like", by=None)
    _accept, decline = links(letters_to(other)[0])
    answered = as_person(None).post(decline)
    assert "There will be no meeting with One" in answered.text
    seen = between_of(one, market)[other.pk]
    assert (seen.standing.value, seen.theirs) == ("no_meeting", None)


def test_dead_links_say_why(market, one, other, as_person):
    say(one, other, "like", by=None)
    accept, _decline = links(letters_to(other)[0])
    browser = as_person(None)
    assert browser.get(accept.replace("accept", "delete")).status_code == 404
    assert "leads nowhere" in browser.get("/events/letters/meetings/nothing/accept/").text
    take_back(one, other, by=None)
    assert "took their wish back" in browser.post(accept).text
    say(one, other, "like", by=None)
    assert "Accept a meeting with One" in browser.get(accept).text


def test_a_wish_said_anew_the_same_day_writes_no_second_letter(market, one, other, party):
    for _turn in range(3):
        say(one, other, "must", by=None)
        take_back(one, other, by=None)
    say(one, other, "must", by=None)
    say(party("Third"), other, "like", by=None)
    assert len(letters_to(other)) == 1
    # The day after it is not new either; what others wished is.
    tomorrow = timezone.now() + timedelta(hours=21)
    assert tell_everybody(market, tomorrow) == 1
    assert "Third" in letters_to(other)[1].text
    assert "One" not in letters_to(other)[1].text
    assert Wish.objects.filter(told_at__isnull=True).count() == 0
    # It waits for an answer as any other, and said anew days later it is told anew.
    near = market.answers_until - timedelta(hours=30)
    assert remind_unanswered(market, near) == 1
    assert "One" in letters_to(other)[2].text
    take_back(one, other, by=None)
    later = near + timedelta(hours=21)
    say(one, other, "must", by=None, by_organisers=True, now=later)
    assert len(letters_to(other)) == 4


def test_taking_a_wish_back_makes_no_room_for_a_second_letter_of_the_day(market, one, other, party):
    say(one, other, "must", by=None)
    take_back(one, other, by=None)
    say(party("Third"), other, "like", by=None)
    assert len(letters_to(other)) == 1


def test_whoever_left_answers_no_more(market, one, other, as_person):
    say(one, other, "like", by=None)
    accept, _decline = links(letters_to(other)[0])
    leave(other.representatives.get(), by=None)
    assert "leads nowhere" in as_person(None).post(accept).text
    assert Wish.objects.count() == 1


def test_an_answer_on_the_page_makes_the_link_superfluous(market, one, other, as_person):
    say(one, other, "like", by=None)
    accept, _decline = links(letters_to(other)[0])
    say(other, one, "no", by=None)
    assert "answered already" in as_person(None).post(accept).text
    assert Wish.objects.get(wisher=other).strength == "no"


def test_silence_is_reminded_of_once_two_days_before_answers_end(market, one, other):
    say(one, other, "like", by=None)
    assert remind_unanswered(market) == 0
    near = market.answers_until - timedelta(hours=30)
    assert remind_unanswered(market, near) == 1
    assert remind_unanswered(market, near + timedelta(hours=20)) == 0
    assert "still waits for your answer" in letters_to(other)[1].subject


def test_whoever_says_nothing_is_reminded_twice_and_no_more(market, one, other, party):
    ready = party("Ready")
    set_ready(ready, is_ready=True, by=None)
    Party.objects.update(joined_at=timezone.now() - timedelta(days=4))
    say(one, other, "like", by=None)
    now = timezone.now()
    sent = [remind_of_wishes(market, now + timedelta(days=day)) for day in range(9)]
    assert sent == [1, 0, 0, 1, 0, 0, 0, 0, 0]
    assert letters_to(ready) == []
    assert letters_to(other)[-1].subject == "Whom would you like to meet? Matchmaking"


def test_the_desk_reminds_once_a_day(market, one, other, party):
    party("Third")
    say(one, other, "like", by=None)
    assert remind_now(market, "unanswered", by=None) == 1
    assert remind_now(market, "unanswered", by=None) == 0
    assert remind_now(market, "wishless", by=None) == 2
    assert remind_now(market, "wishless", by=None) == 0


def test_the_daily_round_leaves_what_is_over_alone(market, one, other, event):
    say(one, other, "like", by=None)
    Wish.objects.update(told_at=None)
    WishLetter.objects.all().delete()
    Letter.objects.all().delete()
    event.state = "closed"
    event.save()
    daily_round.call()
    assert not Letter.objects.exists()
    event.state = "published"
    event.save()
    daily_round.call()
    assert len(letters_to(other)) == 1
