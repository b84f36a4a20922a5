"""What a draft is called, and what it does not bring back."""

from datetime import timedelta

import pytest
from django.utils import translation

from hanse.commons.post.models import Letter
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.actions.drafts import begin_draft, draft_by_hand, fix, moved
from hanse.meetings.actions.market import rule_pair
from hanse.meetings.actions.publishing import publish
from hanse.meetings.actions.repairing import Trouble, choose, meet_now, options_for
from hanse.meetings.actions.wishing import say, take_back
from hanse.meetings.models import Draft, Meeting, PublishedPlan, Wish
from hanse.meetings.queries.drafts import names_in, title_of
from hanse.meetings.queries.event_input import parties_of, plan_as_rows
from hanse.meetings.queries.standing import standing_meetings, standing_of
from hanse.meetings.rules.planning import Wanted

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DESK = "/events/week/matchmaking/desk/meetings/"


def pairs(market) -> set[frozenset[int]]:
    return {standing_of(one).parties for one in standing_meetings(market)}


def call_off_first(market) -> frozenset[int]:
    one = standing_meetings(market)[0]
    parties = standing_of(one).parties
    call_off(one, by=None)
    return parties


# What it is called -------------------------------------------------------------------------------


def test_a_draft_is_named_in_the_language_of_its_reader(market, crowd, planned, as_person, ana):
    draft = planned()
    meeting = timetable_of(draft.plan).meetings[0].meeting
    with translation.override("de"):
        as_person(ana).post(f"{DESK}1/meetings/{meeting}/", {"out": "1", "keep": "1"})
    made = Draft.objects.get(number=2)
    names = names_in(market)
    both = " – ".join(names[one] for one in sorted(parties_of(market_of(draft.input), meeting)))
    assert title_of(made, names) == f"by hand: {both}"
    with translation.override("fr"):
        said = title_of(made, names)
    assert said.startswith("à la main")
    assert said.endswith(both)
    browser = as_person(ana)
    for page in (DESK, f"{DESK}2/"):
        assert f"by hand: {both}" in browser.get(page).text


def test_a_repair_is_named_by_its_numbers(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    trouble = Trouble(absent=[crowd[0].representatives.get().pk])
    with translation.override("de"):
        found = options_for(market, trouble)
        choose(market, trouble, found.options[0].name, mark=found.mark, by=ana)
    made = Draft.objects.get(number=2)
    assert title_of(made, {}).startswith("Repair: ")
    with translation.override("fr"):
        assert not title_of(made, {}).startswith("Repair: ")


def test_what_somebody_typed_stays_as_typed(market, crowd, ana):
    draft = begin_draft(market, Wanted(), by=ana, title="Ohne Säle")
    with translation.override("fr"):
        assert title_of(draft, names_in(market)) == "Ohne Säle"


# What was called off since -----------------------------------------------------------------------


def test_publishing_does_not_bring_back_what_was_called_off(market, crowd, planned, as_person, ana):
    publish(planned(), expects=0, by=ana)
    later = planned()
    gone = call_off_first(market)
    browser = as_person(ana)
    page = browser.get(f"{DESK}{later.number}/").text
    names = names_in(market)
    assert "Publishing leaves that out." in page
    assert " – ".join(names[one] for one in sorted(gone)) in page
    said = browser.post(f"{DESK}{later.number}/publish/", {"expects": "1"}, follow=True).text
    both = " – ".join(names[one] for one in sorted(gone))
    assert f"1 meeting does not stand any more and is left out: {both} (called off)." in said
    assert gone not in pairs(market)
    assert Meeting.objects.filter(state="planned").count() == 11
    published = market.published.get(number=2)
    assert (len(published.content), len(published.left_out)) == (11, 1)
    # A new run is made of what is wished now, and may hold it again.
    publish(planned(), expects=2, by=ana)
    assert gone in pairs(market)


def test_a_change_by_hand_after_it_does_not_bring_it_back_either(market, crowd, planned, ana):
    draft = planned()
    publish(draft, expects=0, by=ana)
    gone = call_off_first(market)
    event = market_of(draft.input)
    other = next(
        one.meeting
        for one in timetable_of(draft.plan).meetings
        if parties_of(event, one.meeting) != gone
    )
    beside = draft_by_hand(draft, moved(draft, other, None, None), by=ana)
    assert len(publish(beside, expects=1, by=ana).left_out) == 1
    assert gone not in pairs(market)
    # What a plan dropped is another thing: going back brings it.
    publish(draft, expects=2, by=ana)
    assert parties_of(event, other) in pairs(market)
    assert gone not in pairs(market)


def test_what_was_fixed_and_called_off_is_fixed_no_more(market, crowd, planned, ana):
    draft = planned()
    publish(draft, expects=0, by=ana)
    first = standing_of(standing_meetings(market)[0]).parties
    fix(draft, first, on=True, by=ana)
    assert call_off_first(market) == first
    again = begin_draft(market, Wanted(), by=ana, follows=draft)
    assert sorted(first) not in again.wanted["fixed"]
    assert all(one.slot is None for one in market_of(again.input).meetings)


def test_who_called_off_and_meets_again_meets(market, crowd, planned, ana):
    publish(planned(), expects=0, by=ana)
    draft = planned()
    gone = call_off_first(market)
    slot = Meeting.objects.get(state="called_off").slot
    meet_now(market, tuple(gone), slot, by=ana)
    assert publish(draft, expects=1, by=ana).left_out == []
    assert gone in pairs(market)


# What was said since -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "says"),
    [
        ("forbidden", "(must not meet)"),
        ("declined", "(wished no more)"),
        ("taken_back", "(wished no more)"),
        ("away", "cannot then any more)"),
        ("absent", "cannot then any more)"),
    ],
)
@pytest.mark.parametrize("has_plan", [False, True])
def test_what_was_said_since_is_left_out(
    market, crowd, planned, as_person, ana, why, says, has_plan
):
    """In a first version, and where people have the meeting already and the draft keeps it."""
    draft = planned()
    if has_plan:
        publish(draft, expects=0, by=ana)
    one, other = crowd[0], crowd[1]
    pair = frozenset((one.pk, other.pk))
    row = next(
        row
        for row in plan_as_rows(market_of(draft.input), timetable_of(draft.plan).meetings)
        if row.parties == pair
    )
    person = one.representatives.get()
    if why == "forbidden":
        rule_pair(one, other, "forbid", "rivals", by=ana)
    elif why == "declined":
        say(one, other, "no", by=ana, by_organisers=True)
    elif why == "taken_back":
        take_back(other, one, by=ana, by_organisers=True)
    elif why == "away":
        person.away.add(row.slot)
    else:
        person.absent_from_id = row.slot
        person.save()
    browser = as_person(ana)
    names = " – ".join(names_in(market)[party] for party in sorted(pair))
    page = browser.get(f"{DESK}1/").text
    assert "Publishing leaves that out." in page
    assert names in page
    assert says in page
    expects = {"expects": str(int(has_plan))}
    said = browser.post(f"{DESK}1/publish/", expects, follow=True).text
    assert f"left out: {names}" in said
    assert "no thanks" not in said.lower()
    made = PublishedPlan.objects.get(number=1 + has_plan)
    assert sorted(pair) in [one["parties"] for one in made.left_out]
    assert pair not in pairs(market)


def test_a_draft_lacks_what_must_meet_since_and_is_published(
    market, crowd, planned, as_person, ana
):
    planned()
    one, other = crowd[0], crowd[3]
    rule_pair(one, other, "force", "", by=ana)
    browser = as_person(ana)
    page = browser.get(f"{DESK}1/").text
    assert "Must meet, and this draft does not hold it:" in page
    assert "Party A – Party D" in page
    browser.post(f"{DESK}1/publish/", {"expects": "0"})
    assert market.published.get().left_out == []


def test_what_began_stays_whatever_was_said_since(market, crowd, planned, ana):
    draft = planned()
    publish(draft, expects=0, by=ana)
    first = standing_meetings(market)[0]
    one, other = (seat.party for seat in first.seats.all())
    rule_pair(one, other, "forbid", "", by=ana)
    late = first.slot.starts_at + timedelta(minutes=1)
    made = publish(draft, expects=1, by=ana, now=late)
    assert made.left_out == []
    assert standing_of(first).parties in pairs(market)


def test_what_was_kept_without_a_wish_goes_only_where_it_is_forbidden_since(
    market, crowd, planned, ana
):
    """A repair keeps what people have; publishing its draft again keeps it as well."""
    publish(planned(), expects=0, by=ana)
    one, other = crowd[0], crowd[1]
    pair = frozenset((one.pk, other.pk))
    take_back(one, other, by=ana, by_organisers=True)
    Wish.objects.filter(wisher=other, wished=one).delete()
    trouble = Trouble(absent=[crowd[3].representatives.get().pk])
    found = options_for(market, trouble)
    made = choose(market, trouble, found.options[0].name, mark=found.mark, by=ana)
    assert pair in pairs(market)
    assert made.left_out == []
    rule_pair(one, other, "forbid", "", by=ana)
    again = publish(made.draft, expects=2, by=None)
    assert [one["why"] for one in again.left_out] == ["forbidden"]
    assert pair not in pairs(market)


def test_what_was_fixed_and_is_forbidden_is_planned_no_more(market, crowd, planned, ana):
    draft = planned()
    one, other = crowd[0], crowd[1]
    fix(draft, frozenset((one.pk, other.pk)), on=True, by=ana)
    rule_pair(one, other, "forbid", "", by=ana)
    again = market_of(begin_draft(market, Wanted(), by=ana, follows=draft).input)
    assert all(
        parties_of(again, number) != {one.pk, other.pk} for number in range(len(again.meetings))
    )


# Pressed twice -----------------------------------------------------------------------------------


def test_whoever_publishes_twice_is_done_once(market, crowd, planned, as_person, ana):
    planned()
    browser = as_person(ana)
    browser.post(f"{DESK}1/publish/", {"expects": "0"})
    letters = Letter.objects.count()
    said = browser.post(f"{DESK}1/publish/", {"expects": "0"}, follow=True).text
    assert "Version 1 is published." in said
    assert "meanwhile" not in said
    assert (market.published.count(), Letter.objects.count()) == (1, letters)


def test_a_move_that_is_kept_twice_is_one_draft(market, crowd, planned, as_person, ana):
    meeting = timetable_of(planned().plan).meetings[0].meeting
    browser = as_person(ana)
    for _press in range(2):
        kept = browser.post(f"{DESK}1/meetings/{meeting}/", {"out": "1", "keep": "1"})
        assert kept.url == f"{DESK}2/"
    assert Draft.objects.count() == 2
