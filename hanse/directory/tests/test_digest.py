"""The weekly letter: not until chosen, only when there is something, ended with one click."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.utils import timezone

from hanse.adapters.smtp import Smtp
from hanse.commons.consent.models import Consent
from hanse.commons.people.transfers import archive_about
from hanse.commons.post.jobs import mail_of
from hanse.commons.post.models import Letter
from hanse.directory.actions.digest import choose_digest, end_digest, write_digests
from hanse.directory.actions.requests import Asked, ask_for_partner, say_interest
from hanse.directory.actions.searches import keep_search, tell_of_new_ones
from hanse.directory.models import Digest
from hanse.directory.words import Level

pytestmark = [pytest.mark.database, pytest.mark.django_db]

MONDAY = date(2027, 1, 4)


def letters(who):
    return list(Letter.objects.filter(to=who.email).order_by("pk"))


@pytest.fixture
def something(polish, german, bruno):
    """A request of Bruno's that concerns Ana's: battery recycling."""
    asked = Asked("Battery recycling with acid", "Black mass", "en", countries=["PL"])
    return ask_for_partner(german, asked, by=bruno)


def test_nobody_is_written_to_who_did_not_choose_it(ana, something):
    assert write_digests(MONDAY) == 0
    choose_digest(by=ana)
    end_digest(by=ana)
    assert write_digests(MONDAY) == 0
    assert letters(ana) == []


def test_on_mondays_once_with_what_concerns_me(ana, something):
    choose_digest(by=ana)
    assert write_digests(MONDAY + timedelta(days=1)) == 0
    assert write_digests(MONDAY) == 1
    assert write_digests(MONDAY) == 0
    (letter,) = letters(ana)
    assert "Battery recycling with acid (Zweites Leben; battery recycling" in letter.text
    assert something.get_absolute_url() in letter.text
    assert write_digests(MONDAY + timedelta(days=7)) == 0
    assert Digest.objects.filter(person=ana).count() == 2


def test_nothing_new_is_no_letter(ana, polish):
    choose_digest(by=ana)
    assert write_digests(MONDAY) == 0


def test_a_request_in_another_country_does_not_concern_me(ana, bruno, polish, german):
    asked = Asked("Battery recycling", "Black mass", "en", countries=["ES"])
    ask_for_partner(german, asked, by=bruno)
    choose_digest(by=ana)
    assert write_digests(MONDAY) == 0


def test_a_kept_search_brings_requests(carla, bruno, german):
    keep_search("q=hydrogen+valves", by=carla)
    choose_digest(by=carla)
    ask_for_partner(german, Asked("Valves for hydrogen", "A ship", "en"), by=bruno)
    assert write_digests(MONDAY) == 1
    assert "“hydrogen valves”" in letters(carla)[0].text


def test_what_is_confidential_is_not_told_to_who_speaks_for_nobody(
    organisation, as_person, bruno, german
):
    from hanse.conftest import person

    reader = person("Eve", "eve@example.org")
    keep_search("q=alloy", by=reader)
    choose_digest(by=reader)
    ask_for_partner(german, Asked("Secret alloy", "x", "en", level=Level.SPEAKERS), by=bruno)
    assert write_digests(MONDAY) == 0


def test_interest_that_waits_is_in_it(ana, bruno, polish, german):
    asked = ask_for_partner(polish, Asked("Valves", "x", "en"), by=ana)
    say_interest(asked, german, "We bring them.", by=bruno)
    choose_digest(by=ana)
    assert write_digests(MONDAY) == 1
    assert "We bring them." in letters(ana)[-1].text


def test_one_click_ends_it_without_a_log_in(as_person, ana, something):
    choose_digest(by=ana)
    write_digests(MONDAY)
    ending = letters(ana)[0].unsubscribe
    path = ending[ending.index("/directory/letters/end/") :]
    stranger = as_person()
    stranger.handler.enforce_csrf_checks = True
    assert "End them" in stranger.get(path).content.decode()
    assert Consent.objects.filter(person=ana).count() == 1
    answer = stranger.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    lines = Consent.objects.filter(person=ana).order_by("pk").values_list("answer", flat=True)
    assert list(lines) == ["given", "withdrawn"]
    assert write_digests(MONDAY + timedelta(days=7)) == 0
    with zipfile.ZipFile(io.BytesIO(archive_about(ana))) as zipped:
        assert b"withdrawn" in zipped.read("consents.json")
        assert MONDAY.isoformat().encode() in zipped.read("in_touch.json")
    assert "leads nowhere" in stranger.get("/directory/letters/end/x/").content.decode()


def test_the_mail_carries_the_headers_of_one_click(ana, something, monkeypatch):
    choose_digest(by=ana)
    write_digests(MONDAY)
    mail = mail_of(letters(ana)[0])
    sent = []

    class Connection:
        def send_messages(self, messages):
            sent.extend(messages)

    monkeypatch.setattr(Smtp, "connection", lambda self: Connection())
    Smtp("smtp://localhost").carry(mail)
    head = sent[0].message()
    assert head["List-Unsubscribe"] == f"<{mail.unsubscribe}>"
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.unsubscribe.startswith("http")


def test_chosen_and_ended_on_its_page(as_person, ana):
    browser = as_person(ana)
    assert "A letter a week, or none" in browser.get("/directory/digest/").content.decode()
    browser.post("/directory/digest/", {"choose": "1"})
    assert "You get a letter a week" in browser.get("/directory/digest/").content.decode()
    browser.post("/directory/digest/", {"end": "1"})
    assert Consent.objects.filter(person=ana).count() == 2


def test_the_letter_about_a_kept_search_ends_with_one_click(as_person, ana, organisation):
    kept = keep_search("q=photonics", by=ana)
    kept.told_at = timezone.now() - timedelta(days=1)
    kept.save()
    organisation("Licht", summary="photonics")
    assert tell_of_new_ones() == 1
    ending = letters(ana)[0].unsubscribe
    as_person().post(ending[ending.index("/directory/") :])
    kept.refresh_from_db()
    assert not kept.writes
