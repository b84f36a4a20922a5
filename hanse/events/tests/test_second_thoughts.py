"""Calling off, drafts before going back, two versions in full, letters without a link, asking."""

import re

import pytest

from hanse.commons.post.models import Letter
from hanse.events.actions.calling_off import call_off
from hanse.events.actions.invitations import invite, write_to
from hanse.events.actions.programme import go_back_to, publish_programme, save_item
from hanse.events.actions.registration import Guest as Registrant
from hanse.events.actions.registration import register
from hanse.events.models import Stranger
from hanse.events.queries.changes import changes_of
from hanse.events.queries.differences import differences
from hanse.events.queries.programme import item_of_session, working_items
from hanse.events.rules.guests import Guest
from hanse.events.rules.letters import why_not_worded
from hanse.events.words import Entry
from hanse.kit.refusals import Refused

pytestmark = pytest.mark.database
DESK = "/events/week/matchmaking/desk/"


def changed(session, **fields):
    from dataclasses import replace

    return replace(item_of_session(session), **fields)


def test_drafts_of_colleagues_do_not_go_unasked(event, session, as_person, ana):
    opening = session("Opening", "09:30", "10:00")
    publish_programme(event, by=ana)
    save_item(event, changed(opening, title={"en": "Welcome"}), revision=1, by=ana)
    publish_programme(event, by=ana)
    save_item(event, changed(opening, title={"en": "A draft"}), revision=2, by=ana)
    with pytest.raises(Refused, match="not published"):
        go_back_to(event, 1, by=ana)
    way = f"{DESK}programme/versions/1/"
    asked = as_person(ana).post(way)
    assert asked.status_code == 409
    assert "A draft" in asked.content.decode()
    assert working_items(event)[0].title == {"en": "A draft"}
    as_person(ana).post(way, {"drops": "1"})
    assert working_items(event)[0].title == {"en": "Opening"}


def test_two_versions_show_everything_that_differs(event, session):
    one = session("Opening", "09:30", "10:00")
    mine = changed(one, title={"en": "Opening", "de": "Auftakt"}, hashtag="#x")
    rows = {
        row.name: (row.stands, row.wanted)
        for row in differences(event, item_of_session(one), mine, 50)
    }
    assert rows["Title (de)"] == ("", "Auftakt")
    assert rows["Hashtag"] == ("–", "#x")
    assert rows["Seats"] == ("–", "50")
    assert "Room" not in rows


def test_a_rename_is_in_the_log_also_where_the_item_moved(event, session, ana):
    one = session("Opening", "09:30", "10:00")
    publish_programme(event, by=ana)
    moved = changed(
        one, title={"en": "Welcome"}, text={"en": "x"}, ends=one.ends_at.replace(minute=15)
    )
    save_item(event, moved, revision=1, by=ana)
    publish_programme(event, by=ana)
    (line,) = changes_of(event, {"public"})[0].lines
    assert line.title == "Welcome"
    assert "called “Opening” before" in line.says
    assert "What it is about" in line.says
    assert "moved from" in line.says


def test_an_event_that_is_called_off_says_so_and_tells_everybody_once(
    event, kind, as_person, ana, bruno
):
    register(event, kind, Registrant("Bruno", bruno.email, bruno), by=bruno)
    write_to(invite(event, [Guest("x@example.org", "Xenia")], by=ana).new, by=ana)
    Letter.objects.all().delete()
    as_person(ana).post(f"{DESK}calling-off/", {"why": "The hall burnt down."})
    assert call_off(event, "again", by=ana) == 0
    told = Letter.objects.filter(text__contains="does not take place")
    assert sorted(told.values_list("to", flat=True)) == [bruno.email, "x@example.org"]
    assert "The hall burnt down." in told[0].text
    said = as_person(None).get(event.get_absolute_url()).content.decode()
    assert "It does not take place." in said
    assert "EventCancelled" in said
    event.refresh_from_db()
    with pytest.raises(Refused, match="does not take place"):
        register(event, kind, Registrant("Nora", "nora@example.org"), by=None)


def test_a_published_event_with_guests_is_not_hidden(event, kind, as_person, ana, bruno):
    register(event, kind, Registrant("Bruno", bruno.email, bruno), by=bruno)
    typed = {
        "title_en": "Matchmaking", "state": "draft", "entry": "registration", "mode": "on_site",
        "on_0": "on", "on_1": "on",
    }  # fmt: skip
    answer = as_person(ana).post(f"{DESK}settings/", typed)
    assert answer.status_code == 422
    assert "People are registered (1)" in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "text", "refused"),
    [
        ("invitation", "Come. {link}", None),
        ("invitation", "Come. {link} {table}", None),  # a column of the list
        ("invitation", "Come.", "letter_without_link"),
        ("cancelled", "{name}, it is cancelled.", None),
        ("cancelled", "{nope}", "unknown_placeholder"),
        ("cancelled", "{", None),
    ],
)
def test_own_words_need_what_the_letter_is_for(code, text, refused):
    against = why_not_worded(code, text)
    assert (against.code if against else None) == refused


def test_asking_on_the_page_and_seeing_where_it_stands(event, as_person, ana, bruno):
    event.entry = Entry.INVITATION
    event.save()
    said = as_person(bruno).get(event.get_absolute_url()).content.decode()
    way = re.search(r'href="(/events/week/matchmaking/ask/)"', said).group(1)
    for _double_click in range(2):
        as_person(bruno).post(way, {"name": "Bruno", "says": "I work on this."})
    stranger = Stranger.objects.get()
    assert stranger.invitation is None
    assert "The organisers have your question" in as_person(bruno).get(way).content.decode()
    assert bruno.email in as_person(ana).get(f"{DESK}invitations/").content.decode()
    as_person(ana).post(f"{DESK}strangers/{stranger.pk}/", {"invite": "1"})
    assert "You are invited" in as_person(bruno).get(way).content.decode()
    assert as_person(None).get(way).status_code == 302


def test_whoever_is_not_logged_in_is_not_told_that_they_are_not_invited(event, client):
    event.entry = Entry.INVITATION
    event.save()
    assert (
        "Log in to see whether you are invited"
        in client.get(event.get_absolute_url()).content.decode()
    )


def test_an_event_is_found_by_what_happens_in_it(event, session, client, ana):
    session("Valves for hydrogen", "09:30", "10:00")
    publish_programme(event, by=ana)

    def found(text):
        return (
            'href="/events/week/matchmaking/"'
            in client.get("/events/", {"text": text}).content.decode()
        )

    assert found("hydrogen")
    assert not found("cheese")


def test_signs_that_turn_the_reading_direction_are_refused(event, as_person, ana):
    typed = {"name": "Ana \u202eSousa"}
    assert as_person(ana).post(f"{DESK}speakers/", typed).status_code == 422


def test_a_day_is_no_address_of_an_event(series, as_person, ana):
    typed = {
        "title_en": "X", "slug": "2027-01-12", "state": "draft", "entry": "open",
        "mode": "on_site", "on_0": "on",
    }  # fmt: skip
    answer = as_person(ana).post("/events/week/organise/events/new/", typed)
    assert answer.status_code == 422
