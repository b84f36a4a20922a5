"""J16: the event is full, a team waits; one seat frees, then another."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.events.actions.registration import Guest, cancel, register
from hanse.events.models import (
    Event,
    Organiser,
    Pool,
    Question,
    Registration,
    Series,
    TicketKind,
)
from hanse.events.words import Duty, QuestionKind, State

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

REGISTER = "/events/week/matchmaking/register/"
# The team has the letters of one who leads it and one who has no log-in.
DANA = "dana@example.org"


def text_of(tab) -> str:
    return re.sub(r"\s+", " ", tab.inner_text("main"))


@pytest.fixture
def event(ana) -> Event:
    day = timezone.localdate() + timedelta(days=30)
    series = Series.objects.create(
        slug="week", title={"en": "A week in Brussels"}, first_day=day, last_day=day,
        state=State.PUBLISHED,
    )  # fmt: skip
    Organiser.objects.create(series=series, person=ana, duty=Duty.LEAD)
    one = Event.objects.create(
        series=series, slug="matchmaking", title={"en": "Matchmaking"}, first_day=day,
        last_day=day, state=State.PUBLISHED,
    )  # fmt: skip
    TicketKind.objects.create(event=one, code="cluster", name={"en": "Cluster organisation"})
    Pool.objects.create(event=one, capacity=2)
    return one


@pytest.fixture
def full(event) -> list[Registration]:
    kind = event.kinds.get()
    return [
        register(event, kind, Guest(f"Guest {one}", f"g{one}@example.org"), by=None)
        for one in (1, 2)
    ]


def states(event) -> list[str]:
    rows = Registration.objects.filter(event=event).order_by("number")
    return list(rows.values_list("state", flat=True))


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)])
def test_j16_a_team_waits_and_moves_up_together(visit, event, full, bruno, script, width):
    with visit(REGISTER, who=bruno, script=script, width=width) as tab:
        # The rule of the list and what stands free, before anything is sent.
        before = text_of(tab)
        assert "all seats are taken, the waiting list is open" in before
        assert "A team stands at its smallest number and moves up together or not at all" in before
        tab.click("summary:has-text('Bring colleagues')")
        tab.fill("[name='team_name']", "Recyclers")
        tab.fill("[name='m1-name']", "Dana Novak")
        tab.fill("[name='m1-email']", DANA)
        tab.click("main form button.main")
        mine = tab.url
        waiting = text_of(tab)
        assert "You are number 1 in the line" in waiting
        assert "moves up together or not at all" in waiting
        assert "Bruno Weiß on the waiting list Dana Novak on the waiting list" in waiting
        # One seat frees: no half promotion, whoever comes behind does not get it either.
        cancel(full[0], by=None)
        behind = register(event, event.kinds.get(), Guest("Late", "l@example.org"), by=None)
        tab.goto(mine)
        assert "You are number 1 in the line" in text_of(tab)
        assert states(event) == ["cancelled", "confirmed", "waiting", "waiting", "waiting"]
        # Then another: both at once.
        cancel(full[1], by=None)
        tab.goto(mine)
        assert "You have a seat" in text_of(tab)
        assert states(event) == ["cancelled", "cancelled", "confirmed", "confirmed", "waiting"]
        told = Letter.objects.filter(subject__startswith="A seat became free")
        assert set(told.values_list("to", flat=True)) == {bruno.email, DANA}
        behind.refresh_from_db()
        assert behind.state == "waiting"
    link = re.search(r"/events/registrations/letters/\S+", told.get(to=DANA).text)[0]
    with visit(link, script=script, width=width) as tab:
        assert "You have a seat" in text_of(tab)
        tab.click("text=Give the seat back")
        tab.click("main form button.main")
        assert "This registration is cancelled" in text_of(tab)
    assert states(event)[-2:] == ["cancelled", "confirmed"]


def test_a_question_that_hangs_on_another_shows_itself(visit, event, bruno):
    Question.objects.create(
        event=event, code="travel", kind=QuestionKind.CHOICE, label={"en": "Travel"},
        options=[{"code": "train", "label": {"en": "By train"}},
                 {"code": "car", "label": {"en": "By car"}}],
    )  # fmt: skip
    Question.objects.create(
        event=event, code="plate", label={"en": "Number plate"}, is_required=True, order=1,
        condition={"question": "travel", "is": "car"},
    )  # fmt: skip
    with visit(REGISTER, who=bruno) as tab:
        plate = tab.locator("[name='q-plate']")
        assert not plate.is_visible()
        tab.check("[value='car']")
        assert plate.is_visible()
        tab.check("[value='train']")
        assert not plate.is_visible()
        tab.click("main form button.main")
        assert "You have a seat" in text_of(tab)
    with visit(REGISTER, who=bruno, script=False) as tab:
        assert "You have a seat" in text_of(tab)


def test_the_organisers_approve_by_keyboard(visit, event, ana):
    TicketKind.objects.update(needs_approval=True)
    kind = event.kinds.get()
    for one in (1, 2, 3):
        register(event, kind, Guest(f"Guest {one}", f"g{one}@example.org"), by=None)
    with visit("/events/week/matchmaking/desk/registrations/", who=ana) as tab:
        assert "3 registrations wait for your word" in text_of(tab)
        for box in tab.locator("[name=chosen]").all():
            box.focus()
            tab.keyboard.press("Space")
        tab.locator("[name=approve]").focus()
        tab.keyboard.press("Enter")
        tab.wait_for_selector("text=Approved: 3, with a seat 2, on the waiting list 1.")
    assert states(event) == ["confirmed", "confirmed", "waiting"]
