"""Where participants book themselves nothing is offered that the planner would not plan."""

import random
from contextlib import suppress
from datetime import timedelta
from itertools import combinations

import pytest
from django.utils import timezone

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.timetable import Status, Timetable
from hanse.events.models import Booking, Part, Place, Speaker, Walk
from hanse.kit.refusals import Refused
from hanse.meetings.actions.booking import answer_request, ask_for_slot
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.models import Meeting, MeetingSeat, Representative
from hanse.meetings.queries.booking import free_slots
from hanse.meetings.queries.event_input import market_of, rows_of
from hanse.meetings.queries.meeting_now import places_in
from hanse.meetings.queries.standing import standing_meetings
from hanse.meetings.rules.planning import Wanted

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def booking(market):
    market.way = "booking"
    market.save()
    return market


@pytest.fixture
def slots(booking):
    return list(booking.slots.all())


def free(market, one, other) -> list:
    return [found.slot for found in free_slots(market, one, other).free]


def refusal_of(call, *args, **named) -> str:
    with pytest.raises(Refused) as no:
        call(*args, **named)
    return no.value.refusal.code


def meet(one, other, slot) -> Meeting:
    asked = ask_for_slot(one, other, slot, by=None)
    meeting = answer_request(asked, accepts=True, by=None).meeting
    assert meeting is not None
    return meeting


def faults(market) -> tuple[str, ...]:
    """What the checker has against the meetings that people have, as the event's own input."""
    told = market_of(rows_of(market, locked=False), Wanted())
    assert len(told.published) == Meeting.objects.exclude(state="called_off").count()
    plan = Timetable(Status.FEASIBLE, meetings=told.published)
    return tuple(map(str, check(told, plan).faults))


def test_a_talk_of_ones_own_and_a_workshop_booked_later_take_slots_away(
    booking, slots, party, session, event
):
    one, other = party("One"), party("Other")
    assert free(booking, one, other) == slots
    talk, workshop = session("Talk", "10:00", "10:20"), session("Workshop", "14:30", "15:00")
    asked = ask_for_slot(one, other, slots[0], by=None)
    mine, theirs = one.representatives.get(), other.representatives.get()
    speaker = Speaker.objects.create(event=event, name="One", email=mine.registration.email)
    Part.objects.create(session=talk, speaker=speaker)
    Booking.objects.create(
        registration=theirs.registration, session=workshop, state="confirmed", number=1
    )
    assert free(booking, one, other) == [slots[1], slots[2], slots[3]]
    # The answer asks again.
    assert refusal_of(answer_request, asked, accepts=True, by=None) == "slot_not_free"
    assert not Meeting.objects.exists()


def test_no_more_meetings_in_a_row_than_the_event_allows(booking, slots, party):
    booking.most_in_a_row = 1
    booking.save()
    one, others = party("One"), [party(name) for name in "ABC"]
    early, late = (
        ask_for_slot(one, other, slot, by=None)
        for other, slot in zip(others, slots[:2], strict=False)
    )
    answer_request(early, accepts=True, by=None)
    assert refusal_of(answer_request, late, accepts=True, by=None) == "slot_not_free"
    # Over lunch nothing is in a row: slots 2 and 3 are two sessions.
    assert free(booking, one, others[2]) == slots[2:]
    meet(one, others[2], slots[2])
    assert free(booking, one, others[1]) == slots[3:]


def test_nobody_is_asked_where_they_cannot_walk_to_in_time(booking, slots, party):
    places = [Place.objects.create(name=name) for name in ("Hall", "Harbour")]
    for table, place in zip(booking.tables.all(), places, strict=True):
        table.place = place
        table.save()
    hosts = [party(str(table), table=table) for table in booking.tables.all()]
    guest = party("Guest")
    Walk.objects.create(first=places[0], second=places[1], minutes=10)
    meet(guest, hosts[0], slots[1])
    assert free(booking, guest, hosts[1]) == slots[3:]
    Walk.objects.update(minutes=0)
    assert free(booking, guest, hosts[1]) == [slots[0], *slots[2:]]


def test_two_hosts_have_no_table_in_common(booking, party):
    one, other = (party(str(table), table=table) for table in booking.tables.all())
    assert free(booking, one, other) == []


def test_two_who_ask_each_other_meet_once(booking, slots, party):
    one, other = party("One"), party("Other")
    mine = ask_for_slot(one, other, slots[0], by=None)
    theirs = ask_for_slot(other, one, slots[1], by=None)
    answer_request(mine, accepts=True, by=None)
    assert refusal_of(answer_request, theirs, accepts=True, by=None) == "request_ended"
    assert theirs.state == "waiting"  # as it was read before; the row has ended
    theirs.refresh_from_db()
    assert theirs.state == "withdrawn"


def test_the_desk_counts_what_people_have_and_nobody_wishes(market, slots, party):
    one, other, third = party("One"), party("Other"), party("Third")
    meet(one, other, slots[0])
    market.way = "plan"
    market.save()
    assert places_in(market, slots[0], [(one.pk, third.pk)]) == {}
    assert places_in(market, slots[1], [(one.pk, third.pk)])[one.pk, third.pk].table is not None


@pytest.mark.parametrize("seed", range(8))
def test_every_meeting_that_is_booked_passes_the_checker(
    seed, booking, slots, party, registered, session
):
    """Events with every rule that booking can break, and whatever is asked of them."""
    draw = random.Random(seed)  # noqa: S311  a repeatable event
    places = [Place.objects.create(name=name) for name in ("Hall", "Harbour")]
    Walk.objects.create(first=places[0], second=places[1], minutes=draw.choice((0, 5, 30)))
    for number in (3, 4):
        booking.tables.create(number=number)
    for table in booking.tables.all():
        table.place = draw.choice((None, *places))
        table.save()
        table.closed.set(draw.sample(slots, draw.randrange(3)))
    for slot in slots:
        slot.online, slot.onsite = draw.random() < 0.8, draw.random() < 0.9
        slot.save()
    booking.most_in_a_row = draw.choice((None, 1, 2))
    booking.most_meetings = draw.choice((None, 2))
    booking.save()
    workshop = session("Workshop", "10:30", "11:00")
    tables = list(booking.tables.all())
    parties = []
    for number in range(7):
        table = tables[number] if number < draw.randrange(3) else None
        parties.append(party(f"P{number}", table=table))
        if draw.random() < 0.4:
            parties[-1].representatives.create(registration=registered())
    for number, one in enumerate(Representative.objects.all(), start=1):
        one.is_online = draw.random() < 0.3
        one.most_meetings = draw.choice((None, None, 1))
        one.save()
        one.away.set(draw.sample(slots, draw.randrange(2)))
        if draw.random() < 0.3:
            Booking.objects.create(
                registration=one.registration, session=workshop, state="confirmed", number=number
            )
    _book(draw, parties, slots)
    assert Meeting.objects.count() > 3
    assert faults(booking) == ()
    # What is offered now passes as well, each by itself.
    met = [{seat.party_id for seat in one.seats.all()} for one in standing_meetings(booking)]
    for one, other in combinations(parties, 2):
        if {one.pk, other.pk} in met:
            continue
        for found in free_slots(booking, one, other).free[:1]:
            made = Meeting.objects.create(marketplace=booking, slot=found.slot, table=found.table)
            for side, person in ((one, found.one), (other, found.other)):
                MeetingSeat.objects.create(
                    meeting=made, party=side, representative=person, slot=found.slot
                )
            assert faults(booking) == ()
            made.delete()


def _book(draw: random.Random, parties: list, slots: list) -> None:
    """Ask for anything, answer in any order; now and then call one off."""
    waiting = []
    for _press in range(60):
        one, other = draw.sample(parties, 2)
        with suppress(Refused):
            waiting.append(ask_for_slot(one, other, draw.choice(slots), by=None))
        if waiting and draw.random() < 0.5:
            asked = waiting.pop(draw.randrange(len(waiting)))
            with suppress(Refused):
                done = answer_request(asked, accepts=draw.random() < 0.9, by=None)
                if done.meeting and draw.random() < 0.1:
                    call_off(done.meeting, by=None, party=asked.asker)


def test_a_request_holds_nothing_beyond_its_time_by_the_rules_either(booking, slots, party):
    one, other, third = party("One"), party("Other"), party("Third")
    asked = ask_for_slot(one, other, slots[0], by=None)
    later = timezone.now() + timedelta(hours=booking.request_hours, minutes=1)
    assert slots[0] not in free(booking, third, other)
    assert [found.slot for found in free_slots(booking, third, other, later).free] == slots
    assert [found.slot for found in free_slots(booking, third, other, but=asked).free] == slots
