"""At the door: let in once, clear answers to everything else, devices that were on their own."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from hanse.commons.audit.models import AuditEntry
from hanse.events.actions.door import Shown, WalkIn, register_walk_in, scan, take_back_scan
from hanse.events.actions.feedback import why_no_feedback
from hanse.events.actions.tickets import key_of, ticket_code
from hanse.events.models import Booking, Pool, Registration, Scan
from hanse.events.queries.door import (
    conflict_lines,
    door_list,
    door_state,
    found_at_door,
    opening,
)
from hanse.events.queries.report import guests_of
from hanse.events.rules.door import Entry, Said, answer_to, conflicts
from hanse.events.rules.tickets import Ticket, code_of, new_key, short_code
from hanse.events.words import RegistrationState, State, Verdict
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

DOOR = "/events/week/matchmaking/door/"
DESK = "/events/week/matchmaking/desk/door/"
CONFIRMED, CANCELLED = RegistrationState.CONFIRMED, RegistrationState.CANCELLED


@pytest.fixture
def eleni(registered) -> Registration:
    return registered(name="Ελένη Μαρκάτου", organisation_name="Αττική", country="GR")


def shown(who=None, **more) -> Shown:
    return Shown(uuid4(), serial=who.serial if who else None, **more)


def test_whoever_is_confirmed_comes_in_once(event, eleni, ana):
    first = scan(event, Shown(uuid4(), ticket_code(eleni)), by=ana)
    again = scan(event, Shown(uuid4(), ticket_code(eleni)), by=ana)
    assert (first.said, again.said) == (Said.IN, Said.AGAIN)
    assert door_state(event).came == 1


def test_a_slip_that_is_sent_twice_is_one_scan(event, eleni, ana):
    one = shown(eleni)
    assert scan(event, one, by=ana).scan == scan(event, one, by=ana).scan
    assert Scan.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (RegistrationState.CANCELLED, Said.CANCELLED),
        (RegistrationState.REFUSED, Said.CANCELLED),
        (RegistrationState.WAITING, Said.NOT_CONFIRMED),
        (RegistrationState.ASKED, Said.NOT_CONFIRMED),
    ],
)
def test_who_is_not_confirmed_is_told_why(event, registered, ana, state, said):
    answered = scan(event, shown(registered(state=state)), by=ana)
    assert answered.said == said
    assert answered.scan.verdict != Verdict.IN


def test_forged_foreign_and_unreadable_codes_have_answers_of_their_own(event, eleni, ana):
    ticket = Ticket(event.pk, eleni.serial, eleni.kind_id, eleni.number)
    forged = code_of(ticket, new_key()[0])
    other = code_of(Ticket(event.pk + 1, eleni.serial, 1, 1), new_key()[0])
    said = [scan(event, Shown(uuid4(), code), by=ana).said for code in (forged, other, "H1:?", "x")]
    assert said == [Said.FORGED, Said.OTHER_EVENT, Said.MISREAD, Said.MISREAD]
    assert not Scan.objects.filter(verdict=Verdict.IN).exists()


def test_a_new_serial_makes_the_old_ticket_void(event, eleni, ana):
    old = ticket_code(eleni)
    eleni.serial = uuid4()
    eleni.save()
    assert scan(event, Shown(uuid4(), old), by=ana).said == Said.UNKNOWN


def test_a_short_code_is_typed_and_a_name_is_found_without_accents(event, eleni, ana):
    assert scan(event, Shown(uuid4(), short_code(eleni.serial).lower()), by=ana).said == Said.IN
    assert found_at_door(event, "μαρκατου") == [eleni]
    assert found_at_door(event, " ") == []


def test_a_session_counts_for_itself_and_asks_for_its_seat(event, eleni, session, ana):
    plain = session("Opening", "09:30", "10:00")
    workshop = session("Workshop", "10:00", "11:00", needs_booking=True)
    assert scan(event, shown(eleni, session=plain), by=ana).said == Said.IN
    assert scan(event, shown(eleni, session=workshop), by=ana).said == Said.NO_SEAT
    Booking.objects.create(registration=eleni, session=workshop, state=CONFIRMED, number=1)
    assert scan(event, shown(eleni, session=workshop), by=ana).said == Said.IN
    assert [one.came for one in door_state(event).sessions] == [1, 1]
    assert door_state(event).came == 0


def test_a_closed_event_has_no_door(event, eleni, ana):
    event.state = State.CLOSED
    event.save()
    with pytest.raises(Refused):
        scan(event, shown(eleni), by=ana)
    with pytest.raises(Refused):
        key_of(event)


# Devices on their own ----------------------------------------------------------------------------


def test_two_devices_without_a_network_that_let_in_the_same_one_both_stay(event, eleni, ana):
    at = timezone.now() - timedelta(minutes=5)
    for device in ("left", "right"):
        scan(event, shown(eleni, device=device, at=at, was_offline=True, let_in=True), by=ana)
    [line] = conflict_lines(event)
    assert line.conflict.what == "twice"
    assert [one.device for one in line.scans] == ["left", "right"]
    assert door_state(event).came == 1


def test_who_was_let_in_without_a_network_though_cancelled_before_is_shown(event, registered, ana):
    now = timezone.now()
    gone = registered(state=CANCELLED, ended_at=now - timedelta(hours=1))
    later = registered(state=CANCELLED, ended_at=now)
    for who in (gone, later):
        at = now - timedelta(minutes=30)
        scan(event, shown(who, at=at, was_offline=True, let_in=True), by=ana)
    [line] = conflict_lines(event)
    assert (line.conflict.what, line.person) == ("cancelled", gone)


def test_a_device_cannot_make_a_forged_ticket_good(event, eleni, ana):
    ticket = Ticket(event.pk, eleni.serial, eleni.kind_id, eleni.number)
    forged = Shown(uuid4(), code_of(ticket, new_key()[0]), was_offline=True, let_in=True)
    assert scan(event, forged, by=ana).scan.verdict == Verdict.FORGED


def test_a_clock_that_runs_ahead_is_not_believed(event, eleni, ana):
    ahead = timezone.now() + timedelta(days=3)
    assert scan(event, shown(eleni, at=ahead), by=ana).scan.at <= timezone.now()


def test_conflicts_are_told_apart_by_place():
    at = datetime(2027, 2, 5, 9, tzinfo=timezone.get_fixed_timezone(60))
    door, room = (Entry(n, 1, n, at, "", was_offline=True, state=CONFIRMED) for n in (0, 1))
    assert conflicts([door, room]) == []
    assert [one.what for one in conflicts([door, door, room])] == ["twice"]
    assert answer_to(CONFIRMED, is_in=False, has_seat=False) == Said.NO_SEAT


def test_a_scan_taken_back_leaves_a_line_in_the_trail(event, eleni, ana):
    take_back_scan(scan(event, shown(eleni), by=ana).scan, by=ana)
    assert not Scan.objects.exists()
    assert AuditEntry.objects.filter(action="take_back_scan").exists()
    assert scan(event, shown(eleni), by=ana).said == Said.IN


# Walk-ins ----------------------------------------------------------------------------------------


def test_a_walk_in_takes_a_seat_and_is_in(event, kind, ana):
    who = register_walk_in(event, WalkIn("Nikola Jurić", kind, "N@x.example"), by=ana, slip=uuid4())
    pool = Pool.objects.get(event=event)
    assert (who.is_walk_in, who.state, who.number, who.email) == (True, CONFIRMED, 1, "n@x.example")
    assert (pool.taken, pool.drawn) == (1, 1)
    assert door_state(event).came == 1


def test_the_same_walk_in_twice_is_one(event, kind, ana):
    slip = uuid4()
    first = register_walk_in(event, WalkIn("Nikola", kind), by=ana, slip=slip)
    assert register_walk_in(event, WalkIn("Nikola", kind), by=ana, slip=slip) == first
    assert Scan.objects.count() == 1


def test_no_walk_in_beyond_the_seats_of_event_or_kind(event, kind, registered, ana):
    kinds = Pool.objects.create(event=event, kind=kind, capacity=1)
    register_walk_in(event, WalkIn("One", kind), by=ana)
    with pytest.raises(Refused) as no:
        register_walk_in(event, WalkIn("Two", kind), by=ana)
    assert no.value.refusal.facts == {"seats": 1}
    kinds.delete()
    registered(), registered()
    with pytest.raises(Refused) as no:
        register_walk_in(event, WalkIn("Four", kind), by=ana)
    assert no.value.refusal.facts == {"seats": 3}
    assert Registration.objects.count() == 3


def test_an_address_that_is_registered_is_found_not_registered_again(event, kind, eleni, ana):
    with pytest.raises(Refused) as no:
        register_walk_in(event, WalkIn("Other", kind, eleni.email.upper()), by=ana)
    assert no.value.refusal.code == "registered_already"


# Pages -------------------------------------------------------------------------------------------


def test_the_door_is_its_keepers(as_person, bruno, event):
    assert as_person(bruno).get(DOOR).status_code == 404
    assert as_person().get(DOOR).status_code == 302
    assert as_person(bruno).get(f"{DOOR}list.json").status_code == 404


def test_the_page_opens_the_camera_and_no_other_device(as_person, ana, event):
    policy = as_person(ana).get(DOOR).headers["Permissions-Policy"]
    assert "camera=(self)" in policy
    assert "microphone=()" in policy
    assert "camera=()" in as_person(ana).get(DESK).headers["Permissions-Policy"]


def test_without_a_script_a_name_is_found_and_let_in(as_person, ana, event, eleni):
    door = as_person(ana)
    page = door.post(DOOR, {"code": "markatou"})
    assert "Ελένη" not in page.text
    page = door.post(DOOR, {"code": "Μαρκάτου"})
    assert "Ελένη Μαρκάτου" in page.text
    slip = page.context["found"][0][2]
    page = door.post(DOOR, {"serial": eleni.serial, "slip": slip, "session": ""}, follow=True)
    assert "Come in" in page.text
    page = door.post(DOOR, {"code": short_code(eleni.serial)}, follow=True)
    assert "Was in already" in page.text


def test_the_list_tells_no_address_and_no_answer(event, registered, ana):
    registered(name="X", email="secret@x.example", answers={"food": "vegan"})
    told = json.dumps(door_list(event, key_of(event)))
    assert "secret" not in told
    assert "vegan" not in told
    assert "private" not in told


def test_the_list_asks_as_much_for_three_as_for_one(event, registered, django_assert_num_queries):
    event.pools.update(capacity=9)
    key = key_of(event)
    for _ in range(2):
        registered()
        with django_assert_num_queries(4):
            door_list(event, key)
        registered()


def sent(client, *changes, device="phone"):
    return client.post(
        f"{DOOR}scans/",
        json.dumps({"device": device, "changes": list(changes)}),
        content_type="application/json",
    )


def change(who, **more):
    at = timezone.now().isoformat()
    return {"slip": str(uuid4()), "at": at, "serial": str(who.serial), "session": 0, **more}


def test_a_device_sends_what_it_did_and_reads_what_became_of_it(as_person, ana, event, eleni):
    first, second = change(eleni, was_offline=True, let_in=True), change(eleni)
    answers = sent(as_person(ana), first, second, first).json()["answers"]
    assert [one["said"] for one in answers] == ["in", "in", "again"]
    assert answers[0]["name"] == "Ελένη Μαρκάτου"
    assert Scan.objects.count() == 2


def test_walk_ins_of_a_device_are_registered_or_refused_in_words(
    as_person, ana, event, kind, registered
):
    event.pools.update(capacity=1)
    typed = {"name": "Nikola", "kind": str(kind.pk)}
    told = [
        {"slip": str(uuid4()), "at": timezone.now().isoformat(), "walk_in": typed} for _ in range(2)
    ]
    answers = sent(as_person(ana), *told).json()["answers"]
    assert [one["said"] for one in answers] == ["in", "refused"]
    assert "All 1 seats are taken" in answers[1]["text"]
    assert Scan.objects.get().was_offline


@pytest.mark.parametrize(
    "body", ["", "[]", '{"changes": 3}', '{"changes": [{"slip": "x"}]}', '{"changes": [null]}']
)
def test_what_is_no_list_of_scans_is_turned_away(as_person, ana, event, body):
    answer = as_person(ana).post(f"{DOOR}scans/", body, content_type="application/json")
    assert answer.status_code == 422


def test_a_walk_in_by_the_form(as_person, ana, event, kind):
    typed = {"slip": uuid4(), "name": "Nikola", "kind": kind.pk}
    page = as_person(ana).post(f"{DOOR}walk-in/", typed, follow=True)
    assert "Nikola is registered and in." in page.text
    assert "1 of 1 are in" in page.text


def test_the_desk_shows_conflicts_and_takes_back(as_person, ana, event, eleni):
    for device in ("left", "right"):
        scan(event, shown(eleni, device=device, was_offline=True, let_in=True), by=ana)
    page = as_person(ana).get(DESK)
    assert "The doors disagree in 1 case" in page.text
    assert "let in more than once" in page.text
    second = Scan.objects.order_by("pk").last()
    page = as_person(ana).post(f"{DESK}scans/{second.pk}/", follow=True)
    assert "The doors agree" in page.text


def test_the_worker_is_a_script_that_rules_over_the_events(client):
    answer = client.get("/events/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "events/door.js" in answer.text


# What devices do not know, and what nobody sends --------------------------------------------------


def minutes_ago(minutes: int) -> str:
    return (timezone.now() - timedelta(minutes=minutes)).isoformat()


def test_what_a_device_did_is_taken_in_in_the_order_in_which_it_happened(
    as_person, ana, event, eleni
):
    again = change(eleni, at=minutes_ago(1), was_offline=True, let_in=False, verdict="again")
    first = change(eleni, at=minutes_ago(2), was_offline=True, let_in=True, verdict="in")
    answers = sent(as_person(ana), again, first).json()["answers"]
    assert [one["said"] for one in answers] == ["in", "again"]
    assert conflict_lines(event) == []


@pytest.mark.parametrize("told", ["no_seat", "again", "in", "nonsense", None, []])
def test_whom_a_device_did_not_let_in_is_not_in(as_person, ana, event, eleni, told):
    sent(as_person(ana), change(eleni, was_offline=True, let_in=False, verdict=told))
    assert Scan.objects.get().verdict != Verdict.IN
    assert door_state(event).came == 0


def body_of(who, **more) -> str:
    return json.dumps({"device": "phone", "changes": [change(who, **more)]})


@pytest.mark.parametrize(
    "body",
    [
        lambda _who: "[" * 100_000,
        lambda who: body_of(who, session=float("inf")),
        lambda who: body_of(who, session=0).replace('"session": 0', '"session": 1e999'),
        lambda who: body_of(who, session=float("nan")),
        lambda who: body_of(who, at="0001-01-01T00:00:00+23:00"),
        lambda who: body_of(who, at="9999-12-31T23:59:59-23:00"),
        lambda who: body_of(who, at="2027-02-30T00:00:00Z"),
        lambda who: body_of(who, code="\ud800"),
        lambda who: body_of(who, walk_in={"name": "\udfff"}),
        lambda who: body_of(who).replace("phone", "\\ud800"),
        lambda _who: b"\xff\xfe",
    ],
)
def test_what_no_record_can_hold_is_turned_away(as_person, ana, event, eleni, body):
    door = as_person(ana)
    answer = door.post(f"{DOOR}scans/", body(eleni), content_type="application/json")
    assert answer.status_code == 422
    assert not Scan.objects.exists()


@pytest.mark.parametrize("years", [-30, 30])
def test_a_clock_far_off_is_not_believed_and_the_device_hears_of_it(
    as_person, ana, event, eleni, years
):
    at = (timezone.now() + timedelta(days=365 * years)).isoformat()
    [answer] = sent(as_person(ana), change(eleni, at=at)).json()["answers"]
    assert "more than a year off" in answer["clock"]
    assert abs(Scan.objects.get().at - timezone.now()) < timedelta(minutes=1)
    [answer] = sent(as_person(ana), change(eleni)).json()["answers"]
    assert answer["clock"] == ""


# Before the first day -----------------------------------------------------------------------------


def on_the_day(event) -> None:
    event.first_day = event.last_day = event.today
    event.save()


def test_before_the_first_day_the_door_rehearses_and_says_so(as_person, ana, event, eleni):
    scan(event, shown(eleni), by=ana)
    page = as_person(ana).get(DOOR)
    assert "counts as a rehearsal" in page.text
    assert "1 of 1 are in" in page.text
    assert ">rehearsal<" in as_person(ana).get(DESK).text
    assert [one.came for one in guests_of(event)] == [False]
    on_the_day(event)
    assert "counts as a rehearsal" not in as_person(ana).get(DOOR).text


def test_a_rehearsal_is_nobodys_coming(event, eleni, session, ana):
    opening = session("Opening", "09:30", "10:00")
    yesterday = timezone.now() - timedelta(days=2)
    for place in (None, opening):
        scan(event, shown(eleni, at=yesterday, session=place), by=ana)
    assert door_state(event).came == 1
    on_the_day(event)
    assert door_state(event).came == 0
    assert door_state(event).sessions[0].came == 0
    assert door_list(event, key_of(event))["people"][0]["in"] == []
    assert why_no_feedback(eleni) == "did_not_come"
    assert scan(event, shown(eleni), by=ana).said == Said.IN
    assert conflict_lines(event) == []
    assert why_no_feedback(eleni) == ""


def test_the_first_day_begins_on_the_clock_of_the_place(event):
    event.first_day, event.zone = date(2027, 1, 14), "Asia/Tokyo"
    assert opening(event) == datetime(2027, 1, 13, 15, tzinfo=UTC)


def test_of_an_empty_search_a_code_or_a_name_is_asked(as_person, ana, event):
    page = as_person(ana).get(DOOR)
    assert page.context["words"]["empty"] == "Type a code or a name."
