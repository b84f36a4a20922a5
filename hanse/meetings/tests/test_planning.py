"""Drafts, publishing, repair: only those for whom something changes hear of it."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.commons.work.words import JobState
from hanse.engines.meetings.findings import finding
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.events.models import Booking
from hanse.events.queries.agenda import agenda
from hanse.kit.refusals import Refused
from hanse.meetings.actions.drafts import begin_draft, draft_by_hand, fix, moved
from hanse.meetings.actions.publishing import publish
from hanse.meetings.actions.repairing import Trouble, choose, meet_now, options_for
from hanse.meetings.jobs import start_planning
from hanse.meetings.models import (
    Draft,
    Marketplace,
    Meeting,
    MeetingSlot,
    PairRule,
    Representative,
    Wish,
)
from hanse.meetings.queries.drafts import whole
from hanse.meetings.queries.event_input import market_of as input_of
from hanse.meetings.queries.event_input import parties_of, rows_of
from hanse.meetings.queries.standing import standing_meetings, standing_of
from hanse.meetings.rules.planning import Wanted
from hanse.meetings.words import DraftState, MeetingState, Ruling

pytestmark = pytest.mark.database
DESK = "/events/week/matchmaking/desk/meetings/"


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("to", flat=True))


def test_the_engine_reads_what_stands_in_the_records(market, crowd, session, ana):
    one = crowd[0].representatives.get()
    talk = session("Talk", "10:20", "10:40")
    Booking.objects.create(registration=one.registration, session=talk, state="confirmed", number=1)
    one.away.add(market.slots.last())
    told = input_of(rows_of(market), Wanted(fairness=2, newcomers=1))
    assert (len(told.slots), len(told.tables), len(told.meetings)) == (6, 2, 12)
    assert [slot.day for slot in told.slots] == [0, 0, 0, 1, 1, 1]
    assert [slot.start for slot in told.slots[:2]] == [0, 25]
    assert told.participants[0].free == {2, 3, 4}
    assert told.participants[0].rest == {0, 1}
    assert {meeting.weight for meeting in told.meetings} == {3, 6}
    assert (told.fairness, told.newcomers) == (2, 1)


def test_nothing_to_plan_is_said(market, party, ana):
    with pytest.raises(Refused, match="nothing to plan"):
        begin_draft(market, Wanted(), by=ana)
    MeetingSlot.objects.all().delete()
    with pytest.raises(Refused, match="no slot"):
        begin_draft(market, Wanted(), by=ana)


def test_a_draft_is_published_and_everybody_has_a_letter(market, crowd, planned, ana):
    draft = planned()
    assert (draft.state, draft.faults) == (DraftState.DONE, [])
    assert draft.quality["held"] == draft.quality["of"] == 12
    made = publish(draft, expects=0, by=ana)
    assert made.number == 1
    assert Meeting.objects.count() == 12
    assert len(letters()) == 6
    assert "10:00" in Letter.objects.first().text or "14:00" in Letter.objects.first().text
    assert publish(planned(), expects=1, by=ana).number == 2
    assert len(letters()) == 6  # nothing changed for anybody


def test_two_who_publish_do_not_overwrite_each_other(market, crowd, planned, ana):
    first, second = planned(), planned()
    publish(first, expects=0, by=ana)
    with pytest.raises(Refused, match="version 1"):
        publish(second, expects=0, by=ana)
    assert Marketplace.objects.get().published_number == 1


def test_a_draft_that_breaks_a_rule_is_not_published(market, crowd, planned, ana):
    draft = planned()
    draft.faults = [finding("person_twice", person=1, count=2, slot=0).told()]
    draft.save()
    with pytest.raises(Refused, match=r"breaks a rule: Party B: 2 meetings at once"):
        publish(draft, expects=0, by=ana)


def test_what_began_is_not_moved_by_publishing(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    held = standing_meetings(market)[0]
    draft = Draft.objects.get()
    number = next(
        one.meeting
        for one in timetable_of(draft.plan).meetings
        if parties_of(market_of(draft.input), one.meeting) == standing_of(held).parties
    )
    other = draft_by_hand(draft, moved(draft, number, None, None), title="without", by=ana)
    late = held.slot.starts_at + timedelta(minutes=1)
    publish(other, expects=1, by=ana, now=late)
    held.refresh_from_db()
    assert held.state == MeetingState.PLANNED  # what has begun is given, whatever a plan says
    assert len(letters()) == 6
    elsewhere = next(
        one for one in range(6) if market_of(draft.input).slots[one].name != str(held.slot_id)
    )
    wrong = draft_by_hand(draft, moved(draft, number, elsewhere, 0), by=ana)
    wrong.faults = []
    with pytest.raises(Refused, match="have begun"):
        publish(wrong, expects=2, by=ana, now=late)
    publish(other, expects=2, by=ana, now=held.slot.starts_at - timedelta(minutes=1))
    held.refresh_from_db()
    assert held.state == MeetingState.CALLED_OFF
    assert held.seats.filter(slot__isnull=False).count() == 0
    assert len(letters()) == 6 + 2


def test_runs_leave_what_is_fixed_where_it_is(market, crowd, planned, ana):
    draft = planned()
    event = market_of(draft.input)
    one = timetable_of(draft.plan).meetings[3]
    fix(draft, parties_of(event, one.meeting), on=True, by=ana)
    again = begin_draft(market, Wanted(), by=ana, follows=draft)
    pinned = market_of(again.input).meetings[one.meeting]
    assert (pinned.slot, pinned.table) == (one.slot, one.table)
    fix(draft, parties_of(event, one.meeting), on=False, by=ana)
    free = begin_draft(market, Wanted(), by=ana, follows=draft)
    assert market_of(free.input).meetings[one.meeting].slot is None


def test_a_meeting_moved_by_hand_takes_the_place_of_others(market, crowd, planned, ana):
    draft = planned()
    one, *rest = timetable_of(draft.plan).meetings
    target = next(other for other in rest if other.slot != one.slot)
    plan = moved(draft, one.meeting, target.slot, target.table)
    held = {other.meeting: other for other in plan.meetings}
    assert (held[one.meeting].slot, held[one.meeting].table) == (target.slot, target.table)
    assert target.meeting not in held
    made = draft_by_hand(draft, plan, title="by hand", by=ana)
    assert made.number == 2
    assert made.is_by_hand
    assert made.faults == []


def test_forced_pairs_are_planned_and_forbidden_ones_are_not(market, crowd, planned, ana):
    a, d = crowd[0], crowd[3]
    b = crowd[1]
    PairRule.objects.create(first=min(a, d, key=id_of), second=max(a, d, key=id_of), ruling="force")
    PairRule.objects.create(
        first=min(a, b, key=id_of), second=max(a, b, key=id_of), ruling="forbid"
    )
    publish(planned(), expects=0, by=ana)
    pairs = {standing_of(one).parties for one in standing_meetings(market)}
    assert frozenset((a.pk, d.pk)) in pairs
    assert frozenset((a.pk, b.pk)) not in pairs


def id_of(one):
    return one.pk


def test_repair_tells_only_those_concerned(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    Letter.objects.all().delete()
    absent = crowd[0].representatives.get()
    table = market.tables.first()
    trouble = Trouble(absent=[absent.pk], tables=[table.pk])
    now = market.slots.first().starts_at + timedelta(minutes=5)
    running = [standing_of(one) for one in standing_meetings(market) if one.slot.starts_at <= now]
    found = options_for(market, trouble, now=now)
    assert 1 <= len(found.options) <= 3
    with pytest.raises(Refused, match="Look at them once more"):
        choose(market, trouble, "still", mark="other", by=ana, now=now)
    made = choose(market, trouble, "still", mark=found.mark, by=ana, now=now)
    assert made.number == 2
    after = [standing_of(one) for one in standing_meetings(market)]
    assert [one for one in running if one in after] == running
    later = [one for one in after if one not in running]
    assert all(crowd[0].pk not in one.parties for one in later)
    assert all(one.table != table.pk for one in later)
    told = {Representative.objects.get(registration__email=one).party_id for one in letters()}
    changed = {
        party
        for one in Meeting.objects.filter(changed_at=now)
        for party in one.seats.values_list("party", flat=True)
    }
    assert told == changed
    absent.refresh_from_db()
    assert absent.absent_from == market.slots.all()[1]
    assert table.closed.count() == 5


def test_two_who_are_free_meet_at_once(market, crowd, ana):
    slot = market.slots.last()
    made = meet_now(market, (crowd[0].pk, crowd[1].pk), slot, by=ana)
    assert made.table is not None
    with pytest.raises(Refused, match="not free"):
        meet_now(market, (crowd[0].pk, crowd[2].pk), slot, by=ana)
    MeetingSlot.objects.filter(pk=slot.pk).update(
        starts_at=timezone.now() - timedelta(hours=1), ends_at=timezone.now()
    )
    slot.refresh_from_db()
    with pytest.raises(Refused):
        meet_now(market, (crowd[2].pk, crowd[3].pk), slot, by=ana)


def test_meetings_stand_in_the_agenda(market, party, planned, ana, bruno):
    one, other = party("Ogniw", bruno), party("Foton")
    for first, second in ((one, other), (other, one)):
        Wish.objects.create(wisher=first, wished=second, strength="must")
    publish(planned(), expects=0, by=ana)
    (item,) = [each for each in agenda(bruno).items if each.kind == "meeting"]
    assert item.title == "Foton"
    assert item.room == "Table 1"
    assert item.is_chosen


# The desk ---------------------------------------------------------------------------------------


def test_the_desk_is_the_organisers(market, crowd, planned, as_person, ana, bruno):
    planned()
    for way in ("", "1/", "1/plan.json", "today/", "outcomes/", "1/print/parties.pdf"):
        assert as_person(ana).get(DESK + way).status_code == 200, way
        assert as_person(bruno).get(DESK + way).status_code == 404, way
        assert as_person().get(DESK + way).status_code == 302, way


def test_a_run_is_started_followed_and_stopped(market, crowd, as_person, ana):
    browser = as_person(ana)
    started = browser.post(DESK, {"seconds": "10", "newcomers": "0", "seed": "0"})
    assert started.url == f"{DESK}1/"
    page = browser.get(started.url)
    assert "about to begin" in page.content.decode()
    browser.post(f"{DESK}1/stop/")
    draft = Draft.objects.get()
    assert draft.stop_asked_at
    browser.post(f"{DESK}1/stop/")
    assert Draft.objects.get().stop_asked_at == draft.stop_asked_at
    unknown = browser.post(DESK, {"seconds": "10", "newcomers": "0", "follows": "77"})
    assert unknown.status_code == 422
    assert "There is no such draft to follow." in unknown.text
    assert Draft.objects.count() == 1
    wrong = browser.post(DESK, {"seconds": "7", "newcomers": "-1"})
    assert wrong.status_code == 422


def test_a_run_that_was_killed_says_so_and_what_is_published_stays(
    market, crowd, planned, as_person, ana
):
    publish(planned(), expects=0, by=ana)
    draft = begin_draft(market, Wanted(), by=ana)
    draft.marketplace = market
    start_planning(draft, by=ana)
    Draft.objects.filter(pk=draft.pk).update(state=DraftState.RUNNING)
    draft.job.state = JobState.FAILED
    draft.job.error = "The program was stopped."
    draft.job.save()
    said = as_person(ana).get(f"{DESK}2/").content.decode()
    assert "ended without a plan" in said
    assert "The program was stopped." in said
    assert Meeting.objects.filter(state=MeetingState.PLANNED).count() == 12


def test_publishing_twice_by_a_double_click_is_once(market, crowd, planned, as_person, ana):
    planned()
    browser = as_person(ana)
    for _ in range(2):
        browser.post(f"{DESK}1/publish/", {"expects": "0", "note": ""})
    assert Marketplace.objects.get().published_number == 1


def test_a_move_shows_what_goes_before_it_is_kept(market, crowd, planned, as_person, ana):
    draft = planned()
    one, *rest = timetable_of(draft.plan).meetings
    target = next(other for other in rest if other.slot != one.slot)
    browser = as_person(ana)
    way = f"{DESK}1/meetings/{one.meeting}/"
    asked = {"slot": target.slot, "table": target.table}
    shown = browser.get(way, asked).content.decode()
    assert "for it:" in shown
    kept = browser.post(way, {**asked, "keep": "1"})
    assert kept.url == f"{DESK}2/"
    out = browser.post(way, {"out": "1", "keep": "1"})
    assert out.url == f"{DESK}3/"
    assert Draft.objects.get(number=3).quality["held"] == 11
    assert browser.get(f"{DESK}1/meetings/999/").status_code == 404
    nonsense = browser.get(way, {"slot": "99", "table": "x"})
    assert nonsense.status_code == 200


def test_anyone_verifies_the_certificate(market, crowd, planned, as_person, ana):
    planned()
    browser = as_person(ana)
    event, plan = (browser.get(f"{DESK}1/{name}.json").content for name in ("event", "plan"))

    def verify(plan: bytes, event: bytes = event):
        return as_person().post(
            "/events/meetings/check/",
            {
                "event": SimpleUploadedFile("event.json", event),
                "plan": SimpleUploadedFile("plan.json", plan),
            },
        )

    assert "The plan is valid" in verify(plan).content.decode()
    marked = b"\xef\xbb\xbf"  # what some editors put before a text
    assert "The plan is valid" in verify(marked + plan, marked + event).content.decode()
    told = json.loads(plan)
    told["meetings"][0]["slot"] = told["meetings"][0]["slot"] + 1
    assert "not valid" in verify(json.dumps(told).encode()).content.decode()
    told = json.loads(plan)
    told["input"] = "0" * 64
    assert "another digest" in verify(json.dumps(told).encode()).content.decode()
    for broken in (b"", b"{}", b"\xff", b"[1]", b'{"meetings": "x"}'):
        assert verify(broken).status_code == 422
        assert verify(plan, broken).status_code == 422


def test_the_desk_asks_no_more_for_more_drafts(market, crowd, planned, as_person, ana):
    browser = as_person(ana)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert browser.get(DESK).status_code == 200
        return len(seen)

    planned()
    one = queries()
    planned()
    planned()
    assert queries() == one


def test_tables_of_a_draft_leave_the_house(market, crowd, planned, as_person, ana):
    draft = planned()
    browser = as_person(ana)
    rows = browser.get(f"{DESK}1/meetings.csv").content.decode().splitlines()
    assert len(rows) == 1 + len(whole(draft).plan.meetings)
    assert browser.get(f"{DESK}1/unmet.xlsx").status_code == 200
    assert browser.get(f"{DESK}1/secrets.csv").status_code == 404
    for kind in ("parties", "tables", "hours"):
        assert browser.get(f"{DESK}1/print/{kind}.pdf").content.startswith(b"%PDF")


def test_one_meeting_that_cannot_be_held_is_spoken_of_before_it_is_named(
    market, party, planned, as_person, ana
):
    one, other = party("Party A"), party("Party B")
    one.representatives.get().away.set(market.slots.all())
    PairRule.objects.create(first=one, second=other, ruling=Ruling.FORCE)
    assert planned().state == DraftState.INFEASIBLE
    page = as_person(ana).get(f"{DESK}1/").text
    assert "One meeting must be held, and those who would sit in it" in page
    assert "Party A – Party B" in page


@pytest.mark.parametrize("others", [7, 2])
def test_where_no_plan_keeps_all_rules_the_desk_says_why(
    market, party, planned, as_person, ana, others
):
    """Seven forced meetings have six slots; or three people who must meet each other have two."""
    centre = party("Party A")
    parties = [party(f"Party {letter}") for letter in "BCDEFGH"[:others]]
    pairs = [(centre, one) for one in parties]
    if others == 2:
        pairs.append((parties[0], parties[1]))
        market.slots.exclude(pk__in=market.slots.values("pk")[:2]).delete()
        wished, other = party("Party X"), party("Party Y")
        for one, two in ((wished, other), (other, wished)):
            Wish.objects.create(wisher=one, wished=two, strength="like")
    for first, second in pairs:
        PairRule.objects.create(first=first, second=second, ruling=Ruling.FORCE)
    draft = planned()
    assert draft.state == DraftState.INFEASIBLE
    assert draft.faults == []
    page = as_person(ana).get(f"/events/week/matchmaking/desk/meetings/{draft.number}/").text
    assert "No plan keeps all rules" in page
    assert "Party A – Party B" in page
    said = "Party A cannot hold all of these" if others == 7 else "must be held, and cannot all be"
    assert said in page
    assert "Without any one of them there is no clash." in page
    assert "Party X –" not in page
    with pytest.raises(Refused, match="holds no plan"):
        publish(draft, expects=0, by=ana)
