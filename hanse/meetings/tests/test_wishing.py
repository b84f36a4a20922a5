"""Who takes part, what they say of each other, what becomes of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hanse.directory.models import Administrator, Organisation
from hanse.events.actions.registration import cancel
from hanse.events.models import Booking
from hanse.kit.refusals import Refused
from hanse.meetings.access import own_party
from hanse.meetings.actions.joining import change_part, forget_person, join, leave
from hanse.meetings.actions.wishing import answer, say, set_ready, take_back
from hanse.meetings.models import (
    Meeting,
    MeetingSeat,
    PairRule,
    Party,
    Representative,
    Wish,
)
from hanse.meetings.queries.market import between_of, quota_of
from hanse.meetings.queries.pairs import market_pairs, pairs_of
from hanse.meetings.queries.wishes import wishes_of
from hanse.meetings.words import MeetingState, Ruling, Standing

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def refusal_of(call, *args, **named) -> str:
    with pytest.raises(Refused) as no:
        call(*args, **named)
    return no.value.refusal.code


@pytest.fixture
def ogniw(db, bruno) -> Organisation:
    one = Organisation.objects.create(
        slug="ogniw", kind="cluster", state="published", name="Ogniw", country="PL"
    )
    Administrator.objects.create(organisation=one, person=bruno, since=timezone.now())
    return one


# Take part ---------------------------------------------------------------------------------------


def test_one_press_takes_part_for_ones_organisation(market, registered, bruno, ogniw):
    mine = registered(bruno, organisation=ogniw, organisation_name="Ogniw", is_newcomer=True)
    first = join(market, mine, by=bruno)
    assert join(market, mine, by=bruno) == first
    party = Party.objects.get()
    assert (party.organisation, party.name, party.country) == (ogniw, "Ogniw", "PL")
    assert party.is_newcomer
    assert own_party(bruno, market) == party


def test_a_second_person_of_the_house_joins_and_a_stranger_does_not(
    market, registered, bruno, carla, ana, ogniw
):
    bruno.email = "bruno@ogniw.example"
    bruno.save()
    join(market, registered(bruno, organisation=ogniw, organisation_name="Ogniw"), by=bruno)
    carla.email = "carla@ogniw.example"
    carla.save()
    join(market, registered(carla, organisation=ogniw, organisation_name="Ogniw"), by=carla)
    assert Party.objects.get().representatives.count() == 2
    # Whoever only types the name speaks for themselves.
    join(market, registered(ana, organisation=ogniw, organisation_name="Ogniw"), by=ana)
    assert own_party(ana, market).organisation is None
    assert Party.objects.count() == 2


def test_without_a_seat_nobody_takes_part(market, registered, bruno):
    waiting = registered(bruno, state="waiting")
    assert refusal_of(join, market, waiting, by=bruno) == "no_seat"
    assert not Party.objects.exists()


def test_a_workshop_that_was_booked_is_kept_free(market, registered, session, bruno):
    mine = registered(bruno)
    workshop = session("Workshop", "10:00", "10:30", needs_booking=True)
    Booking.objects.create(registration=mine, session=workshop, state="confirmed", number=1)
    part = join(market, mine, by=bruno)
    hours = [f"{one.starts_at:%M}" for one in part.away.all()]
    assert hours == ["00", "25"]


def test_leaving_calls_meetings_off_or_hands_them_over(market, party, registered, bruno, ana):
    one, other = party("One", bruno), party("Other")
    slot, table = market.slots.first(), market.tables.first()
    meeting = Meeting.objects.create(marketplace=market, slot=slot, table=table)
    for side in (one, other):
        MeetingSeat.objects.create(
            meeting=meeting, party=side, representative=side.representatives.get(), slot=slot
        )
    colleague = Representative.objects.create(party=one, registration=registered(ana))
    leave(one.representatives.get(registration__person=bruno), by=bruno)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    assert meeting.seats.get(party=one).representative == colleague
    # The registration is cancelled: the last one goes, and the other side is told.
    cancel(colleague.registration, by=ana)
    meeting.refresh_from_db()
    one.refresh_from_db()
    assert meeting.state == MeetingState.CALLED_OFF
    assert not meeting.seats.filter(slot__isnull=False).exists()
    assert one.left_at is not None
    # Somebody who left comes back with what they had.
    colleague.registration.state = "confirmed"
    colleague.registration.save()
    join(market, colleague.registration, by=ana)
    one.refresh_from_db()
    assert one.left_at is None


def test_nobody_takes_over_a_meeting_during_a_workshop_of_theirs(
    market, party, registered, session, bruno, ana
):
    one, other = party("One", bruno), party("Other")
    slot = market.slots.first()
    meeting = Meeting.objects.create(marketplace=market, slot=slot, table=market.tables.first())
    for side in (one, other):
        MeetingSeat.objects.create(
            meeting=meeting, party=side, representative=side.representatives.get(), slot=slot
        )
    busy = Representative.objects.create(party=one, registration=registered(ana))
    workshop = session("Workshop", "10:00", "10:30", needs_booking=True)
    Booking.objects.create(
        registration=busy.registration, session=workshop, state="confirmed", number=1
    )
    leave(one.representatives.get(registration__person=bruno), by=bruno)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED_OFF


def test_whoever_cannot_hears_of_the_meetings_they_have(market, party, bruno):
    one, other = party("One", bruno), party("Other")
    slot = market.slots.first()
    meeting = Meeting.objects.create(marketplace=market, slot=slot, table=market.tables.first())
    part = one.representatives.get()
    MeetingSeat.objects.create(meeting=meeting, party=one, representative=part, slot=slot)
    MeetingSeat.objects.create(
        meeting=meeting, party=other, representative=other.representatives.get(), slot=slot
    )
    taken = change_part(
        part, by=bruno, is_online=False, away=list(market.slots.all()[:2]), most_meetings=2
    )
    assert taken == [slot]
    assert part.away.count() == 2


# Wishes ------------------------------------------------------------------------------------------


def test_two_presses_are_one_wish(market, party, bruno):
    one, other = party("One", bruno), party("Other")
    for _press in range(2):
        say(one, other, "must", "Batteries", by=bruno)
    wish = Wish.objects.get()
    assert (wish.strength, wish.says) == ("must", "Batteries")
    say(one, other, "like", "Batteries", by=bruno)
    assert Wish.objects.get().strength == "like"
    assert not MeetingSeat.objects.exists()


def test_limits_refuse_and_say_what_would_do(market, party, bruno):
    market.most_wishes, market.most_musts = 2, 1
    market.save()
    one = party("One", bruno)
    first, second, third = party("A"), party("B"), party("C")
    say(one, first, "must", by=bruno)
    assert refusal_of(say, one, second, "must", by=bruno) == "too_many_musts"
    say(one, second, "like", by=bruno)
    assert refusal_of(say, one, third, "like", by=bruno) == "too_many_wishes"
    # What is said already may be said otherwise, and the organisers are bound by nothing.
    say(one, first, "like", by=bruno)
    say(one, second, "must", by=bruno)
    say(one, third, "like", by=bruno, by_organisers=True)
    assert refusal_of(say, one, one, "like", by=bruno) == "oneself"


def test_after_the_deadline_only_answers_are_taken(market, party, bruno):
    one, other, third = party("One", bruno), party("Other"), party("Third")
    say(other, one, "like", by=None)
    market.wishes_until = timezone.now() - timedelta(hours=1)
    market.save()
    assert refusal_of(say, one, third, "like", by=bruno) == "wishes_ended"
    answer(one, other, accepts=True, by=bruno)
    market.answers_until = timezone.now() - timedelta(minutes=1)
    market.save()
    assert refusal_of(say, one, third, "no", by=bruno) == "answers_ended"


def test_a_no_is_never_seen_by_the_other_side(market, party, bruno, ana):
    one, other, silent = party("One", bruno), party("Other", ana), party("Silent")
    say(other, one, "no", by=ana)
    say(one, other, "like", by=bruno)
    say(one, silent, "like", by=bruno)
    # Nothing tells the two apart.
    seen = between_of(one, market)
    assert seen[other.pk].standing == seen[silent.pk].standing == Standing.WAITS
    assert seen[other.pk].theirs is None
    assert seen[silent.pk].theirs is None
    assert quota_of(other).waiting == 0
    # An answer is seen, without its reason.
    answer(silent, one, accepts=False, by=None)
    assert between_of(one, market)[silent.pk].standing == Standing.NO_MEETING
    market.answers_until = timezone.now() - timedelta(minutes=1)
    seen = between_of(one, market)
    assert {seen[other.pk].standing, seen[silent.pk].standing} == {Standing.NO_MEETING}


def test_an_answer_does_not_lessen_ones_own_wish(market, party):
    one, other = party("One"), party("Other")
    say(one, other, "must", by=None)
    say(other, one, "like", by=None)
    answer(one, other, accepts=True, by=None)
    assert Wish.objects.get(wisher=one).strength == "must"
    assert between_of(one, market)[other.pk].standing == Standing.BOTH


def test_taken_back_takes_what_accepted_it_along(market, party):
    one, other = party("One"), party("Other")
    say(one, other, "like", by=None)
    answer(other, one, accepts=True, by=None)
    take_back(one, other, by=None)
    take_back(one, other, by=None)
    assert not Wish.objects.exists()


def test_ones_wishes_are_sorted_by_how_they_stand(market, party, bruno):
    one = party("One", bruno)
    others = [party(name) for name in "ABCDE"]
    say(one, others[0], "like", by=bruno)
    answer(others[0], one, accepts=True, by=None)
    say(one, others[1], "must", by=bruno)
    say(one, others[2], "like", by=bruno)
    answer(others[2], one, accepts=False, by=None)
    say(one, others[3], "no", by=bruno)
    say(others[4], one, "like", by=None)
    found = wishes_of(one, market)
    names = {
        where: [line.party.name for line in getattr(found, where)]
        for where in ("both", "waits", "no_meeting", "noes", "to_answer")
    }
    assert names == {
        "both": ["A"], "waits": ["B"], "no_meeting": ["C"], "noes": ["D"], "to_answer": ["E"],
    }  # fmt: skip


def test_complete_is_said_once_and_taken_back(market, party, bruno):
    one = party("One", bruno)
    set_ready(one, is_ready=True, by=bruno)
    one.refresh_from_db()
    assert one.ready_at is not None
    set_ready(one, is_ready=False, by=bruno)
    one.refresh_from_db()
    assert one.ready_at is None


# Pairs -------------------------------------------------------------------------------------------


def test_pairs_are_what_both_want_and_what_is_forced(market, party, django_assert_num_queries):
    a, b, c, d, e, gone = (party(name) for name in ("A", "B", "C", "D", "E", "Gone"))
    for wisher, wished, strength in (
        (a, b, "must"), (b, a, "must"), (a, c, "like"), (c, a, "accept"), (a, d, "must"),
        (d, a, "no"), (b, c, "like"), (b, e, "like"), (e, b, "like"), (a, gone, "like"),
        (gone, a, "like"),
    ):  # fmt: skip
        say(wisher, wished, strength, by=None)
    gone.left_at = timezone.now()
    gone.save()
    PairRule.objects.create(first=c, second=d, ruling=Ruling.FORCE)
    PairRule.objects.create(first=b, second=e, ruling=Ruling.FORBID, why="They know each other")
    PairRule.objects.create(first=a, second=d, ruling=Ruling.FORCE)
    with django_assert_num_queries(3):
        found = market_pairs(market)
    planned = {(one.first, one.second): one for one in found.planned}
    assert {key: one.weight for key, one in planned.items()} == {
        (a.pk, b.pk): 9, (a.pk, c.pk): 3, (c.pk, d.pk): 9,
    }  # fmt: skip
    assert planned[c.pk, d.pk].mandatory
    assert planned[a.pk, c.pk].strengths == ("like", "accept")
    assert [one.forbidden for one in found.forbidden] == ["They know each other"]
    assert [(one.first, one.second) for one in found.waiting] == [(b.pk, c.pk)]
    assert found.declined == 1
    assert pairs_of(market) == list(found.planned)


def test_of_an_erased_person_nothing_stays_that_says_who(market, party, bruno):
    one, other = party("Bruno Weiß", bruno, about="I make valves"), party("Other")
    say(one, other, "like", "Valves, as we said", by=bruno)
    forget_person(bruno)
    one.refresh_from_db()
    assert "Bruno" not in one.name
    assert one.about == ""
    assert one.left_at is not None
    assert Wish.objects.get().says == ""
    assert not one.representatives.exists()
