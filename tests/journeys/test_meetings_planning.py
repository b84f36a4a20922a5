"""J18, J21, J22, J23: a plan with proof, a repair at 10:05, the agenda, the report next morning."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.commons.work.tests.test_jobs import carry_out_what_waits
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.plan import plan
from hanse.events.models import Event, Organiser, Pool, Registration, Series, TicketKind
from hanse.events.words import Duty, RegistrationState, State
from hanse.meetings.actions.drafts import begin_draft, keep_plan
from hanse.meetings.actions.outcomes import ask_later
from hanse.meetings.actions.publishing import publish
from hanse.meetings.models import (
    Marketplace,
    Meeting,
    MeetingSlot,
    MeetingTable,
    Party,
    Representative,
    Wish,
)
from hanse.meetings.queries.standing import standing_meetings, standing_of
from hanse.meetings.rules.planning import Wanted

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DESK = "/events/week/matchmaking/desk/meetings/"
PARTIES, SLOTS, TABLES = 14, 8, 5


def text_of(tab) -> str:
    return re.sub(r"\s+", " ", tab.inner_text("main"))


@pytest.fixture
def market(ana, bruno) -> Marketplace:
    """Fourteen parties, eight slots, five tables; the first slot began five minutes ago."""
    now = timezone.now().replace(second=0, microsecond=0)
    # Where it is about ten in the morning, so that no midnight parts the slots.
    ahead = (10 - now.hour + 12) % 24 - 12
    zone = f"Etc/GMT{-ahead:+d}"
    today = now.astimezone(ZoneInfo(zone)).date()
    series = Series.objects.create(
        slug="week", title={"en": "A week in Brussels"}, first_day=today,
        last_day=today + timedelta(days=1), state=State.PUBLISHED, zone=zone,
    )  # fmt: skip
    Organiser.objects.create(series=series, person=ana, duty=Duty.LEAD)
    event = Event.objects.create(
        series=series, slug="matchmaking", title={"en": "Matchmaking"}, first_day=today,
        last_day=today + timedelta(days=1), state=State.PUBLISHED, zone=zone,
    )  # fmt: skip
    kind = TicketKind.objects.create(event=event, code="cluster", name={"en": "Cluster"})
    Pool.objects.create(event=event)
    one = Marketplace.objects.create(event=event)
    for number in range(SLOTS):
        starts = now - timedelta(minutes=5) + timedelta(minutes=25 * number)
        MeetingSlot.objects.create(
            marketplace=one, starts_at=starts, ends_at=starts + timedelta(minutes=20)
        )
    MeetingTable.objects.bulk_create(
        MeetingTable(marketplace=one, number=number + 1) for number in range(TABLES)
    )
    parties = []
    for number in range(PARTIES):
        name = f"Party {chr(65 + number)}"
        party = Party.objects.create(marketplace=one, name=name, is_newcomer=number > 10)
        registration = Registration.objects.create(
            event=event, kind=kind, number=number + 1, state=RegistrationState.CONFIRMED,
            name=f"Guest {name}", email=f"guest{number}@example.org",
            person=bruno if number == 0 else None, organisation_name=name,
        )  # fmt: skip
        Representative.objects.create(party=party, registration=registration)
        parties.append(party)
    for number, party in enumerate(parties):
        for step in (1, 2, 3):
            other = parties[(number + step) % PARTIES]
            strength = "must" if step == 1 else "like"
            Wish.objects.create(wisher=party, wished=other, strength=strength)
            Wish.objects.create(wisher=other, wished=party, strength="accept")
    return one


def planned(market: Marketplace, by) -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    draft = begin_draft(market, Wanted(), by=by, now=an_hour_ago)
    event = market_of(draft.input)
    keep_plan(draft, event, plan(event, steps=20_000))
    draft.marketplace = market
    publish(draft, expects=0, by=by, now=an_hour_ago)
    Letter.objects.all().delete()


def test_j18_the_meetings_are_planned_with_proof(visit, market, ana, tmp_path):
    # One slot fewer than everything needs, so that something is unmet.
    market.slots.last().delete()
    market.slots.last().delete()
    with visit(DESK, who=ana) as tab:
        assert "42 meetings are wished by both sides, none is planned yet" in text_of(tab)
        tab.select_option("[name=seconds]", "10")
        tab.click("main form button.main")
        tab.wait_for_url("**/desk/meetings/1/")
        assert "about to begin" in text_of(tab)
        carry_out_what_waits()
        tab.wait_for_selector("#timetable")
        said = text_of(tab)
        assert re.search(r"Draft 1 leaves \d+ of 42 wishes unmet", said)
        assert "gap between this plan and the bound" in said
        assert "all rules kept" in said
        unmet = int(re.search(r"leaves (\d+) of 42", said).group(1))
        assert unmet > 0
        reasons = tab.locator("#unmet td[data-label=Reason]").all_inner_texts()
        assert all(len(one) > 10 for one in reasons)
        files = {}
        for name in ("plan", "event"):
            with tab.expect_download() as load:
                tab.evaluate(
                    "name => document.querySelector(`a[href$='${name}.json']`).click()", name
                )
            files[name] = tmp_path / f"{name}.json"
            load.value.save_as(files[name])
        assert json.loads(files["plan"].read_text())["status"] in ("feasible", "optimal")
        tab.goto("/events/meetings/check/")
        tab.set_input_files("[name=event]", files["event"])
        tab.set_input_files("[name=plan]", files["plan"])
        tab.click("main form button.main")
        assert "The plan is valid" in text_of(tab)
        tab.goto(f"{DESK}1/")
        tab.click("summary:has-text('Publish draft 1')")
        tab.click("button:has-text('Publish and tell them')")
        assert "This is version 1" in text_of(tab)
    assert Letter.objects.filter(subject__startswith="Your meetings").count() == PARTIES
    assert Meeting.objects.count() == 42 - unmet


def test_j21_a_no_show_and_a_lost_table(visit, market, ana):
    planned(market, ana)
    now = timezone.now()
    began = [standing_of(one) for one in standing_meetings(market) if one.slot.starts_at <= now]
    assert began
    with visit(f"{DESK}today/", who=ana) as tab:
        assert "meetings run now" in text_of(tab)
        box = tab.locator("[name=absent]:visible").first
        absent = Representative.objects.get(pk=box.get_attribute("value"))
        box.check()
        tab.check(f"[name=table][value='{market.tables.get(number=3).pk}']")
        tab.click("button:has-text('Show the ways to go on')")
        options = tab.locator("#options .option")
        assert 1 <= options.count() <= 3
        said = text_of(tab)
        for word in ("Saved", "Lost", "Gained", "Moved", "People told"):
            assert word in said
        assert not Meeting.objects.filter(changed_at__gte=now).exists()
        told = int(options.first.locator("dd").last.inner_text())
        options.first.locator("button:has-text('Do this and tell them')").click()
        tab.wait_for_selector("#timetable")
        assert "version 2" in text_of(tab)
        assert "gap between this plan and the bound" in text_of(tab)
    after = [standing_of(one) for one in standing_meetings(market)]
    assert [one for one in began if one in after] == began
    letters = set(Letter.objects.values_list("to", flat=True))
    assert len(letters) == told < PARTIES
    assert absent.registration.email in letters


def test_j22_talks_and_meetings_stand_together(visit, market, ana, bruno):
    planned(market, ana)
    with visit("/events/week/agenda/", who=bruno) as tab:
        said = text_of(tab)
        assert "Party B" in said
        assert "Table" in said
        tab.click("a:has-text('Party B')")
        assert "Guest Party B" in text_of(tab)
    with visit("/events/week/agenda.ics", who=None) as tab:
        assert "Party B" not in tab.content()


def test_j23_the_report_next_morning_and_half_a_year_later(visit, market, ana, bruno):
    planned(market, ana)
    for one in market.slots.all():
        one.starts_at -= timedelta(days=1)
        one.ends_at -= timedelta(days=1)
        one.save()
    with visit("/events/week/matchmaking/meetings/planned/", who=bruno) as tab:
        assert re.search(r"You have \d meetings", text_of(tab))
        assert "how was it?" in text_of(tab)
        tab.click("main .lines a >> nth=0")
        tab.select_option("[name=took_place]", "yes")
        tab.select_option("[name=again]", "yes")
        tab.fill("[name=follow_up]", "a visit in May")
        tab.click("#outcome button.main")
        assert "Kept. Thank you." in text_of(tab)
    with visit(f"{DESK}outcomes/", who=ana) as tab:
        said = text_of(tab)
        assert "1 of 1 meetings took place, as far as it is known" in said
        for word in ("Acceptance", "Meetings a party", "Would meet again", "By country"):
            assert word in said
    event = market.event
    Event.objects.filter(pk=event.pk).update(
        first_day=event.first_day - timedelta(days=200),
        last_day=event.last_day - timedelta(days=200),
    )
    assert ask_later() == PARTIES
    assert (
        Letter.objects.filter(subject__startswith="What came of your meetings").count() == PARTIES
    )
    with visit("/events/week/matchmaking/meetings/planned/", who=bruno) as tab:
        assert "what came of it?" in text_of(tab)
        tab.click("main .lines a >> nth=0")
        tab.select_option("[name=cooperation]", "project")
        tab.click("#later button.main")
    with visit(f"{DESK}outcomes/", who=ana) as tab:
        said = text_of(tab)
        assert "1 cooperation came of" in said
        assert "Answers half a year later" in said
        assert "Confirmed by both sides" in said
