"""Letters to applicants: own words by outcome and language, standing facts kept, previews."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hanse.calls.actions.deciding import Deciding, decide, tell
from hanse.calls.actions.letters import word_letter
from hanse.calls.mails.catalogue import DECIDES, as_read
from hanse.calls.models import Decision, LetterText
from hanse.calls.rules.cut_offs import end_of_day
from hanse.calls.rules.eligibility import put_together
from hanse.calls.rules.letters import PLACEHOLDERS
from hanse.calls.tests.conftest import THEMES, days, pass_by, sent
from hanse.calls.words import LETTERS, Outcome
from hanse.commons.audit.models import AuditEntry
from hanse.commons.post.models import Letter
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LANGUAGES = ["en", "de", "fr"]
OWN = "Dear {name}, thank you for number {number} of {organisation}: {call}."


def at(name, *args) -> str:
    return reverse(f"calls:{name}", args=args)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def applied(call, applicant):
    one = sent(call, applicant())
    pass_by(call)
    return one


def test_a_reserve_letter_promises_a_next_cut_off_only_where_there_is_one(call, applied):
    promise = "Until the next cut-off"
    assert promise in as_read(call, "reserve", "en", applied).text
    call.cut_offs.filter(number=2).delete()
    told = as_read(call, "reserve", "en", applied).text
    assert promise not in told
    assert applied.get_absolute_url() in told


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Until 12 Dec 2026, 23:59 (Europe/Brussels) you may"),
        ("de", "12.12.2026, 23:59 (Europe/Brussels)"),
    ],
)
def test_days_and_hours_read_as_on_pages(call, applied, language, says):
    cut_off = applied.cut_off
    cut_off.at = end_of_day(date(2026, 12, 12), call.zone)
    cut_off.save()
    assert says in flat(as_read(call, "received", language, applied).text)


def test_the_catalogue_has_every_letter_that_may_be_worded():
    assert set(LETTERS) == set(PLACEHOLDERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", LETTERS)
def test_every_letter_can_be_read_beforehand(call, applied, code, language):
    for reader in (None, applied):
        letter = as_read(call, code, language, reader)
        assert letter.subject
        assert "/calls/applications/" in letter.text
        assert "{" not in letter.subject + letter.text
        name = applied.organisation.name if reader else "Balta Metals"
        assert code == "summary_due" or name in letter.subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", LETTERS)
def test_own_words_take_no_standing_fact_away(call, applied, code, language, dora):
    """Whatever of ours stands below its beginning still stands there, and what was decided too."""
    says = "Because 4711"
    ours = as_read(call, code, language, applied, says=says)
    word_letter(call, code, language, "Hello {name}", OWN, by=dora)
    own = as_read(call, code, language, applied, says=says)
    assert own.subject == f"Hello {applied.made_by.name}"
    assert own.text.startswith(f"Dear {applied.made_by.name}, thank you for number 1 of")
    assert f"{ours.subject}." in own.text
    openings = {"selected", "summary_due"}
    standing = ours.text.partition("\n\n")[2] if code in openings else ours.text
    assert standing
    assert own.text.endswith(standing)
    if code in DECIDES:
        assert says in own.text


def test_own_words_go_out_in_the_language_of_the_reader(call, applied, dora):
    word_letter(call, "rejected", "en", "About {call}", "Not this time.", by=dora)
    word_letter(call, "rejected", "de", "Zu {call}", "Diesmal nicht.", by=dora)
    reader = applied.made_by
    reader.language = "de"
    reader.save()
    Letter.objects.all().delete()
    tell(call, decide(call, [1], Deciding(Outcome.REJECTED, "Zu weit weg"), by=dora), by=dora)
    letter = Letter.objects.get()
    assert (letter.subject, letter.language) == ("Zu Woche week", "de")
    assert letter.text.startswith("Diesmal nicht.")
    assert "Zu weit weg" in letter.text
    assert applied.get_absolute_url() in letter.text


def test_late_ones_and_the_ineligible_keep_cost_and_rules(made_call, applicant, dora):
    call = made_call(cut_offs=(-5,), late_until=days(5).date(), late_places=1, themes=THEMES)
    late = sent(call, applicant())
    word_letter(call, "late_accepted", "en", "Yes", "Come.", by=dora)
    assert "at your own cost" in as_read(call, "late_accepted", "en", late).text
    firms = made_call("firms", eligibility=put_together("1", "2018-01-01", kinds=["sme"]))
    one = sent(firms, applicant())
    word_letter(firms, "ineligible", "en", "No", "Sorry.", by=dora)
    rule = "The organisation is of a kind that the call is addressed to"
    assert rule in as_read(firms, "ineligible", "en", one).text
    assert rule in as_read(firms, "ineligible", "en").text


def test_words_are_of_one_call_one_letter_and_one_language(made_call, call, dora):
    word_letter(call, "selected", "en", "Yes", "Come.", by=dora)
    other = made_call("other")
    assert as_read(other, "selected", "en").subject != "Yes"
    assert as_read(call, "selected", "fr").subject != "Yes"
    assert as_read(call, "rejected", "en").subject != "Yes"


def test_an_unknown_placeholder_is_refused_and_what_was_typed_stays(as_person, call, dora):
    with pytest.raises(Refused) as no:
        word_letter(call, "selected", "en", "Hello", "On {day} at {seat}", by=dora)
    assert no.value.refusal.code == "unknown_placeholder"
    typed = {"subject": "Hello", "body": "On {day} at {seat}"}
    answer = as_person(dora).post(at("letter", "week", "selected", "en"), typed)
    assert answer.status_code == 422
    assert "Nothing stands for {day}, {seat}." in answer.text
    assert "On {day} at {seat}" in answer.text
    assert not LetterText.objects.exists()


def test_an_officer_words_a_letter_reads_it_as_an_applicant_and_takes_ours_again(
    as_person, call, applied, dora
):
    browser, way = as_person(dora), at("letter", "week", "rejected", "en")
    assert "Every letter goes out in our words" in browser.get(at("letters", "week")).text
    browser.post(way, {"subject": "About {organisation}", "body": "Dear {name}"})
    text = browser.get(way, {"reader": "1"}).text
    assert f"<b>About {applied.organisation.name}</b>" in text
    assert f"Dear {applied.made_by.name}" in text
    assert f"{applied.organisation.name} is not selected" in text
    assert "Balta Metals" not in text
    assert "Balta Metals" in browser.get(way, {"reader": "99"}).text
    assert "1 of 24 letters goes out in your words" in browser.get(at("letters", "week")).text
    browser.post(way, {"ours": "1"})
    assert not LetterText.objects.exists()
    assert list(AuditEntry.objects.filter(action__startswith="word_").values_list("action")) == [
        ("word_letter_as_ours",), ("word_letter",),
    ]  # fmt: skip


def test_a_preview_shows_what_was_decided_and_decides_nothing(as_person, call, applied, dora):
    decide(call, [1], Deciding(Outcome.REJECTED, "Too far away"), by=dora)
    Letter.objects.all().delete()
    text = as_person(dora).get(at("letter", "week", "rejected", "en"), {"reader": "1"}).text
    assert "Too far away" in text
    assert (
        "Here stands the reason."
        in as_person(dora).get(at("letter", "week", "rejected", "en")).text
    )
    assert not Letter.objects.exists()
    assert Decision.objects.get().told_at is None


def test_the_letter_is_read_with_its_reason_before_it_is_sent(as_person, call, applicant, dora):
    for _one in range(2):
        sent(call, applicant())
    pass_by(call)
    word_letter(call, "rejected", "en", "About {organisation}", "Dear {name}", by=dora)
    Letter.objects.all().delete()
    form = {"application": ["1", "2"], "outcome": "rejected", "says": "<b>Full</b>", "reader": "2"}
    answer = as_person(dora).post(at("decision", "week"), {**form, "letter": "1"})
    assert answer.status_code == 200
    second = call.applications.get(number=2)
    shown = answer.text.partition('id="letter"')[2].partition("</div>")[0]
    assert f"About {second.organisation.name}" in shown
    assert f"Dear {second.made_by.name}" in shown
    assert "&lt;b&gt;Full" in shown
    assert not Decision.objects.exists()
    assert not Letter.objects.exists()
    odd = as_person(dora).post(at("decision", "week"), {**form, "letter": "1", "reader": "x"})
    assert "About Cluster 1" in odd.text


def test_letters_of_others_are_not_there(as_person, call, applied, bruno):
    ways = [at("letters", "week"), at("letter", "week", "selected", "en")]
    for who in (None, bruno, applied.made_by):
        browser = as_person(who) if who else as_person()
        for way in ways:
            assert browser.get(way).status_code == 404
            assert browser.post(way, {"subject": "S", "body": "B"}).status_code == 404
    assert not LetterText.objects.exists()


def test_a_letter_or_language_that_is_none_is_not_found(as_person, call, dora):
    for way in (at("letter", "week", "nothing", "en"), at("letter", "week", "selected", "xx")):
        assert as_person(dora).get(way).status_code == 404


def test_a_letter_costs_the_same_for_one_applicant_and_for_three(as_person, call, applicant, dora):
    def cost() -> int:
        browser = as_person(dora)
        with CaptureQueriesContext(connection) as asked:
            browser.get(at("letter", "week", "selected", "en"), {"reader": "1"})
        return len(asked)

    sent(call, applicant())
    cost()
    one = cost()
    for _number in range(2):
        sent(call, applicant())
    assert cost() == one
