"""What a draft is called, and what it does not bring back."""

import pytest
from django.utils import translation

from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.actions.drafts import begin_draft, draft_by_hand, fix, moved
from hanse.meetings.actions.publishing import publish
from hanse.meetings.actions.repairing import Trouble, choose, meet_now, options_for
from hanse.meetings.models import Draft, Meeting
from hanse.meetings.queries.drafts import left_out, names_in, title_of
from hanse.meetings.queries.event_input import parties_of
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
    assert "This draft does not bring that back." in page
    assert " – ".join(names[one] for one in sorted(gone)) in page
    said = browser.post(f"{DESK}{later.number}/publish/", {"expects": "1"}, follow=True).text
    assert "1 meeting that was called off since this draft was made is left out." in said
    assert gone not in pairs(market)
    assert Meeting.objects.filter(state="planned").count() == 11
    published = market.published.get(number=2)
    assert (len(published.content), left_out(published)) == (11, 1)
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
    assert left_out(publish(beside, expects=1, by=ana)) == 1
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
    assert left_out(publish(draft, expects=1, by=ana)) == 0
    assert gone in pairs(market)
