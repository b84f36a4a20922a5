"""The day itself: slots that begin later, people who come after all, two who meet at once."""

from datetime import timedelta

import pytest

from hanse.commons.post.models import Letter
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.events.models import Place, Walk
from hanse.kit.refusals import Refused
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.actions.drafts import begin_draft, draft_by_hand, fix, moved
from hanse.meetings.actions.joining import leave
from hanse.meetings.actions.market import remove_slots, set_tables
from hanse.meetings.actions.publishing import publish
from hanse.meetings.actions.repairing import Trouble, choose, expect_again, meet_now, options_for
from hanse.meetings.models import (
    Draft,
    Marketplace,
    Meeting,
    MeetingSeat,
    PairRule,
    Representative,
    Wish,
)
from hanse.meetings.queries.drafts import whole
from hanse.meetings.queries.event_input import parties_of
from hanse.meetings.queries.meeting_now import places_in
from hanse.meetings.queries.standing import standing_meetings, standing_of
from hanse.meetings.rules.planning import Wanted

pytestmark = pytest.mark.database
DESK = "/events/week/matchmaking/desk/meetings/"


def test_whoever_meets_in_a_late_slot_is_told_of_the_hour(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    Letter.objects.all().delete()
    late = market.slots.filter(session=0).last()  # a lunch follows
    seats = MeetingSeat.objects.filter(slot=late)
    them = set(seats.values_list("representative__registration__email", flat=True))
    trouble = Trouble(late=((late.pk, 10),))
    now = market.slots.first().starts_at - timedelta(minutes=5)
    found = options_for(market, trouble, now=now)
    assert [one.moved for one in found.options] == [()]
    choose(market, trouble, "still", mark=found.mark, by=ana, now=now)
    was = late.starts_at
    late.refresh_from_db()
    assert late.starts_at == was + timedelta(minutes=10)
    assert set(Letter.objects.values_list("to", flat=True)) == them
    assert set(Meeting.objects.filter(slot=late).values_list("revision", flat=True)) == {2}


def test_a_slot_that_runs_into_the_next_is_lost(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    first = market.slots.first()
    trouble = Trouble(late=((first.pk, 10),))
    now = first.starts_at - timedelta(minutes=5)
    found = options_for(market, trouble, now=now)
    choose(market, trouble, found.options[-1].name, mark=found.mark, by=ana, now=now)
    first.refresh_from_db()
    assert first.removed_at is not None
    assert all(one.slot_id != first.pk for one in standing_meetings(market))


def test_somebody_who_was_missing_comes_after_all(market, crowd, planned, as_person, ana):
    publish(planned(), expects=0, by=ana)
    one = crowd[0].representatives.get()
    Representative.objects.filter(pk=one.pk).update(absent_from=market.slots.first())
    browser = as_person(ana)
    assert "Is here after all" in browser.get(f"{DESK}today/").text
    browser.post(f"{DESK}today/back/", {"back": one.pk})
    browser.post(f"{DESK}today/back/", {"back": one.pk})
    one.refresh_from_db()
    assert one.absent_from is None
    assert expect_again(market, [10**9], by=ana) == 0
    assert browser.post(f"{DESK}today/back/", {"back": "9" * 400}).status_code == 302


def test_at_once_only_by_the_rules(market, crowd, ana, as_person):
    slot, (a, b, c, d, *_rest) = market.slots.last(), crowd
    browser = as_person(ana)
    for first, second in ((a.pk, a.pk), (a.pk, 10**9), ("", "x")):
        told = {"first": first, "second": second, "slot": slot.pk}
        assert browser.post(f"{DESK}today/meet/", told).status_code in (302, 404)
    PairRule.objects.create(first=a, second=b, ruling="forbid")
    with pytest.raises(Refused, match="not free"):
        meet_now(market, (a.pk, b.pk), slot, by=ana)
    with pytest.raises(Refused, match="not free"):
        meet_now(market, (a.pk, d.pk), slot, by=ana)  # nobody of them wished it
    assert (a.pk, c.pk) in places_in(market, slot, [(a.pk, c.pk)])
    market.most_meetings = 1
    market.save()
    meet_now(market, (a.pk, c.pk), market.slots.filter(session=1).first(), by=ana)
    assert places_in(market, slot, [(a.pk, b.pk), (c.pk, d.pk)]) == {}


def test_what_met_at_once_stays_in_what_is_planned_and_repaired(market, crowd, planned, ana):
    a, d = crowd[0], crowd[3]
    Wish.objects.create(wisher=a, wished=d, strength="like")  # waits for an answer
    slot = market.slots.last()
    made = meet_now(market, (d.pk, a.pk), slot, by=ana)
    with pytest.raises(Refused):
        meet_now(market, (a.pk, d.pk), market.slots.first(), by=ana)
    publish(planned(), expects=0, by=ana)
    made.refresh_from_db()
    assert (made.slot_id, made.is_locked) == (slot.pk, True)
    trouble = Trouble(absent=[crowd[1].representatives.get().pk])
    now = market.slots.first().starts_at - timedelta(minutes=5)
    found = options_for(market, trouble, now=now)
    choose(market, trouble, "still", mark=found.mark, by=ana, now=now)
    made.refresh_from_db()
    assert (made.slot_id, made.is_locked) == (slot.pk, True)
    assert frozenset((a.pk, d.pk)) in [
        standing_of(one).parties for one in standing_meetings(market)
    ]


def test_a_draft_whose_tables_went_is_shown_and_not_published(
    market, crowd, planned, as_person, ana
):
    planned()
    set_tables(market, 1, None, by=ana)
    set_tables(market, 2, None, by=ana)
    remove_slots(market, [market.slots.first()], by=ana)
    browser = as_person(ana)
    for way in ("1/", "1/print/tables.pdf", "1/meetings.csv", "1/meetings/0/"):
        assert browser.get(DESK + way).status_code == 200, way
    assert "cannot be published" in browser.get(f"{DESK}1/").text
    with pytest.raises(Refused, match="not there any more"):
        publish(Draft.objects.get(), expects=0, by=ana)
    assert browser.post(f"{DESK}1/publish/", {"expects": "0"}).status_code == 302


def test_a_run_that_is_not_done_can_neither_be_fixed_nor_moved(market, crowd, as_person, ana):
    begin_draft(market, Wanted(), by=ana)
    browser = as_person(ana)
    assert browser.post(f"{DESK}1/meetings/0/fix/", {"on": "1"}).status_code == 404
    assert browser.get(f"{DESK}1/meetings/0/").status_code == 404


def test_reasons_are_found_anew_after_a_move_by_hand(market, crowd, planned, ana):
    draft = planned()
    gone = moved(draft, 0, None, None)
    made = draft_by_hand(draft, gone, title="without", by=ana)
    (unmet,) = whole(made).unmet
    assert unmet.meeting == 0
    assert made.faults == []
    assert whole(made).plan.unscheduled[0].reason in ("displaces_heavier", "not_proven")


def test_why_a_place_is_none_is_said_in_words(market, crowd, planned, as_person, ana):
    planned()
    crowd[0].representatives.get().away.add(market.slots.first())
    crowd[0].table = market.tables.last()
    crowd[0].save()
    planned()
    page = as_person(ana).get(f"{DESK}2/meetings/0/", {"slot": "0", "table": "0"}).text
    assert "Party A is not free then" in page
    assert "Party A hosts all meetings at table 2" in page


def test_a_move_that_is_refused_names_what_is_in_the_way(market, crowd, planned, as_person, ana):
    one, other = crowd[0], crowd[3]
    PairRule.objects.create(first=one, second=other, ruling="force")
    draft = planned()
    event, plan = market_of(draft.input), timetable_of(draft.plan)
    pairs = {parties_of(event, held.meeting): held for held in plan.meetings}
    forced = pairs[frozenset((one.pk, other.pk))]
    number = next(
        held.meeting for pair, held in pairs.items() if one.pk in pair and other.pk not in pair
    )
    browser = as_person(ana)
    way, asked = f"{DESK}1/meetings/{number}/", {"slot": forced.slot, "table": forced.table}
    page = browser.get(way, asked).text
    assert "Party A – Party D: these must meet, and do so then" in page
    assert "a rule of the event" not in page
    publish(draft, expects=0, by=ana)
    met = {standing_of(each).parties: each for each in standing_meetings(market)}
    call_off(met[frozenset((one.pk, other.pk))], by=ana)
    page = browser.get(way, asked).text
    assert "Party A – Party D (called off): these must meet" in page


def test_a_way_that_is_too_long_is_named_for_a_move(market, crowd, planned, as_person, ana):
    places = [Place.objects.create(name=name) for name in ("Hall", "Harbour")]
    for table, place in zip(market.tables.all(), places, strict=True):
        table.place = place
        table.save()
    Walk.objects.create(first=places[0], second=places[1], minutes=20)
    draft = planned()
    plan = timetable_of(draft.plan)
    texts = []
    for one in plan.meetings:
        asked = {"slot": one.slot, "table": 1 - one.table}
        texts.append(as_person(ana).get(f"{DESK}1/meetings/{one.meeting}/", asked).text)
    assert any("a way of 20 min, and 0 min for it" in text for text in texts)
    assert not any("a rule of the event" in text for text in texts)


def test_what_is_fixed_is_listed(market, crowd, planned, as_person, ana):
    draft = planned()
    fix(draft, frozenset((crowd[0].pk, crowd[1].pk)), on=True, by=ana)
    assert "One meeting is fixed" in as_person(ana).get(f"{DESK}1/").text


def test_going_back_marks_the_version_that_serves(market, crowd, planned, as_person, ana):
    first, second = planned(), planned(fairness=3)
    for expects, draft in enumerate((first, second, first)):
        publish(draft, expects=expects, by=ana)
    page = as_person(ana).get(DESK).text
    assert page.count("published</span>") == 1
    assert "was version 2" in page
    assert "was version 1" not in page


def test_a_letter_says_what_is_new_and_what_went(market, crowd, planned, ana):
    draft = planned()
    without = draft_by_hand(draft, moved(draft, 0, None, None), by=ana)
    publish(without, expects=0, by=ana)
    Letter.objects.all().delete()
    publish(draft, expects=1, by=ana)
    assert all("· new" in one.text for one in Letter.objects.all())
    assert Letter.objects.count() == 2
    Letter.objects.all().delete()
    publish(without, expects=2, by=ana)
    assert all("No longer planned: Party" in one.text for one in Letter.objects.all())


def soon(market):
    return market.slots.first().starts_at - timedelta(minutes=5)


def repaired(market, trouble, by, option="still"):
    found = options_for(market, trouble, now=soon(market))
    return choose(market, trouble, option, mark=found.mark, by=by, now=soon(market))


def test_a_repair_keeps_what_nobody_wishes_any_more(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    pair = standing_of(standing_meetings(market)[-1]).parties
    Wish.objects.filter(wisher__in=pair, wished__in=pair).delete()
    repaired(market, Trouble(slots=[market.slots.first().pk]), ana)
    assert pair in [standing_of(one).parties for one in standing_meetings(market)]


def test_booked_meetings_are_repaired_and_not_planned(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    Wish.objects.all().delete()
    Marketplace.objects.update(way="booking")
    market.refresh_from_db()
    with pytest.raises(Refused, match="book their meetings themselves"):
        begin_draft(market, Wanted(), by=ana)
    repaired(market, Trouble(absent=[crowd[0].representatives.get().pk]), ana)
    left = [standing_of(one).parties for one in standing_meetings(market)]
    assert len(left) == 8
    assert all(crowd[0].pk not in one for one in left)


def test_whoever_left_after_their_meeting_blocks_nothing(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    first = market.slots.first()
    met = next(one for one in standing_meetings(market) if one.slot_id == first.pk)
    party = met.seats.first().party
    now = first.starts_at + timedelta(minutes=1)
    party.left_at = now
    party.save()
    trouble = Trouble(tables=[market.tables.last().pk])
    found = options_for(market, trouble, now=now)
    choose(market, trouble, "still", mark=found.mark, by=ana, now=now)
    met.refresh_from_db()
    assert (met.state, met.slot_id) == ("planned", first.pk)


def test_what_must_be_held_does_not_block_a_repair(market, crowd, planned, ana):
    a, b = crowd[0], crowd[1]
    PairRule.objects.create(first=a, second=b, ruling="force")
    publish(planned(), expects=0, by=ana)
    made = next(
        one for one in standing_meetings(market) if standing_of(one).parties == {a.pk, b.pk}
    )
    Meeting.objects.filter(pk=made.pk).update(is_locked=True)
    repaired(market, Trouble(absent=[a.representatives.get().pk]), ana)
    made.refresh_from_db()
    assert made.state == "called_off"


def test_what_a_participant_changes_later_does_not_block_a_repair(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    part = crowd[2].representatives.get()
    part.is_online, part.most_meetings = True, 1
    part.save()
    crowd[3].table = market.tables.last()
    crowd[3].save()
    repaired(market, Trouble(absent=[crowd[0].representatives.get().pk]), ana)
    for half_day in (0, 1):
        seats = MeetingSeat.objects.filter(representative=part, slot__session=half_day)
        assert seats.count() <= 1
    hosted = Meeting.objects.filter(seats__party=crowd[3], seats__slot__isnull=False)
    assert set(hosted.values_list("table", flat=True)) <= {crowd[3].table_id, None}


def test_a_delay_does_not_run_into_the_next_half_day(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    last, lunch_ends = market.slots.filter(session=0).last(), market.slots.filter(session=1).first()
    minutes = int((lunch_ends.starts_at - last.starts_at).total_seconds() // 60)
    repaired(market, Trouble(late=((last.pk, minutes),)), ana)
    last.refresh_from_db()
    assert last.removed_at is not None


def test_nothing_is_planned_into_what_has_begun(market, crowd, planned, ana):
    first = market.slots.first()
    draft = planned()
    now = first.starts_at + timedelta(minutes=1)
    with pytest.raises(Refused, match="have begun"):
        publish(draft, expects=0, by=ana, now=now)


def test_an_older_draft_leaves_what_was_arranged_since(market, crowd, planned, ana):
    a, d = crowd[0], crowd[3]
    Wish.objects.create(wisher=a, wished=d, strength="like")
    draft = planned()
    made = meet_now(market, (a.pk, d.pk), market.slots.last(), by=ana)
    rival = next(
        one.meeting
        for one in whole(draft).plan.meetings
        if a.pk in parties_of(whole(draft).market, one.meeting)
    )
    last = len(whole(draft).market.slots) - 1
    beside = draft_by_hand(draft, moved(draft, rival, last, 1), by=ana)
    Draft.objects.filter(pk=beside.pk).update(made_at=draft.made_at)
    beside.refresh_from_db()
    with pytest.raises(Refused, match="stand in the way"):
        publish(beside, expects=0, by=ana)
    made.refresh_from_db()
    assert made.state == "planned"


def test_colleagues_do_not_read_each_others_meetings_as_gone(
    market, crowd, planned, registered, ana
):
    draft = planned()
    Representative.objects.create(party=crowd[0], registration=registered(None))
    publish(draft, expects=0, by=ana)
    Letter.objects.all().delete()
    publish(draft_by_hand(draft, moved(draft, 0, None, None), by=ana), expects=1, by=ana)
    for one in Letter.objects.all():
        assert one.text.count("No longer planned") == 1
        assert one.text.split("No longer planned:")[1].splitlines()[0].count("Party") == 1


def test_whoever_takes_over_a_meeting_hears_of_it(market, crowd, planned, registered, ana):
    publish(planned(), expects=0, by=ana)
    first = crowd[0].representatives.get()
    colleague = Representative.objects.create(party=crowd[0], registration=registered(None))
    Letter.objects.all().delete()
    leave(first, by=ana)
    assert MeetingSeat.objects.filter(representative=colleague).count() == 4
    (letter,) = Letter.objects.all()
    assert letter.to == colleague.registration.email
    assert "4 of their meetings" in letter.text
    assert set(
        Meeting.objects.filter(seats__representative=colleague).values_list("revision", flat=True)
    ) == {2}
