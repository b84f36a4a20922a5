"""The feed of an event says what everybody may know of a change, and no more."""

import re

import pytest
from django.urls import reverse

from hanse.events.actions.programme import publish_programme
from hanse.events.models import Event
from hanse.events.words import Entry, Visibility

pytestmark = [pytest.mark.database, pytest.mark.django_db]
FEED = "/events/feeds/week/matchmaking.atom"
CHANGES = "/events/week/matchmaking/changes/"
SECRET = "Secret dinner 4711"


@pytest.fixture
def by_invitation(event) -> Event:
    event.entry = Entry.INVITATION
    event.save()
    return event


def entries(client) -> list[str]:
    """What each entry says, the newest first, as a reader of feeds shows it."""
    text = client.get(FEED).text
    assert SECRET not in text
    return [
        re.sub(r"&lt;/?\w+&gt;", "", one).strip()
        for one in re.findall(r"<summary[^>]*>(.*?)</summary>", text, re.DOTALL)
    ]


def test_changes_for_invited_people_are_counted_and_not_named(client, by_invitation, session, ana):
    session(SECRET, "14:00", "15:00", visibility=Visibility.GUESTS)
    publish_programme(by_invitation, by=ana)
    session(SECRET, "15:00", "16:00", visibility=Visibility.GUESTS)
    session(f"{SECRET} 2", "16:00", "17:00", visibility=Visibility.GUESTS)
    publish_programme(by_invitation, by=ana)
    assert entries(client) == [
        "2 more changes, for invited people",
        "One more change, for invited people",
    ]


def test_what_everybody_sees_stands_first(client, by_invitation, session, ana):
    session("Opening", "09:30", "10:00")
    session(SECRET, "14:00", "15:00", visibility=Visibility.GUESTS)
    publish_programme(by_invitation, by=ana, note="The first one")
    [entry] = entries(client)
    assert entry.startswith("The first one")
    assert "Opening: new:" in entry
    assert entry.endswith("One more change, for invited people")


def test_a_change_of_the_organisers_alone_is_no_entry(
    client, as_person, by_invitation, session, ana
):
    session("Opening", "09:30", "10:00")
    publish_programme(by_invitation, by=ana)
    session(SECRET, "14:00", "15:00", visibility=Visibility.TEAM)
    publish_programme(by_invitation, by=ana)
    assert len(entries(client)) == 1
    page = client.get(CHANGES).text
    assert "for invited people" not in page
    assert SECRET not in page
    assert SECRET in as_person(ana).get(CHANGES).text


def shown_to(visibility: str, ana, **facts) -> None:
    event = Event.objects.get()
    for name, value in {"visibility": visibility, **facts}.items():
        event.sessions.update(**{name: value})
    publish_programme(event, by=ana)


@pytest.mark.parametrize("hidden", [Visibility.GUESTS, Visibility.TEAM])
def test_what_disappears_from_the_public_programme_is_left_out_there(
    client, as_person, by_invitation, session, ana, hidden
):
    session("Opening", "09:30", "10:00")
    publish_programme(by_invitation, by=ana)
    shown_to(hidden, ana, title={"en": SECRET})
    gone, _first = entries(client)
    assert re.fullmatch(r"Opening: left out; it was .*09:30 to 10:00, Hall", gone)
    assert "Opening</b>: left out; it was" in client.get(CHANGES).text
    organiser = as_person(ana).get(CHANGES).text
    assert f"{SECRET}</b>: " in organiser
    assert "left out" not in organiser


def test_what_becomes_public_is_new_and_says_nothing_of_before(client, by_invitation, session, ana):
    one = session(SECRET, "14:00", "15:00", visibility=Visibility.GUESTS)
    publish_programme(by_invitation, by=ana)
    shown_to(Visibility.PUBLIC, ana, title={"en": "Dinner"}, ends_at=one.ends_at.replace(minute=30))
    shown, _first = entries(client)
    assert re.fullmatch(r"Dinner: new: .*14:00 to 15:30, Hall", shown)


def test_what_invited_people_see_no_more_is_one_more_change_for_them(
    client, by_invitation, session, ana
):
    session(SECRET, "14:00", "15:00", visibility=Visibility.GUESTS)
    publish_programme(by_invitation, by=ana)
    shown_to(Visibility.TEAM, ana)
    assert entries(client) == ["One more change, for invited people"] * 2


def test_a_version_that_says_nothing_to_its_reader_is_not_shown(
    client, as_person, by_invitation, session, ana
):
    session("Opening", "09:30", "10:00")
    publish_programme(by_invitation, by=ana)
    session(SECRET, "14:00", "15:00", visibility=Visibility.TEAM)
    publish_programme(by_invitation, by=ana)
    assert "Version 2" not in client.get(CHANGES).text
    assert "Version 2" in as_person(ana).get(CHANGES).text


def test_an_entry_says_when_it_was(client, by_invitation, session, ana):
    session(SECRET, "14:00", "15:00", visibility=Visibility.GUESTS)
    version = publish_programme(by_invitation, by=ana)
    updated = re.findall(r"<updated>(.*?)</updated>", client.get(FEED).text)
    assert {one[:16] for one in updated} == {version.published_at.isoformat()[:16]}


@pytest.mark.parametrize("feed", [FEED, reverse("directory:profiles_feed")])
def test_a_feed_is_kept_for_each_language(client, event, feed):
    assert "Cookie" in client.get(feed)["Vary"]


def test_a_feed_without_an_entry_is_one(client, by_invitation, session, ana):
    session(SECRET, "14:00", "15:00", visibility=Visibility.TEAM)
    publish_programme(by_invitation, by=ana)
    assert entries(client) == []
    assert client.get(FEED).status_code == 200
