"""Setting up: a series, its events, places, organisers; a call whose selected ones are invited."""

from datetime import timedelta

import pytest

from hanse.commons.post.models import Letter
from hanse.events.actions.selected import invite_selected, withdraw_returned
from hanse.events.models import Event, Invitation, Organiser, Place, Series, Walk
from hanse.events.words import Duty

pytestmark = pytest.mark.database


def week(first, **changed):
    return {
        "title_en": "Spring week", "slug": "spring", "zone": "Europe/Brussels",
        "city": "Brussels", "state": "draft", "first_day": first.isoformat(),
        "last_day": (first + timedelta(days=1)).isoformat(), **changed,
    }  # fmt: skip


def test_an_operator_begins_a_series_and_leads_it(as_person, carla, ana, first_day):
    way = "/events/organise/"
    assert as_person(ana).post(way, week(first_day)).status_code == 200
    assert not Series.objects.filter(slug="spring").exists()
    as_person(carla).post(way, week(first_day))
    assert Series.objects.get(slug="spring").organisers.get().person == carla


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"slug": "week"}, "Another series has this address"),
        ({"slug": "agenda"}, "used for something else"),
        ({"slug": "no spaces"}, "slug"),
        ({"title_en": ""}, "required"),
        ({"last_day": "2020-01-01"}, "The last day comes after the first"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
    ],
)
def test_what_is_wrong_with_a_series_is_said(series, as_person, carla, first_day, changed, says):
    answer = as_person(carla).post("/events/organise/", week(first_day, **changed))
    assert answer.status_code == 422
    assert says in answer.content.decode()


def an_event(**changed):
    return {
        "title_en": "Forum", "title_de": "Forum der Politik", "slug": "forum", "state": "draft",
        "entry": "invitation", "mode": "on_site", "aims_en": "Talk\nAgree", "on_0": "on",
        "opens_0": "09:00", "closes_0": "17:00", **changed,
    }  # fmt: skip


def test_a_lead_adds_an_event_with_its_days(series, hall, as_person, ana):
    answer = as_person(ana).post("/events/week/organise/events/new/", an_event(places=[hall.pk]))
    assert answer.status_code == 302
    event = Event.objects.get(slug="forum")
    assert event.title == {"en": "Forum", "de": "Forum der Politik"}
    assert event.aims == {"en": ["Talk", "Agree"]}
    assert [(one.day, f"{one.opens:%H:%M}") for one in event.days.all()] == [
        (series.first_day, "09:00")
    ]
    assert event.kinds.get().only_invited
    assert event.pools.get().capacity is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"on_0": ""}, "Choose at least one day"),
        ({"closes_0": "08:00"}, "closes before it opens"),
        ({"slug": "flyer"}, "used for something else"),
        ({"opens_0": "25:00"}, "valid time"),
        ({"places": ["999"]}, "999"),
    ],
)
def test_what_is_wrong_with_an_event_is_said(series, as_person, ana, changed, says):
    answer = as_person(ana).post("/events/week/organise/events/new/", an_event(**changed))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Event.objects.filter(slug="forum").exists()


def test_days_stay_long_enough_for_the_programme(event, session, as_person, ana):
    session("Late", "17:00", "18:00")
    shorter = an_event(
        title_en="Matchmaking", entry="registration", state="published", closes_0="16:00",
        on_1="on", opens_1="09:00", closes_1="18:00",
    )  # fmt: skip
    way = "/events/week/matchmaking/desk/settings/"
    answer = as_person(ana).post(way, shorter)
    assert answer.status_code == 422
    assert "the event is open from 09:00 to 16:00" in answer.content.decode()
    assert event.days.get(day=event.first_day).closes.hour == 18
    assert as_person(ana).post(way, shorter | {"closes_0": "18:00"}).status_code == 302


def test_other_languages_stay_when_one_is_changed(event, as_person, ana):
    event.title = {"en": "Matchmaking", "pl": "Kojarzenie"}
    event.save()
    typed = an_event(
        title_en="Meeting", title_de="", state="published", entry="registration", on_1="on"
    )
    as_person(ana).post("/events/week/matchmaking/desk/settings/", typed)
    event.refresh_from_db()
    assert event.title == {"en": "Meeting", "pl": "Kojarzenie"}


def test_places_rooms_and_ways(series, event, hall, as_person, ana):
    as_person(ana).post("/events/week/organise/places/", {"name": "Salt Store"})
    store = Place.objects.get(name="Salt Store")
    way = f"/events/week/organise/places/{store.pk}/"
    as_person(ana).post(way, {"room": "1", "name": "Loft", "capacity": "60"})
    as_person(ana).post(way, {"walk": "1", "other": hall.pk, "minutes": "8"})
    assert store.rooms.get().capacity == 60
    assert Walk.objects.get().minutes == 8
    as_person(ana).post(
        f"/events/week/organise/places/{hall.pk}/",
        {"walk": "1", "other": store.pk, "minutes": "9"},
    )
    assert Walk.objects.get().minutes == 9  # the same way, from the other side
    assert as_person(ana).post(way, {"room": "1", "name": "", "capacity": "-1"}).status_code == 422


def test_a_room_in_use_stays(series, event, session, hall, as_person, ana):
    session("Opening", "09:30", "10:00")
    hall_room = hall.rooms.get(name="Hall")
    as_person(ana).post(f"/events/week/organise/rooms/{hall_room.pk}/")
    assert hall.rooms.filter(name="Hall").exists()


def test_duties_open_one_room_each(series, event, as_person, ana, bruno):
    desk = "/events/week/matchmaking/desk/"
    as_person(ana).post(
        "/events/week/organise/organisers/", {"email": bruno.email, "duty": Duty.PROGRAMME}
    )
    assert as_person(bruno).get(f"{desk}programme/").status_code == 200
    for way in ("invitations/", "letters/", "settings/"):
        assert as_person(bruno).get(desk + way).status_code == 403
    assert as_person(bruno).get("/events/week/organise/settings/").status_code == 403


def test_the_last_lead_stays(series, as_person, ana):
    own = Organiser.objects.get()
    as_person(ana).post("/events/week/organise/organisers/", {"drop": own.pk})
    assert Organiser.objects.filter(pk=own.pk).exists()


def test_an_unknown_address_gets_no_duty(series, as_person, ana):
    way = "/events/week/organise/organisers/"
    answer = as_person(ana).post(way, {"email": "x@example.org", "duty": "lead"}, follow=True)
    assert "Nobody with this address" in answer.content.decode()


class Applied:
    """What events read of an application that a call has decided."""

    def __init__(self, call, organisation, made_by):
        self.call_id, self.organisation, self.made_by = call.pk, organisation, made_by


@pytest.fixture
def called(event):
    from datetime import UTC, datetime

    from hanse.calls.models import Call

    call = Call.objects.create(
        slug="interest", kind="interest", state="published", title={"en": "Come"}, places=9,
        opens_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    event.entry, event.call = "invitation", call
    event.save()
    return call


@pytest.fixture
def applied(called, bruno, db):
    from hanse.directory.models import Organisation

    organisation = Organisation.objects.create(
        slug="zweites-leben", name="Zweites Leben", kind="cluster", state="published", country="DE"
    )
    return Applied(called, organisation, bruno)


def test_whoever_a_call_selects_is_invited_once(event, applied, bruno):
    invite_selected(applied, "rejected")
    assert not Invitation.objects.exists()
    for _told_twice in range(2):
        invite_selected(applied, "selected")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.may_send_colleague) == (bruno.email, True)
    assert Letter.objects.filter(to=bruno.email).count() == 1


def test_a_place_that_is_given_back_ends_the_invitation(event, applied, bruno):
    invite_selected(applied, "selected")
    withdraw_returned(applied)
    assert Invitation.objects.get().withdrawn_at


def test_whoever_is_not_invited_finds_the_call(event, called, as_person, bruno):
    said = as_person(bruno).get(event.get_absolute_url()).content.decode()
    assert 'href="/calls/interest/"' in said
    assert "Ask for an invitation" in said
    assert "Matchmaking" in as_person(bruno).get("/calls/interest/").content.decode()
