"""Feeds and calendars that programs can read: structure, stable names, public things only."""

import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from hanse.directory.actions.notices import (
    Funded,
    Held,
    Told,
    announce_call,
    announce_event,
    tell_news,
)
from hanse.directory.actions.requests import Asked, ask_for_partner
from hanse.directory.models import OpenCall, OrganisationEvent
from hanse.directory.words import Level, State

pytestmark = [pytest.mark.database, pytest.mark.django_db]

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("profiles", "requests", "news", "events", "calls")
TITLE = "Batterien & <b>mehr</b> – ανακύκλωση"


@pytest.fixture
def told(settings, polish, ana):
    settings.HANSE_ADDRESS = "https://hanse.example/"
    start = (datetime.now() + timedelta(days=20)).replace(  # noqa: DTZ005
        hour=9, minute=30, second=0, microsecond=0
    )
    end = start + timedelta(days=1, hours=7)
    text = "One, two; three\nfour \\ <script>x</script>"
    ask_for_partner(polish, Asked(TITLE, text, "de", text=text), by=ana)
    ask_for_partner(polish, Asked("Secret", "x", "de", level=Level.SPEAKERS), by=ana)
    tell_news(polish, Told(TITLE, text, "de", "https://x.example/"), by=ana)
    announce_event(
        polish, Held(TITLE, start, end, "Asia/Tokyo", "de", "Kraków, Rynek 1", text=text), by=ana
    )
    announce_call(
        polish, Funded(TITLE, start, end, "Europe/Warsaw", "de", "Firms", text=text), by=ana
    )
    return start


def read(client, name):
    answer = client.get(f"/directory/feeds/{name}.atom")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content)  # noqa: S314 -- our own words


def only(parent, name):
    (found,) = parent.findall(ATOM + name)
    return found


def is_moment(text):
    at = datetime.fromisoformat(text)
    return at.tzinfo is not None


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_keeps_the_rules_of_atom(client, told, name):
    """RFC 4287, sections 4.1.1 and 4.1.2."""
    feed = read(client, name)
    assert feed.tag == f"{ATOM}feed"
    assert only(feed, "id").text.startswith("tag:hanse.example,2026:directory/feeds/")
    assert only(feed, "title").text
    assert is_moment(only(feed, "updated").text)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"https://hanse.example/directory/feeds/{name}.atom"
    assert links["alternate"].startswith("https://hanse.example/directory/")
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 1
    for entry in entries:
        assert only(entry, "id").text.startswith("tag:hanse.example,2026:directory/")
        assert is_moment(only(entry, "updated").text)
        assert is_moment(only(entry, "published").text)
        assert only(entry, "author").find(f"{ATOM}name").text == "Dolina Ogniw"
        (link,) = entry.findall(f"{ATOM}link")
        assert link.get("href").startswith("https://hanse.example/directory/")
        assert client.get(link.get("href").removeprefix("https://hanse.example")).status_code == 200
        if name != "profiles":
            assert only(entry, "title").text == TITLE
            summary = only(entry, "summary")
            assert summary.get("type") == "html"
            assert "<script>" not in summary.text
            assert "&lt;script&gt;" in summary.text


@pytest.mark.parametrize("name", FEEDS)
def test_an_empty_feed_is_a_feed(client, name):
    feed = read(client, name)
    assert only(feed, "id").text
    assert is_moment(only(feed, "updated").text)
    assert feed.findall(f"{ATOM}entry") == []


def test_names_of_entries_stay(client, told, settings):
    before = only(only(read(client, "news"), "entry"), "id").text
    assert only(only(read(client, "news"), "entry"), "id").text == before


@pytest.mark.parametrize("who", ["stranger", "speaker"])
def test_nothing_confidential_is_in_a_feed_whoever_asks(as_person, told, ana, who):
    browser = as_person(ana if who == "speaker" else None)
    assert "Secret" not in browser.get("/directory/feeds/requests.atom").content.decode()


def test_hidden_organisations_leave_the_feeds(client, told, polish):
    polish.state = State.RETIRED
    polish.save()
    for name in FEEDS:
        assert read(client, name).findall(f"{ATOM}entry") == []


def events_in(client, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    return calendar.walk("VEVENT")


def test_the_calendar_of_events_reads_back(client, told):
    one = OrganisationEvent.objects.get()
    for address in ("/directory/feeds/events.ics", f"{one.get_absolute_url()}event.ics"):
        (event,) = events_in(client, address)
        assert event["uid"] == f"event-{one.pk}@hanse.example"
        assert event.decoded("dtstart") == one.starts_at
        assert event.decoded("dtend") == one.ends_at
        assert event.decoded("dtstart").utcoffset() == timedelta()
        assert event.decoded("dtstamp").utcoffset() == timedelta()
        assert str(event["summary"]) == TITLE
        assert str(event["location"]) == "Kraków, Rynek 1"
        assert "One, two; three\nfour \\ <script>x</script>" in str(event["description"])
        assert event["url"] == f"https://hanse.example{one.get_absolute_url()}"
    # Nine in the morning in Tokyo is midnight in UTC.
    assert one.starts_at.hour == 0


def test_the_calendar_of_deadlines_reads_back(client, told):
    one = OpenCall.objects.get()
    (event,) = events_in(client, "/directory/feeds/calls.ics")
    assert event["uid"] == f"call-{one.pk}@hanse.example"
    assert event.decoded("dtstart") == one.closes_at
    assert "dtend" not in event
    assert TITLE in str(event["summary"])


def test_an_event_of_a_hidden_organisation_has_no_calendar(client, told, polish):
    one = OrganisationEvent.objects.get()
    polish.state = State.DRAFT
    polish.save()
    assert client.get(f"{one.get_absolute_url()}event.ics").status_code == 404
