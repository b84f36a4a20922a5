"""Letters at the desk: own words, previews, what did not go out."""

import pytest

from hanse.commons.post.models import Letter
from hanse.events.actions.invitations import invite, write_to
from hanse.events.mails.catalogue import CATALOGUE, as_read
from hanse.events.rules.guests import Guest

pytestmark = pytest.mark.database
DESK = "/events/week/matchmaking/desk/letters/"


@pytest.mark.parametrize("code", CATALOGUE)
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_letter_can_be_read_beforehand(event, code, language):
    letter = as_read(event, code, language)
    assert letter.subject
    assert letter.text
    assert "{" not in letter.subject + letter.text


def test_own_words_go_out_and_ours_come_back(event, as_person, ana):
    way = f"{DESK}invitation/en/"
    as_person(ana).post(way, {"subject": "Come, {name}", "body": "{event} in {city}. {link}"})
    listed = invite(event, [Guest("x@example.org", "Xenia")], by=ana)
    write_to(listed.new, by=ana)
    letter = Letter.objects.get(to="x@example.org")
    assert letter.subject == "Come, Xenia"
    assert "Matchmaking in Brussels" in letter.text
    page = as_person(ana).get(way, {"reader": listed.new[0].pk}).content.decode()
    assert "Come, Xenia" in page
    as_person(ana).post(way, {"ours": "1"})
    assert as_read(event, "invitation", "en").subject == "You are invited: Matchmaking"


def test_a_preview_as_a_participant_makes_no_link(event, as_person, ana, registered, bruno):
    from hanse.commons.links.models import LetterLink

    one = registered(bruno)
    page = as_person(ana).get(f"{DESK}confirmed/en/", {"reader": one.pk}).content.decode()
    assert bruno.name in page
    assert LetterLink.objects.count() == 0


def test_a_letter_in_doubt_is_repeated_by_a_person_once(event, as_person, ana):
    write_to(invite(event, [Guest("x@example.org")], by=ana).new, by=ana)
    letter = Letter.objects.get(to="x@example.org")
    letter.state = "doubtful"
    letter.save()
    assert "waits for your word" in as_person(ana).get(DESK).content.decode()
    for _double_click in range(2):
        as_person(ana).post(f"{DESK}{letter.pk}/")
    letter.refresh_from_db()
    assert letter.state == "queued"


def test_letters_of_others_are_not_there(event, as_person, ana, bruno):
    other = Letter.objects.create(to="y@example.org", sender="s", subject="S", text="T")
    assert as_person(ana).post(f"{DESK}{other.pk}/").status_code == 404
    assert as_person(bruno).get(DESK).status_code == 404
    assert as_person(ana).get(f"{DESK}nothing/en/").status_code == 404
    assert as_person(ana).get(f"{DESK}invitation/xx/").status_code == 404
