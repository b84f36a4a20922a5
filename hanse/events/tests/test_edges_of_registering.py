"""What people type beside the path: huge numbers, odd days, too much text, addresses logged out."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.test import override_settings

from hanse.events.actions.settings import save_room
from hanse.events.models import Event, Invitation, Pool, Registration, TicketKind
from hanse.events.words import Entry
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

WEEK = "/events/week/matchmaking/"
REGISTER, DESK = f"{WEEK}register/", f"{WEEK}desk/"
FORM = f"{DESK}form/"
HUGE = (2**31, 10**20, "9" * 5000)
NO_HOUR = "no day with an hour"


def page(browser, address, status=200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return flat(answer)


def flat(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def desk(as_person, ana, event):
    return as_person(ana)


def typed(**said):
    return {"name": "Bruno Weiß", "language": "en", "slip": str(uuid.uuid4()), **said}


# Numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("many", HUGE)
def test_no_number_is_too_large_to_be_answered(desk, event, kind, many):
    own = Pool.objects.get(kind=None, session=None)
    assert desk.post(f"{FORM}seats/", {"seats": many}, follow=True).status_code == 200
    text = flat(desk.post(f"{FORM}kinds/{kind.pk}/", {"name_en": "K", "seats": many}))
    assert "bad-say" in text
    own.refresh_from_db()
    assert own.capacity == 3
    assert desk.post(f"{FORM}seats/", {"seats": 1, "session": many}).status_code == 404
    # What is chosen on the list of registrations is decided; what is no row is passed over.
    answer = desk.post(f"{DESK}registrations/", {"chosen": [many], "approve": 1}, follow=True)
    assert answer.status_code == 200
    assert desk.get(f"{DESK}letters/confirmed/en/", {"reader": many}).status_code == 200


def test_a_digit_that_is_no_number_is_no_session(desk):
    assert desk.post(f"{FORM}seats/", {"seats": 1, "session": "²"}).status_code in (302, 404)


@pytest.mark.parametrize("many", HUGE)
@pytest.mark.parametrize("way", [f"{DESK}settings/", "/events/week/organise/events/new/"])
def test_places_that_are_no_rows_are_told(desk, way, many):
    answer = desk.post(way, {"places": [many], "call": many, "title_en": "T"})
    assert answer.status_code == 422
    assert "places" in answer.context["form"].errors


@pytest.mark.parametrize("revision", HUGE)
def test_a_revision_that_is_too_large_changes_nothing(
    as_person, event, registered, bruno, revision
):
    own = registered(bruno)
    sent = typed(name="Other", revision=revision)
    answer = as_person(bruno).post(f"/events/registrations/{own.pk}/change/", sent)
    assert answer.status_code == 200
    own.refresh_from_db()
    assert own.name == bruno.name


# Hours --------------------------------------------------------------------------------------------


def window(desk, **said) -> str:
    sent = {"most_in_team": 3, "held_until_hours": 48, **said}
    return flat(desk.post(FORM, sent, follow=True))


@pytest.mark.parametrize("year", ["0001", "1989", "2101", "9999"])
def test_a_year_far_away_is_refused_in_words(desk, event, year):
    assert "between 1990 and 2100" in window(desk, opens=f"{year}-01-01T00:00")
    event.refresh_from_db()
    assert event.registration_opens is None


def test_the_clock_of_the_place_alone_decides(desk, event, ana):
    ana.timezone = "America/New_York"
    ana.save()
    # On the organiser's own clock this hour does not exist; at the place it does.
    window(desk, opens="2027-03-14T02:30")
    event.refresh_from_db()
    assert event.registration_opens == datetime(2027, 3, 14, 1, 30, tzinfo=UTC)
    assert "28 Mar 2027, 02:30 does not exist in Europe/Brussels" in window(
        desk, opens="2027-03-28T02:30"
    )


@pytest.mark.parametrize("opens", ["2027-03-14", "2027-03-14T", "20270314", "2027-03-14T02"])
def test_an_hour_that_is_missing_is_asked_for(desk, event, opens):
    assert NO_HOUR in window(desk, opens=opens)
    event.refresh_from_db()
    assert event.registration_opens is None


# Who is not invited -------------------------------------------------------------------------------


def test_the_uninvited_see_the_way_in_and_no_form(as_person, event, bruno):
    Event.objects.update(entry=Entry.INVITATION)
    for who in (None, bruno):
        text = page(as_person(who), REGISTER)
        assert "Upon invitation only" in text
        assert "seats are free" not in text
        assert 'name="slip"' not in text
    assert f"/account/login/?next={REGISTER}" in page(as_person(), REGISTER)
    Invitation.objects.create(event=event, email=bruno.email)
    assert 'name="slip"' in page(as_person(bruno), REGISTER)


# Rooms --------------------------------------------------------------------------------------------


def booked(session, hall, *, capacity, taken=0):
    item = session("Clinic", "10:00", "11:00", room="Council Room", needs_booking=True)
    Pool.objects.create(event=item.event, session=item, capacity=capacity, taken=taken)


@pytest.mark.parametrize(("capacity", "taken"), [(30, 0), (None, 25), (30, 25)])
def test_a_room_is_not_made_smaller_than_what_is_booked(event, session, hall, ana, capacity, taken):
    booked(session, hall, capacity=capacity, taken=taken)
    with pytest.raises(Refused) as no:
        save_room(hall, "Council Room", 20, by=ana)
    assert no.value.refusal.code == "room_is_booked"
    assert "Clinic" in str(no.value)
    assert hall.rooms.get(name="Council Room").capacity == 40
    assert save_room(hall, "Council Room", 30, by=ana).capacity == 30
    assert save_room(hall, "Council Room", None, by=ana).capacity is None


def test_a_room_that_nobody_booked_may_shrink(event, session, hall, ana):
    session("Opening", "09:00", "10:00")
    assert save_room(hall, "Hall", 2, by=ana).capacity == 2


# Too much -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [REGISTER, f"{DESK}programme/"])
def test_too_much_at_once_is_told_in_words(desk, way, caplog):
    answer = desk.post(way, typed(name="x" * 11_000_000))
    assert answer.status_code == 413
    text = flat(answer)
    assert "At most 5 MB" in text
    assert "what you typed is still there" in text
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []
    assert not Registration.objects.exists()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1024)
def test_too_much_that_a_page_reads_itself_is_told_as_well(desk, caplog):
    answer = desk.post(f"{WEEK}door/scans/", b"x" * 2000, content_type="application/json")
    assert answer.status_code == 413
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


# The number of a form -----------------------------------------------------------------------------


@pytest.mark.parametrize("slip", ["", "no-number", None])
def test_a_form_without_its_number_is_taken_as_new(as_person, event, bruno, slip):
    sent = typed(slip=slip) if slip is not None else {"name": "Bruno", "language": "en"}
    answer = as_person(bruno).post(REGISTER, sent)
    assert answer.status_code == 302
    assert Registration.objects.get().slip


# Logged out ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["", "change/", "cancel/", "visa/", "invitation.pdf", "ticket/"])
def test_whoever_is_logged_out_is_led_to_the_log_in(as_person, registered, bruno, ana, what):
    own = registered(bruno)
    for number in (own.pk, own.pk + 1):
        way = f"/events/registrations/{number}/{what}"
        answer = as_person().get(way)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={way}")
        assert as_person(ana).get(way).status_code == 404


def test_the_desk_leads_to_the_log_in_and_tells_nothing(as_person, event, bruno):
    for way in (DESK, "/events/week/nothing/desk/", f"{DESK}form/", "/events/week/organise/"):
        answer = as_person().get(way)
        assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={way}")
        assert as_person(bruno).get(way).status_code == 404


# Kinds --------------------------------------------------------------------------------------------


def test_seats_of_all_kinds_are_said_once(desk, event):
    Pool.objects.filter(kind=None).update(capacity=140)
    press = TicketKind.objects.create(event=event, code="press", name={"en": "Press"}, order=1)
    for way in (REGISTER, f"{DESK}registrations/", FORM):
        assert page(desk, way).count("140 of 140 seats free") == 1, way
    Pool.objects.create(event=event, kind=press, capacity=5)
    text = page(desk, f"{DESK}registrations/")
    assert "Cluster organisation: 140 of 140 seats free; Press: 5 of 5 seats free" in text


def test_what_the_name_of_a_kind_says_is_not_said_again(as_person, event, kind):
    online = TicketKind.objects.create(
        event=event, code="online", name={"en": "Online"}, is_online=True, order=1
    )
    assert page(as_person(), REGISTER).count("Online.") == 0
    TicketKind.objects.filter(pk=online.pk).update(name={"en": "From afar"})
    assert page(as_person(), REGISTER).count("Online.") == 1
