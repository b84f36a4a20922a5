"""An agenda: what stands in it, on two clocks, what clashes; its calendar as programs read it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.utils import timezone
from icalendar import Calendar

from hanse.events.actions.agenda import bookmark, make_feed, revoke_feed
from hanse.events.documents.calendar import calendar_file
from hanse.events.documents.zones import zone_component
from hanse.events.models import Booking, Part, Place, ProgrammeVersion, Room, Speaker, Walk
from hanse.events.pages.agenda_words import finding
from hanse.events.queries import agenda as sources
from hanse.events.queries.agenda import Agenda, agenda, bind_items
from hanse.events.queries.programme import working_items
from hanse.events.rules.agenda import Item, Why, clashes, next_of
from hanse.events.words import RegistrationState, Visibility

pytestmark = [pytest.mark.database, pytest.mark.django_db]

BRUSSELS = "Europe/Brussels"
HALL, CASTLE = 1, 2


def item(key: str, starts: str, ends: str, place: int | None = HALL, **more) -> Item:
    def at(clock: str) -> datetime:
        return datetime.fromisoformat(f"2027-02-05T{clock}").replace(tzinfo=ZoneInfo(BRUSSELS))

    facts = {"why": Why.BOOKED, "zone": BRUSSELS, **more}
    return Item(key, key, at(starts), at(ends), place=place, **facts)


def ways(minutes):
    return lambda _one, _other: minutes


def test_what_overlaps_clashes_and_what_touches_does_not():
    first = item("a", "09:00", "10:00")
    assert [one.overlaps for one in clashes([first, item("b", "09:30", "10:30")], ways(5))] == [
        True
    ]
    assert clashes([first, item("b", "10:00", "10:30")], ways(5)) == []


def test_who_has_to_walk_longer_than_there_is_time_is_warned():
    first = item("a", "09:00", "10:00")
    [clash] = clashes([first, item("b", "10:05", "11:00", CASTLE)], ways(12))
    assert (clash.overlaps, clash.minutes) == (False, 12)
    assert clashes([first, item("b", "10:12", "11:00", CASTLE)], ways(12)) == []


def test_an_unknown_way_is_worth_a_word_only_where_time_is_short():
    first = item("a", "09:00", "10:00")
    assert [
        one.minutes for one in clashes([first, item("b", "10:05", "11", CASTLE)], ways(None))
    ] == [0]
    assert clashes([first, item("b", "10:30", "11", CASTLE)], ways(None)) == []


def test_breaks_and_whole_events_clash_with_nothing():
    first = item("a", "09:00", "10:00")
    other = [item("b", "09:30", "10:30", why=why) for why in (Why.EVERYBODY, Why.REGISTERED)]
    assert clashes([first, *other], ways(1)) == []


def test_what_one_waits_for_clashes_with_what_one_has_and_with_nothing_else_one_waits_for():
    own = item("a", "09:00", "10:00")
    first, second = (item(key, "09:30", "10:30", why=Why.WAITING) for key in "bc")
    assert [one.second for one in clashes([own, first, second], ways(1))] == [first, second]
    later = item("d", "10:35", "11:00", CASTLE)
    assert [one.first for one in clashes([first, later], ways(12))] == [first]


def test_what_comes_next_is_what_one_has_chosen():
    pause, own = item("p", "10:00", "10:30", why=Why.EVERYBODY), item("o", "10:30", "11:00")
    assert next_of([pause, own], pause.starts_at) == own
    assert next_of([pause], pause.starts_at) == pause
    assert next_of([own], own.ends_at) is None


# With records ------------------------------------------------------------------------------------


@pytest.fixture
def published(event):
    def publish() -> None:
        event.programme_number += 1
        event.save()
        ProgrammeVersion.objects.create(
            event=event,
            number=event.programme_number,
            content={"items": [one.as_record() for one in working_items(event)]},
        )

    return publish


@pytest.fixture
def own(registered, bruno):
    return registered(bruno)


def titles(found) -> dict[str, str]:
    return {one.title: one.why.value for one in found.items}


def test_an_agenda_holds_what_is_booked_marked_spoken_in_and_for_everybody(
    event, session, own, bruno, published, series
):
    booked = session("Workshop", "10:00", "11:00", needs_booking=True)
    waited = session("Tour", "10:00", "11:00", needs_booking=True)
    marked, spoken = session("Talk", "11:00", "12:00"), session("Panel", "13:00", "14:00")
    session("Other", "15:00", "16:00")
    session("Lunch", "12:00", "13:00", kind="break")
    session("Team", "08:00", "08:30", kind="break", visibility=Visibility.TEAM)
    Booking.objects.create(registration=own, session=booked, state="confirmed", number=1)
    Booking.objects.create(registration=own, session=waited, state="waiting", number=2)
    bookmark(marked, by=bruno)
    speaker = Speaker.objects.create(event=event, name="Bruno", person=bruno)
    Part.objects.create(session=spoken, speaker=speaker)
    published()
    found = agenda(bruno, series)
    assert titles(found) == {
        "Workshop": "booked",
        "Tour": "waiting",
        "Talk": "bookmarked",
        "Lunch": "everybody",
        "Panel": "speaks",
    }
    assert [one.title for one in found.others] == ["Other"]


def test_what_is_not_published_stands_in_no_agenda(session, own, bruno, published, series):
    published()
    session("Draft", "10:00", "11:00", kind="break")
    assert agenda(bruno, series).items == []


def test_before_a_programme_the_hours_of_the_event_stand_there(own, bruno, series):
    found = agenda(bruno, series)
    assert [f"{one.starts_there:%H:%M}" for one in found.items] == ["09:00", "09:00"]


def test_a_cancelled_registration_takes_the_event_out(registered, bruno, series):
    registered(bruno, RegistrationState.CANCELLED)
    assert agenda(bruno, series).events == []


def test_others_bring_items_of_their_own(own, bruno, series, published, monkeypatch):
    published()
    meeting = item("meeting-1", "10:00", "10:20", why=Why.MEETING, kind="meeting")
    monkeypatch.setattr(sources, "_sources", [])  # what is bound stays for other tests
    bind_items([lambda person, events: [meeting] if person == bruno and events else []])
    assert agenda(bruno, series).items == [meeting]


def test_the_page_warns_of_a_way_that_is_too_long(
    as_person, own, bruno, session, published, hall, event
):
    castle = Place.objects.create(name="Castle")
    far = Room.objects.create(place=castle, name="Tower")
    Walk.objects.create(first=hall, second=castle, minutes=12)
    first, second = session("Talk", "09:00", "10:00"), session("Tower", "10:05", "11:00")
    second.room = far
    second.save()
    for one in (first, second):
        bookmark(one, by=bruno)
    published()
    page = as_person(bruno).get("/events/week/agenda/")
    assert (
        "You leave Old Customs House at 10:00, this begins at 10:05, 12 minutes away." in page.text
    )
    assert "2 things to go to" in page.text


def test_the_own_clock_stands_beside_the_clock_of_the_place(
    as_person, own, bruno, session, published
):
    bruno.timezone = "Asia/Tokyo"
    bruno.save()
    bookmark(session("Late", "17:00", "18:00"), by=bruno)
    published()
    page = as_person(bruno).get("/events/week/agenda/")
    there = agenda(bruno).items[0]
    mine = there.starts_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert f'<time datetime="{there.starts_there.isoformat()}">17:00' in page.text
    assert f'<time datetime="{mine.isoformat()}">' in page.text
    assert "on your clock, Tokyo" in page.text
    bruno.timezone = "Europe/Paris"
    bruno.save()
    assert "on your clock" not in as_person(bruno).get("/events/week/agenda/").text


def test_the_page_asks_as_much_for_three_sessions_as_for_one(
    as_person, own, bruno, session, published, django_assert_max_num_queries
):
    bookmark(session("One", "09:00", "10:00"), by=bruno)
    published()
    browser = as_person(bruno)
    browser.get("/events/week/agenda/")
    with django_assert_max_num_queries(40) as first:
        browser.get("/events/week/agenda/")
    for hour in (11, 13):
        bookmark(session(f"At {hour}", f"{hour}:00", f"{hour}:30"), by=bruno)
    published()
    with django_assert_max_num_queries(len(first)):
        browser.get("/events/week/agenda/")


def test_agendas_are_for_people_with_a_log_in(as_person, ana, series):
    for address in ("/events/agenda/", "/events/week/agenda/", "/events/agenda/calendar/"):
        assert as_person().get(address).headers["Location"].startswith("/account/login/")
    assert "Your agenda" in as_person(ana).get("/events/agenda/").text


def test_a_session_goes_in_and_out_of_the_agenda_once(as_person, own, bruno, session, published):
    one = session("Talk", "09:00", "10:00")
    published()
    browser, address = as_person(bruno), f"/events/sessions/{one.pk}/bookmark/"
    for _ in range(2):
        browser.post(address)
    assert agenda(bruno).chosen == 1
    answer = browser.post(address, {"out": "1"}, headers={"Accept": "application/json"})
    assert answer.json() == {"out": True}
    assert agenda(bruno).chosen == 0


def test_what_one_does_not_see_one_cannot_put_into_the_agenda(as_person, carla, bruno, session):
    hidden = session("Team", "09:00", "10:00", visibility=Visibility.TEAM)
    assert as_person(bruno).post(f"/events/sessions/{hidden.pk}/bookmark/").status_code == 403


def headline(browser) -> tuple[str, str]:
    page = browser.get("/events/week/agenda/")
    return page.context["title"], page.context["lead"]


def test_an_event_without_a_programme_counts_once_however_many_days_it_has(as_person, own, bruno):
    assert headline(as_person(bruno)) == (
        "1 thing to go to",
        "Your own: 1. Among them 1 event without a session that you chose.",
    )
    assert "you are registered" in as_person(bruno).get("/events/week/agenda/").text


def test_the_lead_tells_ones_own_from_what_is_for_everybody(
    as_person, own, bruno, session, published
):
    session("Lunch", "12:00", "13:00", kind="break")
    bookmark(session("Talk", "09:00", "10:00"), by=bruno)
    published()
    assert headline(as_person(bruno)) == ("1 thing to go to", "Your own: 1. For everybody: 1.")


def test_who_only_waits_reads_that_and_not_that_nothing_is_there(as_person, registered, bruno):
    own = registered(bruno, RegistrationState.WAITING)
    assert headline(as_person(bruno)) == ("You wait for 1 thing", "You wait for: 1.")
    own.state = RegistrationState.ASKED
    own.save()
    assert headline(as_person(bruno))[0] == "You wait for 1 thing"


def test_nothing_is_chosen_only_where_nothing_is():
    now = item("a", "09:00", "10:00").starts_at
    pause = item("p", "10:00", "10:30", why=Why.EVERYBODY)
    assert finding(Agenda([pause], [], [], [], now)) == "Nothing chosen yet"
    assert finding(Agenda([pause], [], [], [], now, bare=1)).startswith("1 thing to go to")
    assert finding(Agenda([pause], [], [], [], now, asked=2)) == "You wait for 2 things"


# Calendars ---------------------------------------------------------------------------------------


def entries(raw: bytes):
    return vobject.readOne(raw.decode())


def test_a_second_library_reads_the_calendar(own, bruno, session, published, hall):
    title = "Ανακύκλωση, μπαταρίες; και – ένας πολύ μακρύς τίτλος που διπλώνει τη γραμμή"
    bookmark(session(title, "09:30", "10:00"), by=bruno)
    published()
    raw = calendar_file("Mine", agenda(bruno).items)
    read = entries(raw)
    [event] = read.contents["vevent"]
    assert event.summary.value == title
    assert event.dtstart.value.astimezone(UTC) == agenda(bruno).items[0].starts_at
    assert event.location.value.startswith("Hall, Old Customs House")
    assert event.status.value == "CONFIRMED"
    assert event.sequence.value == "1"
    assert read.vtimezone.tzid.value == BRUSSELS
    assert f"DTSTART;TZID={BRUSSELS}:".encode() in raw
    lines = raw.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)


def test_an_entry_keeps_its_number_and_counts_its_changes(own, bruno, session, published):
    one = session("Talk", "09:30", "10:00")
    bookmark(one, by=bruno)
    published()
    [before] = Calendar.from_ical(calendar_file("", agenda(bruno).items)).events
    one.starts_at += timedelta(minutes=30)
    one.ends_at += timedelta(minutes=30)
    one.save()
    published()
    [after] = Calendar.from_ical(calendar_file("", agenda(bruno).items)).events
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after.start - before.start == timedelta(minutes=30)


@pytest.mark.parametrize(
    ("zone", "saturday"), [(BRUSSELS, date(2027, 3, 27)), ("America/New_York", date(2027, 11, 6))]
)
def test_hours_stay_through_the_night_in_which_the_clocks_change(zone, saturday):
    there = ZoneInfo(zone)
    days = [saturday, saturday + timedelta(days=1)]
    items = [
        Item(
            str(day),
            "Talk",
            datetime(day.year, day.month, day.day, 10, tzinfo=there).astimezone(UTC),
            datetime(day.year, day.month, day.day, 11, tzinfo=there).astimezone(UTC),
            zone,
            Why.BOOKED,
        )
        for day in days
    ]
    assert [f"{one.starts_there:%H:%M}" for one in items] == ["10:00", "10:00"]
    assert items[1].starts_at - items[0].starts_at != timedelta(days=1)
    read = entries(calendar_file("", items)).contents["vevent"]
    assert [one.dtstart.value.astimezone(UTC) for one in read] == [one.starts_at for one in items]
    tokyo = [one.starts_at.astimezone(ZoneInfo("Asia/Tokyo")).hour for one in items]
    assert tokyo[0] != tokyo[1]


def test_a_feed_is_read_without_a_log_in_until_it_is_revoked(as_person, own, bruno, client):
    page = as_person(bruno).post("/events/agenda/calendar/")
    address = page.context["address"]
    path = address[address.index("/events/") :]
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(Calendar.from_ical(answer.content).events) == 2
    assert address not in as_person(bruno).get("/events/agenda/calendar/").text
    feed = page.context["feeds"][0]
    feed.refresh_from_db()
    assert feed.read_at
    as_person(bruno).post(f"/events/agenda/calendar/{feed.pk}/")
    assert client.get(path).status_code == 410


def test_only_the_digest_of_an_address_is_kept(bruno, client, ana, as_person):
    feed, token = make_feed(by=bruno)
    assert token not in feed.token_digest
    assert client.get("/events/agenda/guessed.ics").status_code == 404
    assert as_person(ana).post(f"/events/agenda/calendar/{feed.pk}/").status_code == 404
    revoke_feed(feed, by=bruno)
    revoke_feed(feed, by=bruno)
    assert client.get(f"/events/agenda/{token}.ics").status_code == 410


def test_files_of_agenda_event_and_session(as_person, own, bruno, session, published):
    one = session("Talk", "09:30", "10:00")
    session("Guests", "10:30", "11:00", visibility=Visibility.GUESTS)
    bookmark(one, by=bruno)
    published()
    browser = as_person(bruno)
    for path, many in (
        ("/events/week/agenda.ics", 1),
        ("/events/week/matchmaking/programme.ics", 2),
        (f"/events/sessions/{one.pk}.ics", 1),
    ):
        assert len(Calendar.from_ical(browser.get(path).content).events) == many, path
    stranger = as_person().get("/events/week/matchmaking/programme.ics")
    assert len(Calendar.from_ical(stranger.content).events) == 1


def test_an_erased_or_blocked_person_has_no_feed(bruno, client):
    _feed, token = make_feed(by=bruno)
    bruno.is_active = False
    bruno.save()
    assert client.get(f"/events/agenda/{token}.ics").status_code == 404


def test_the_title_says_what_comes_next_today(own, bruno, session, published, series, as_person):
    later = timezone.now() + timedelta(minutes=40)
    one = session("Soon", "09:30", "10:00")
    one.starts_at, one.ends_at = later, later + timedelta(hours=1)
    one.save()
    bookmark(one, by=bruno)
    published()
    page = as_person(bruno).get("/events/week/agenda/")
    here = later.astimezone(ZoneInfo(BRUSSELS))
    if here.date() == timezone.now().astimezone(ZoneInfo(BRUSSELS)).date():
        assert f"1 thing to go to, the next at {here:%H:%M}" in page.text


def rules_of(zone: str) -> list[tuple[str, str, str]]:
    made = zone_component(zone, [datetime(2027, 6, 1, tzinfo=UTC)])
    return [
        (
            one.name,
            one["rrule"].to_ical().decode() if "rrule" in one else "",
            one["dtstart"].to_ical().decode(),
        )
        for one in made.subcomponents
    ]


def test_zones_are_written_as_yearly_rules_by_the_clock_before_the_change():
    assert rules_of(BRUSSELS) == [
        ("DAYLIGHT", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "20260329T020000"),
        ("STANDARD", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "20261025T030000"),
    ]
    assert [rule for _name, rule, _at in rules_of("America/New_York")] == [
        "FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
    ]


def test_a_zone_without_summer_time_and_one_that_follows_the_moon():
    assert rules_of("Asia/Tokyo") == [("STANDARD", "", "20260101T000000")]
    moon = rules_of("Africa/Casablanca")
    assert len(moon) > 2
    assert {rule for _name, rule, _at in moon} == {""}


def test_a_session_page_has_the_button_of_the_agenda(as_person, bruno, own, session, published):
    one = session("Talk", "09:30", "10:00")
    published()
    address = f"/events/week/matchmaking/sessions/{one.key}/"
    browser = as_person(bruno)
    assert "Put into my agenda" in browser.get(address).text
    browser.post(f"/events/sessions/{one.pk}/bookmark/")
    assert "Take out of my agenda" in browser.get(address).text
    assert "my agenda" not in as_person().get(address).text
    assert "programme.ics" in browser.get("/events/week/matchmaking/").text


def test_the_way_to_a_stream_is_for_guests(as_person, own, bruno, ana, carla, session, published):
    one = session("Hybrid", "09:30", "10:00", mode="hybrid", stream_url="https://stream.example/1")
    published()
    for reader, tells in ((bruno, True), (None, False)):
        told = as_person(reader).get("/events/week/matchmaking/programme.ics").text
        assert ("stream.example" in told) is tells
    bookmark(one, by=bruno)
    assert "https://stream.example/1" in as_person(bruno).get("/events/week/agenda/").text
    own.state = RegistrationState.CANCELLED
    own.save()
    assert "stream.example" not in as_person(bruno).get("/events/week/agenda/").text
