"""J19 and J20: Jonas says whom he would like to meet, a partner answers from the mail."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.directory.actions.bulk import Arrival, take_in
from hanse.directory.actions.facts import Spoken
from hanse.directory.actions.ownership import make_administrator
from hanse.directory.models import Organisation
from hanse.directory.queries import columns
from hanse.directory.rules.notices import moment
from hanse.directory.rules.values import Said
from hanse.directory.words import JoinReason
from hanse.directory.words import State as ProfileState
from hanse.events.models import Event, Organiser, Pool, Registration, Series, TicketKind
from hanse.events.words import Duty, RegistrationState, State
from hanse.meetings.actions.joining import join
from hanse.meetings.actions.telling import tell_everybody
from hanse.meetings.actions.wishing import say
from hanse.meetings.models import Marketplace, MeetingSeat, MeetingSlot, Wish
from hanse.meetings.queries.times import when_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

MEETINGS = "/events/week/matchmaking/meetings/"


def text_of(tab) -> str:
    return re.sub(r"\s+", " ", tab.inner_text("main"))


def organisation(name: str, offers: str, seeks: str, country: str = "PL") -> Organisation:
    said = [
        Said("name", name),
        Said("country", country),
        Said("sector", "C27"),
        Said("offer", offers, "en"),
        Said("seek", seeks, "en"),
        Said("language", "en"),
    ]
    arrival = Arrival(kind="cluster", said=said, state=ProfileState.PUBLISHED, is_invented=True)
    return take_in([arrival], Spoken(None))[0]


@pytest.fixture(autouse=True)
def columns_of_this_test():
    """What the process keeps of the directory is of this test alone."""
    columns.forget()


@pytest.fixture
def market(ana) -> Marketplace:
    day = timezone.localdate() + timedelta(days=30)
    series = Series.objects.create(
        slug="week", title={"en": "A week in Brussels"}, first_day=day, last_day=day,
        state=State.PUBLISHED,
    )  # fmt: skip
    Organiser.objects.create(series=series, person=ana, duty=Duty.LEAD)
    event = Event.objects.create(
        series=series, slug="matchmaking", title={"en": "Matchmaking"}, first_day=day,
        last_day=day, state=State.PUBLISHED,
    )  # fmt: skip
    TicketKind.objects.create(event=event, code="cluster", name={"en": "Cluster organisation"})
    Pool.objects.create(event=event)
    # Answers until a Thursday.
    thursday = day - timedelta(days=7 + (day.weekday() - 3) % 7)
    one = Marketplace.objects.create(
        event=event,
        wishes_until=moment(datetime.combine(thursday, time(12)), event.zone),
        answers_until=moment(datetime.combine(thursday, time(18)), event.zone),
        most_musts=3,
    )
    starts = moment(datetime.combine(day, time(10)), event.zone)
    MeetingSlot.objects.create(
        marketplace=one, starts_at=starts, ends_at=starts + timedelta(minutes=25)
    )
    return one


def registration(market, name: str, who=None, of: Organisation | None = None) -> Registration:
    event = market.event
    number = Registration.objects.count() + 1
    return Registration.objects.create(
        event=event, kind=event.kinds.get(), number=number, state=RegistrationState.CONFIRMED,
        name=who.name if who else f"Guest {number}", person=who,
        email=who.email if who else f"guest{number}@example.org",
        organisation=of, organisation_name=name,
    )  # fmt: skip


def takes_part(market, name: str, **more):
    one = registration(market, name, **more)
    return join(market, one, by=one.person, by_organisers=True).party


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)])
def test_j19_wishes_take_nobodys_slot(visit, market, bruno, carla, script, width):
    mine = organisation("Second Life", "battery recycling", "powder metallurgy", "DE")
    make_administrator(mine, bruno, JoinReason.FOUNDER, by=None)
    for place in range(4):
        of = organisation(f"Powder {place}", "powder metallurgy", "battery recycling")
        takes_part(market, of.name, of=of)
    others = [takes_part(market, f"Ogniw {place}") for place in range(5)]
    declined = takes_part(market, "Ogniw last", who=carla)
    own = registration(market, "Second Life", bruno, mine)
    with visit(f"/events/registrations/{own.pk}/", who=bruno, script=script, width=width) as tab:
        tab.click("button:has-text('Take part in the meetings')")
        assert "You sit in the meetings for Second Life" in text_of(tab)
        assert tab.input_value("[name='party-offers']") == "battery recycling"
        # Three must and a would-like from the suggestions, each with its reason.
        tab.click("text=Suggestions")
        suggested = text_of(tab)
        assert "They look for battery recycling, and you have it" in suggested
        assert "answers by Thursday" in suggested
        assert "A wish takes nobody’s slot" in suggested
        names = tab.locator("article.suggest h2 a").all_inner_texts()
        assert set(names) == {f"Powder {place}" for place in range(4)}
        for name in names[:3]:
            press(tab, name, "Must")
        press(tab, names[3], "Must")
        assert "3 of your wishes are “must”" in text_of(tab)
        tab.fill(f"article:has-text('{names[3]}') [name=says]", "Your furnace, our powder")
        press(tab, names[3], "Would like")
        # Five more from the search, and one no thanks.
        tab.click("nav >> text=Who takes part")
        tab.fill("[name=q]", "ogniw")
        tab.click("main form button:has-text('Show')")
        assert "6 parties fit" in text_of(tab)
        for other in others:
            press(tab, other.name, "Would like")
        press(tab, "Ogniw last", "No thanks")
        tab.click("nav >> text=Your wishes")
        stands = text_of(tab)
        assert "9 wishes wait for an answer" in stands
        assert "No thanks, for you alone" in stands
        tab.click("button:has-text('Our wishes are complete')")
    said = list(Wish.objects.filter(wisher__organisation=mine).values_list("strength", flat=True))
    assert sorted(said) == ["like"] * 6 + ["must"] * 3 + ["no"]
    assert not MeetingSeat.objects.exists()
    assert Letter.objects.filter(subject__startswith="1 party would like").count() == 9
    # The other side learns nothing of the no.
    address = declined.representatives.get().registration.email
    assert not Letter.objects.filter(to=address).exists()
    with visit(f"{MEETINGS}wishes/", who=carla, script=script, width=width) as tab:
        assert "You have said no wish yet" in text_of(tab)
        tab.goto(f"{MEETINGS}?q=second")
        assert "They would like to meet you" not in text_of(tab)
        assert tab.locator("[aria-pressed=true]").count() == 0


def press(tab, name: str, word: str) -> None:
    tab.click(f":is(article, li.party):has(:text-is('{name}')) button:has-text('{word}')")


@pytest.mark.parametrize(("script", "width"), [(True, 1280), (False, 360)])
def test_j20_answers_from_the_mail(visit, market, bruno, script, width):
    askers = [takes_part(market, name) for name in ("Alfa", "Beta")]
    asker = takes_part(market, "Gamma", who=bruno)
    partner = takes_part(market, "Partner")
    for one in (*askers, asker):
        say(one, partner, "like", f"{one.name} would like to talk", by=None)
    tell_everybody(market, timezone.now() + timedelta(days=1))
    letters = Letter.objects.filter(to=partner.representatives.get().registration.email)
    text = "\n".join(letters.order_by("pk").values_list("text", flat=True))
    assert "Answer by Thursday" in text
    links = {
        name: re.search(rf"{name}.*?(/events/\S+accept/).*?(/events/\S+decline/)", text, re.DOTALL)
        for name in ("Alfa", "Beta", "Gamma")
    }
    with visit("/", script=script, width=width) as tab:
        for name in ("Alfa", "Beta"):
            tab.goto(links[name][1])
            assert f"Accept a meeting with {name}" in text_of(tab)
            assert tab.locator("main button").count() == 1
            tab.click("main button")
            assert "Both of you want to meet" in text_of(tab)
        tab.goto(links["Gamma"][2])
        tab.click("main button")
        assert "They read “no meeting”, and no reason" in text_of(tab)
        # Dead after use, both of its answers.
        for link in (links["Gamma"][1], links["Alfa"][2]):
            tab.goto(link)
            assert "has done its work" in text_of(tab)
    said = Wish.objects.filter(wisher=partner).order_by("wished__name")
    assert list(said.values_list("strength", flat=True)) == ["accept", "accept", "no"]
    with visit(f"{MEETINGS}wishes/", who=bruno, script=script, width=width) as tab:
        stands = text_of(tab)
        assert "No meeting" in stands
        assert "They declined, or did not answer" in stands
        assert "no thanks" not in stands.replace("“no thanks”", "")
    assert when_in(market.event.zone)(market.answers_until).startswith("Thursday")
