"""Where participants book themselves: a request holds its slot for a while, accepted it is a
meeting."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.kit.refusals import Refused
from hanse.meetings.actions.booking import (
    answer_request,
    ask_for_slot,
    expire_requests,
    withdraw_request,
)
from hanse.meetings.actions.calling_off import call_off
from hanse.meetings.actions.importing import take_in_wishes
from hanse.meetings.actions.joining import leave
from hanse.meetings.actions.wishing import say
from hanse.meetings.models import Meeting, MeetingSeat, PairRule, SlotRequest
from hanse.meetings.queries.booking import free_slots, state_now
from hanse.meetings.rules.wish_lists import Row
from hanse.meetings.words import MeetingState, RequestState, Ruling

pytestmark = [pytest.mark.database, pytest.mark.django_db]

MEETINGS = "/events/week/matchmaking/meetings/"
DESK = "/events/week/matchmaking/desk/meetings/market/"
LINK = re.compile(r"/events/letters/meetings/requests/\S+")


@pytest.fixture
def booking(market):
    market.way = "booking"
    market.save()
    return market


@pytest.fixture
def slots(booking):
    return list(booking.slots.all())


def refusal_of(call, *args, **named) -> str:
    with pytest.raises(Refused) as no:
        call(*args, **named)
    return no.value.refusal.code


def free(market, one, other) -> list:
    return [found.slot for found in free_slots(market, one, other).free]


def test_an_accepted_request_is_a_meeting_with_a_table(booking, slots, party):
    one, other = party("One"), party("Other")
    asked = ask_for_slot(one, other, slots[0], "Valves", by=None)
    assert ask_for_slot(one, other, slots[0], by=None) == asked
    assert refusal_of(ask_for_slot, one, other, slots[1], by=None) == "asked_already"
    done = answer_request(asked, accepts=True, by=None)
    assert answer_request(asked, accepts=True, by=None).meeting == done.meeting
    meeting = Meeting.objects.get()
    assert (meeting.slot, meeting.table.number) == (slots[0], 1)
    assert {seat.party for seat in meeting.seats.all()} == {one, other}
    assert refusal_of(ask_for_slot, one, other, slots[1], by=None) == "meeting_already"
    assert Letter.objects.filter(subject__startswith="You meet").count() == 2


def test_a_silent_request_holds_its_slot_until_it_expires(booking, slots, party):
    one, other, third = party("One"), party("Other"), party("Third")
    asked = ask_for_slot(one, other, slots[0], by=None)
    assert slots[0] not in free(booking, third, other)
    assert slots[0] not in free(booking, third, one)
    later = timezone.now() + timedelta(hours=booking.request_hours, minutes=1)
    assert free_slots(booking, third, other, later).at(slots[0]) is not None
    assert state_now(asked, later) == RequestState.EXPIRED
    assert refusal_of(answer_request, asked, accepts=True, by=None, now=later) == "request_ended"
    # And it makes room for the next by itself.
    again = ask_for_slot(one, other, slots[0], by=None, now=later)
    assert again.pk != asked.pk
    assert expire_requests(booking, later) == 0
    asked.refresh_from_db()
    assert asked.state == RequestState.EXPIRED


def test_a_request_expires_with_its_slot_at_the_latest(booking, slots, party):
    near = slots[0].starts_at - timedelta(hours=1)
    asked = ask_for_slot(party("One"), party("Other"), slots[0], by=None, now=near)
    assert asked.expires_at == slots[0].starts_at
    began = slots[0].starts_at + timedelta(minutes=1)
    assert refusal_of(
        ask_for_slot, party("A"), party("B"), slots[0], by=None, now=began
    ) == "slot_began"  # fmt: skip


def test_declined_or_withdrawn_a_slot_is_free_again(booking, slots, party):
    one, other, third = party("One"), party("Other"), party("Third")
    asked = ask_for_slot(one, other, slots[0], by=None)
    answer_request(asked, accepts=False, by=None)
    assert slots[0] in free(booking, third, other)
    second = ask_for_slot(one, other, slots[1], by=None)
    withdraw_request(second, by=None)
    withdraw_request(second, by=None)
    assert slots[1] in free(booking, third, one)
    assert refusal_of(answer_request, second, accepts=True, by=None) == "request_ended"
    assert not Meeting.objects.exists()


def test_tables_end_and_the_refusal_says_so(booking, slots, party):
    pairs = [(party(f"A{n}"), party(f"B{n}")) for n in range(3)]
    asked = [ask_for_slot(one, other, slots[0], by=None) for one, other in pairs]
    for one in asked[:2]:
        answer_request(one, accepts=True, by=None)
    assert refusal_of(answer_request, asked[2], accepts=True, by=None) == "no_table_free"
    late = (party("A9"), party("B9"))
    assert refusal_of(ask_for_slot, *late, slots[0], by=None) == "no_table_free"
    # Both online need none; one at a screen and one at a table need one.
    for side in late:
        assert refusal_of(ask_for_slot, *late, slots[0], by=None) == "no_table_free"
        side.representatives.update(is_online=True)
    online = answer_request(ask_for_slot(*late, slots[0], by=None), accepts=True, by=None)
    assert online.meeting.table is None


def test_who_is_away_full_or_hosts_elsewhere_is_not_asked_there(booking, slots, party):
    one, other = party("One"), party("Other")
    part = one.representatives.get()
    part.away.add(slots[0])
    part.most_meetings = 1
    part.save()
    assert slots[0] not in free(booking, one, other)
    answer_request(ask_for_slot(one, party("X"), slots[1], by=None), accepts=True, by=None)
    assert free(booking, one, other) == slots[3:]
    tables = list(booking.tables.all())
    other.table = tables[1]
    other.save()
    assert {found.table for found in free_slots(booking, one, other).free} == {tables[1]}
    third = free_slots(booking, party("Y"), party("Z")).free
    assert {found.table for found in third} == {tables[0]}
    tables[1].closed.add(slots[3])
    assert slots[3] not in free(booking, one, other)


def test_whom_the_organisers_keep_apart_have_no_slot(booking, slots, party):
    one, other = party("One"), party("Other")
    assert free_slots(booking, one, other).free
    first, second = sorted((one, other), key=lambda who: who.pk)
    PairRule.objects.create(first=first, second=second, ruling=Ruling.FORBID, why="competitors")
    assert free_slots(booking, other, one).free == ()
    assert refusal_of(ask_for_slot, one, other, slots[0], by=None) == "slot_not_free"


def test_two_people_of_a_party_meet_at_the_same_time(booking, slots, party, registered):
    one = party("One")
    one.representatives.create(registration=registered())
    for name in "AB":
        answer_request(ask_for_slot(one, party(name), slots[0], by=None), accepts=True, by=None)
    assert MeetingSeat.objects.filter(party=one, slot=slots[0]).count() == 2
    assert slots[0] not in free(booking, one, party("C"))


def test_the_database_lets_nobody_sit_twice(booking, slots, party):
    one, other = party("One"), party("Other")
    answer_request(ask_for_slot(one, other, slots[0], by=None), accepts=True, by=None)
    second = Meeting.objects.create(marketplace=booking, slot=slots[0])
    person = one.representatives.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingSeat.objects.create(meeting=second, party=one, representative=person, slot=slots[0])


def test_a_meeting_that_is_called_off_frees_both_and_tells_the_other(booking, slots, party):
    one, other = party("One"), party("Other")
    meeting = answer_request(ask_for_slot(one, other, slots[0], by=None), accepts=True, by=None)
    call_off(meeting.meeting, by=None, party=one)
    call_off(meeting.meeting, by=None, party=one)
    assert Meeting.objects.get().state == MeetingState.CALLED_OFF
    assert slots[0] in free(booking, one, other)
    told = Letter.objects.get(subject__startswith="Called off")
    assert told.to == other.representatives.get().registration.email
    assert ask_for_slot(one, other, slots[0], by=None).state == RequestState.WAITING


def test_whoever_was_declined_for_good_sees_silence_alone(booking, slots, party, as_person, bruno):
    one, other, third = party("One"), party("Other", bruno), party("Third")
    say(other, one, "no", by=bruno, by_organisers=True)
    ask_for_slot(one, other, slots[0], by=None)
    assert not Letter.objects.exists()
    assert "One" not in as_person(bruno).get(f"{MEETINGS}booked/").text
    assert slots[0] in free(booking, third, other)
    assert slots[0] not in free(booking, third, one)


def test_whoever_leaves_asks_and_is_asked_no_more(booking, slots, party):
    one, other = party("One"), party("Other")
    mine, theirs = (
        ask_for_slot(one, other, slots[0], by=None),
        ask_for_slot(other, one, slots[1], by=None),
    )
    leave(one.representatives.get(), by=None)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == (RequestState.WITHDRAWN, RequestState.EXPIRED)


def test_booked_by_the_pages(booking, slots, party, as_person, bruno, ana):
    one, other = party("One", bruno), party("Other", ana)
    asker, asked = as_person(bruno), as_person(ana)
    page = asker.get(f"{MEETINGS}parties/{other.pk}/").text
    assert "A slot that is free for both of you" in page
    url = f"{MEETINGS}parties/{other.pk}/slot/"
    for wrong in ("", "x", "9" * 30, "²", "-1"):
        assert "There is no such slot" in asker.post(url, {"slot": wrong}, follow=True).text
    assert asker.post(url, {"slot": slots[0].pk})["Location"] == f"{MEETINGS}booked/"
    assert "not answered yet" in asker.get(f"{MEETINGS}booked/").text
    assert "1 party asks you for a slot" in asked.get(f"{MEETINGS}booked/").text
    request = SlotRequest.objects.get()
    done = f"{MEETINGS}requests/{request.pk}/"
    # Nobody answers for somebody else.
    assert asker.post(done, {"does": "accept"}).status_code == 404
    assert asked.post(done, {"does": "withdraw"}).status_code == 404
    assert asked.post(done, {"does": "dance"}).status_code == 404
    asked.post(done, {"does": "accept"})
    meeting = Meeting.objects.get()
    assert "You have 1 meeting" in asker.get(f"{MEETINGS}booked/").text
    asker.post(f"{MEETINGS}booked/{meeting.key}/")
    assert "You have no meeting yet" in asked.get(f"{MEETINGS}booked/").text
    assert one.seats.count() == 1


def test_answered_by_the_link_of_the_letter(booking, slots, party, as_person):
    one, other = party("One"), party("Other")
    ask_for_slot(one, other, slots[0], "Valves", by=None)
    accept, decline = LINK.findall(Letter.objects.get().text)
    browser = as_person(None)
    assert "Accept a meeting with One" in browser.get(accept).text
    assert not Meeting.objects.exists()
    assert "You sit at table 1" in browser.post(accept).text
    assert "has done its work" in browser.get(decline).text
    SlotRequest.objects.update(state="withdrawn")
    assert Meeting.objects.count() == 1


def test_wishes_are_not_taken_where_one_books(booking, party):
    assert refusal_of(say, party("One"), party("Other"), "like", by=None) == "wishes_not_here"


def test_slots_are_not_asked_for_where_the_organisers_plan(market, party):
    slot = market.slots.first()
    one, other = party("One"), party("Other")
    assert refusal_of(ask_for_slot, one, other, slot, by=None) == "booking_only"


def test_free_slots_cost_the_same_however_many(booking, party, django_assert_max_num_queries):
    one, other = party("One"), party("Other")
    with django_assert_max_num_queries(20):
        free_slots(booking, one, other)


# What a meeting makes pointless ------------------------------------------------------------------


def test_who_meets_asks_no_more(booking, slots, party):
    one, other, third = party("One"), party("Other"), party("Third")
    mine = ask_for_slot(one, other, slots[0], by=None)
    theirs = ask_for_slot(other, one, slots[1], by=None)
    answer_request(mine, accepts=True, by=None)
    theirs.refresh_from_db()
    assert theirs.state == RequestState.WITHDRAWN
    assert slots[1] in free(booking, third, other)
    assert slots[1] in free(booking, third, one)


def test_the_page_of_somebody_one_meets_says_when(booking, slots, party, as_person, bruno):
    one, other = party("One", bruno), party("Other")
    answer_request(ask_for_slot(one, other, slots[0], by=None), accepts=True, by=None)
    page = as_person(bruno).get(f"{MEETINGS}parties/{other.pk}/").text
    assert "A slot that is free for both of you" not in page
    assert "You meet them" in page
    assert "10:00 – 10:25" in page


def test_forbidding_ends_a_request_and_tells_the_asker_alone(
    booking, slots, party, as_person, ana, bruno
):
    one, other = party("One"), party("Other", bruno)
    asked = ask_for_slot(one, other, slots[0], by=None)
    Letter.objects.all().delete()
    as_person(ana).post(
        f"{DESK}pairs/", {"one": one.pk, "other": other.pk, "ruling": "forbid", "why": "rivals"}
    )
    asked.refresh_from_db()
    assert asked.state == RequestState.DECLINED
    letter = Letter.objects.get()
    assert letter.to == one.representatives.get().registration.email
    assert letter.subject.startswith("No meeting with Other")
    assert "rivals" not in letter.text
    assert "One" not in as_person(bruno).get(f"{MEETINGS}booked/").text


def test_forbidding_who_meet_says_so_and_leads_to_calling_it_off(
    booking, slots, party, as_person, ana
):
    one, other = party("One"), party("Other")
    answer_request(ask_for_slot(one, other, slots[0], by=None), accepts=True, by=None)
    browser, url = as_person(ana), f"{DESK}pairs/"
    typed = {"one": one.pk, "other": other.pk, "ruling": "forbid", "why": ""}
    said = browser.post(url, typed, follow=True).text
    assert "until you call that meeting off." in said
    assert "They meet all the same on" in said
    meeting = Meeting.objects.get()
    said = browser.post(url, {"call_off": meeting.pk}, follow=True).text
    assert "They meet all the same on" not in said
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CALLED_OFF
    assert browser.post(url, {"call_off": "x"}).status_code == 404


# Nothing of wishes and plans ---------------------------------------------------------------------


def test_letters_of_what_is_called_off_lead_to_ones_bookings(booking, slots, party):
    one, other = party("One"), party("Other")
    done = answer_request(ask_for_slot(one, other, slots[0], by=None), accepts=True, by=None)
    call_off(done.meeting, by=None, party=one)
    letter = Letter.objects.get(subject__startswith="Called off")
    assert f"{MEETINGS}booked/" in letter.text
    assert f"{MEETINGS}wishes/" not in letter.text


def test_a_letter_names_the_clock_until_which_a_slot_is_kept(booking, slots, party):
    ask_for_slot(party("One"), party("Other"), slots[0], by=None)
    kept = Letter.objects.get().text.split("The slot is kept until")[1].split(";")[0]
    assert kept.endswith(f"({booking.event.zone})")


def test_the_desk_says_how_many_meetings_are_booked(booking, slots, party, as_person, ana):
    one, other = party("One"), party("Other")
    answer_request(ask_for_slot(one, other, slots[0], by=None), accepts=True, by=None)
    page = as_person(ana).get("/events/week/matchmaking/desk/meetings/").text
    assert "1 meeting is booked" in page
    assert "wished by both sides" not in page
    assert "Plan the meetings" not in page
    panel = as_person(ana).get("/events/week/matchmaking/desk/").text
    assert "2 parties take part, 1 meeting is booked." in panel
    assert "to be planned" not in panel
    page = as_person(ana).get(f"{DESK}parties/").text
    assert "2 parties take part" in page
    assert "have answered" not in page
    assert "Remind the" not in page


def test_ones_own_page_speaks_of_no_plan(booking, party, as_person, bruno):
    party("One", bruno)
    page = as_person(bruno).get(f"{MEETINGS}planned/").text
    assert "The organisers plan the meetings" not in page
    assert "<title>Your meetings: Matchmaking" in page


def test_lists_of_wishes_are_not_taken_where_one_books(booking, party, as_person, ana):
    party("One"), party("Other")
    rows = [Row(1, "One", "Other")]
    assert refusal_of(take_in_wishes, booking, rows, by=ana) == "wishes_not_here"
    file = SimpleUploadedFile("w.csv", b"wisher,wished\nOne,Other\n")
    answer = as_person(ana).post(f"{DESK}wishes/", {"file": file})
    assert answer.status_code == 422
    assert "one asks for a slot at once" in answer.text


def test_the_address_of_a_request_leads_to_the_party(booking, party, as_person, bruno):
    party("One", bruno)
    page = f"{MEETINGS}parties/{party('Other').pk}/"
    assert as_person(bruno).get(f"{page}slot/")["Location"] == page
