"""What became of meetings: what nobody said is not known."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.kit.refusals import Refused
from hanse.meetings.actions.outcomes import ask_later, say_cooperation, say_outcome
from hanse.meetings.actions.publishing import publish
from hanse.meetings.models import Meeting, MeetingSlot, Outcome, Wish
from hanse.meetings.queries.funnel import outcomes_of
from hanse.meetings.words import MeetingState

pytestmark = pytest.mark.database


@pytest.fixture
def meeting(market, party, planned, ana, bruno) -> Meeting:
    one, other = party("Ogniw", bruno, is_newcomer=True), party("Foton")
    for first, second in ((one, other), (other, one)):
        Wish.objects.create(wisher=first, wished=second, strength="must")
    publish(planned(), expects=0, by=ana)
    return Meeting.objects.get()


def begin(meeting: Meeting) -> Meeting:
    now = timezone.now()
    MeetingSlot.objects.filter(pk=meeting.slot_id).update(
        starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1)
    )
    return Meeting.objects.select_related("slot").get(pk=meeting.pk)


def sides(meeting: Meeting):
    return [seat.party for seat in meeting.seats.order_by("party__name")]


def say(meeting, party, took_place, again=None, follow_up="", by=None):
    return say_outcome(
        meeting, party, took_place=took_place, again=again, follow_up=follow_up, by=by
    )


def test_before_it_began_nothing_is_said(meeting, bruno):
    with pytest.raises(Refused, match="not begun"):
        say(meeting, sides(meeting)[0], True, by=bruno)


def test_a_side_that_says_so_makes_it_held_and_of_two_who_differ_nobody_knows(meeting, bruno):
    meeting = begin(meeting)
    one, other = sides(meeting)
    say(meeting, one, True, True, "a visit", by=bruno)
    assert Meeting.objects.get().state == MeetingState.HELD
    say(meeting, other, False, by=bruno)
    told = outcomes_of(meeting.marketplace).funnel
    assert (told.held, told.missed, told.unknown) == (0, 0, 1)
    say(meeting, one, None, by=bruno)
    assert Meeting.objects.get().state == MeetingState.MISSED
    assert Outcome.objects.count() == 2


def test_half_a_year_later_each_is_asked_once(meeting, bruno):
    meeting = begin(meeting)
    event = meeting.marketplace.event
    event.first_day = event.last_day = timezone.localdate() - timedelta(days=200)
    event.save()
    Letter.objects.all().delete()
    assert ask_later() == 2
    assert ask_later() == 0
    assert Letter.objects.count() == 2
    one, other = sides(meeting)
    say_cooperation(meeting, one, "project", by=bruno)
    told = outcomes_of(meeting.marketplace).funnel
    assert (told.cooperating, told.confirmed.share, told.answered_later.share) == (1, 0.0, 0.5)
    say_cooperation(meeting, other, "agreement", by=bruno)
    assert outcomes_of(meeting.marketplace).funnel.confirmed.share == 1.0


def test_one_s_own_meeting_is_answered_on_its_page(meeting, as_person, ana, bruno):
    begin(meeting)
    way = f"/events/week/matchmaking/meetings/planned/{meeting.key}/"
    browser = as_person(bruno)
    assert "Foton" in browser.get(way).content.decode()
    browser.post(way, {"took_place": "yes", "again": "yes", "follow_up": "a visit in May"})
    assert Outcome.objects.get().follow_up == "a visit in May"
    browser.post(way, {"took_place": "perhaps"})
    assert Outcome.objects.get().took_place is True
    assert as_person(ana).get(way).status_code == 302  # she takes no part in them
    planned = browser.get("/events/week/matchmaking/meetings/planned/").content.decode()
    assert "You have one meeting" in planned


def test_whoever_cannot_come_calls_it_off(meeting, as_person, bruno):
    way = f"/events/week/matchmaking/meetings/planned/{meeting.key}/"
    Letter.objects.all().delete()
    as_person(bruno).post(way, {"call-off": "1"})
    assert Meeting.objects.get().state == MeetingState.CALLED_OFF
    assert Letter.objects.count() == 1
    assert "called off" in as_person(bruno).get(way).content.decode()


def test_the_groups_are_counted(meeting):
    found = outcomes_of(meeting.marketplace)
    newcomers = dict(next(one.rows for one in found.divisions if one.code == "newcomer"))
    assert newcomers["for the first time"].planned == 1
    assert newcomers["for the first time"].share == 1.0
    assert found.funnel.acceptance.share == 1.0
    assert found.funnel.per_party == 1.0
