"""Registering and what follows, by HTTP."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hanse.commons.post.models import Letter
from hanse.events.actions.registration import Filled, Guest, register, register_team
from hanse.events.models import (
    ConsentText,
    Event,
    Invitation,
    Need,
    Pool,
    Question,
    Registration,
    TicketKind,
)
from hanse.events.words import Entry, QuestionKind, State

pytestmark = [pytest.mark.database, pytest.mark.django_db]

REGISTER = "/events/week/matchmaking/register/"


def typed(**said):
    return {"name": "Bruno Weiß", "language": "en", "slip": str(uuid.uuid4()), **said}


def page(browser, address, status=200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def of(registration, what="") -> str:
    return f"/events/registrations/{registration.pk}/{what}"


@pytest.fixture
def form(event) -> None:
    """Travel, and what hangs on it; food apart; photographs to agree to."""
    Question.objects.create(
        event=event, code="travel", kind=QuestionKind.CHOICE, is_required=True,
        label={"en": "How do you travel?", "de": "Wie reisen Sie?"},
        options=[{"code": "train", "label": {"en": "By train"}}, {"code": "car", "label": {}}],
    )  # fmt: skip
    Question.objects.create(
        event=event, code="plate", label={"en": "Number plate"}, is_required=True, order=1,
        condition={"question": "travel", "is": "car"},
    )  # fmt: skip
    Question.objects.create(
        event=event, code="people", kind=QuestionKind.NUMBER, label={"en": "People"}, order=2
    )
    Question.objects.create(
        event=event, code="food", kind=QuestionKind.YES, label={"en": "Vegan"}, order=3,
        about_needs=True,
    )  # fmt: skip
    ConsentText.objects.create(event=event, code="photos", text={"en": "I may be photographed."})


def test_a_stranger_sees_seats_and_rule_and_is_asked_to_log_in(as_person, event):
    text = page(as_person(), REGISTER)
    assert "3 of 3 seats free" in text
    assert "First come, first served" in text
    assert f"/account/login/?next={REGISTER}" in text
    answer = as_person().post(REGISTER, typed())
    assert answer["Location"].startswith("/account/login/")
    assert not Registration.objects.exists()


def test_somebody_registers_and_sees_where_they_stand(as_person, event, bruno, form):
    browser = as_person(bruno)
    text = page(browser, REGISTER)
    assert "Only if “How do you travel?” is answered with “car”." in text
    assert "deleted when the event is closed" in text
    said = {"q-travel": "train", "q-plate": "", "q-food": "on", "q-people": "2"}
    answer = browser.post(REGISTER, typed(**said, organisation_name="Zweites Leben"))
    made = Registration.objects.get()
    assert answer["Location"] == of(made)
    assert made.answers == {"travel": "train", "people": 2}
    assert Need.objects.get().answers == {"food": True}
    assert (made.agreements.get().agreed, made.email) == (False, bruno.email)
    text = page(browser, of(made))
    assert "You have a seat" in text
    assert "By train" in text
    assert browser.get(REGISTER)["Location"] == of(made)


def test_a_question_that_hangs_on_another_is_demanded_only_there(as_person, event, bruno, form):
    browser = as_person(bruno)
    answer = browser.post(REGISTER, typed(**{"q-travel": "car"}))
    text = answer.content.decode()
    assert text.count("bad-say") == 1
    assert 'aria-invalid="true"' in text
    assert not Registration.objects.exists()
    browser.post(REGISTER, typed(**{"q-travel": "car", "q-plate": "B-1"}))
    assert Registration.objects.get().answers == {"travel": "car", "plate": "B-1"}


def test_bad_answers_are_told_and_nothing_that_was_typed_is_lost(as_person, event, bruno, form):
    long = "x" * 301
    said = {"q-travel": "boat", "q-plate": long, "q-people": "three", "name": "Bruno"}
    text = as_person(bruno).post(REGISTER, typed(**said)).content.decode()
    assert "three" in text
    assert 'value="Bruno"' in text
    assert not Registration.objects.exists()


def test_an_answer_that_is_too_long_says_how_long(as_person, event, bruno):
    Question.objects.create(event=event, code="why", label={"en": "Why"}, kind="long")
    text = as_person(bruno).post(REGISTER, typed(**{"q-why": "y" * 4001})).content.decode()
    assert "At most 4000 signs; these are 4001." in text
    assert "y" * 4001 in text


def test_ten_megabytes_are_answered_in_words(as_person, event, bruno):
    answer = as_person(bruno).post(REGISTER, typed(name="x" * 10_000_000))
    assert answer.status_code == 413
    assert "too long to be taken" in answer.content.decode()
    assert not Registration.objects.exists()


def test_the_form_is_in_the_readers_language(as_person, event, bruno, form):
    browser = as_person(bruno)
    browser.cookies["django_language"] = "de"
    assert "Wie reisen Sie?" in page(browser, REGISTER)


def test_several_kinds_are_chosen_first(as_person, event, bruno):
    TicketKind.objects.create(event=event, code="press", name={"en": "Press"}, needs_approval=True)
    browser = as_person(bruno)
    assert "Register as Press" in page(browser, REGISTER)
    assert 'name="slip"' not in page(browser, f"{REGISTER}?kind=nothing")
    browser.post(f"{REGISTER}?kind=press", typed())
    made = Registration.objects.get()
    assert (made.kind.code, made.state) == ("press", "asked")
    assert "have not decided yet" in page(browser, of(made))


def test_a_team_registers_and_all_get_letters(as_person, event, bruno):
    said = {"m1-name": "Dana", "m1-email": "Dana@example.org", "m3-name": "Eve",
            "m3-email": "eve@example.org", "team_name": "Recyclers"}  # fmt: skip
    as_person(bruno).post(REGISTER, typed(**said))
    assert set(Registration.objects.values_list("email", "team__name", "state")) == {
        (bruno.email, "Recyclers", "confirmed"),
        ("dana@example.org", "Recyclers", "confirmed"),
        ("eve@example.org", "Recyclers", "confirmed"),
    }
    assert Letter.objects.count() == 3


def test_half_a_colleague_is_asked_for_the_other_half(as_person, event, bruno):
    browser = as_person(bruno)
    for said in ({"m1-name": "Dana"}, {"m1-email": "d@example.org"}, {"m2-email": "no address"}):
        text = browser.post(REGISTER, typed(**said)).content.decode()
        assert "bad-say" in text
        assert '<details class="more"' in text
    assert not Registration.objects.exists()


def test_outside_the_window_clear_words(as_person, event, bruno):
    Event.objects.update(registration_opens=timezone.now() + timezone.timedelta(days=1))
    text = page(as_person(bruno), REGISTER)
    assert "Registration opens on" in text
    assert "Europe/Brussels" in text
    as_person(bruno).post(REGISTER, typed())
    assert not Registration.objects.exists()


def test_a_draft_is_not_there(as_person, event, bruno, ana):
    Event.objects.update(state=State.DRAFT)
    page(as_person(bruno), REGISTER, 404)
    assert "not published yet" in page(as_person(ana), REGISTER)


def test_whoever_is_not_invited_is_told_so(as_person, event, bruno):
    Event.objects.update(entry=Entry.INVITATION)
    text = as_person(bruno).post(REGISTER, typed()).content.decode()
    assert "Only people who are invited" in text
    Invitation.objects.create(event=event, email=bruno.email, organisation_name="Zweites Leben")
    assert "Zweites Leben" in page(as_person(bruno), REGISTER)
    as_person(bruno).post(REGISTER, typed())
    assert Invitation.objects.get().registration.person == bruno


def test_the_place_in_the_line_and_the_rule_are_shown(as_person, event, kind, bruno):
    for number in range(4):
        register(event, kind, Guest("G", f"g{number}@example.org"), by=None)
    mine = register(event, kind, Guest("Bruno", bruno.email, bruno), by=bruno)
    text = page(as_person(bruno), of(mine))
    assert "You are number 2 in the line" in text
    assert "2 of 2" in text
    assert "A seat that somebody gives back changes it" in text


def test_changing_and_what_another_changed_meanwhile(as_person, event, kind, bruno, form):
    said = Filled({"travel": "train"}, {"food": True})
    mine = register(event, kind, Guest("Bruno", bruno.email, bruno), said, by=bruno)
    browser = as_person(bruno)
    assert 'value="Bruno"' in page(browser, of(mine, "change/"))
    new = {"name": "Bruno W.", "language": "de", "revision": "1", "q-travel": "train"}
    assert browser.post(of(mine, "change/"), new)["Location"] == of(mine)
    mine.refresh_from_db()
    assert (mine.name, mine.language, mine.revision) == ("Bruno W.", "de", 2)
    assert not Need.objects.exists()
    late = browser.post(of(mine, "change/"), {**new, "name": "Bruno L."}).content.decode()
    assert "was changed meanwhile" in late
    assert 'value="Bruno L."' in late
    assert 'name="revision" value="2"' in late


def test_cancelling_is_asked_once_more(as_person, event, kind, bruno):
    mine = register(event, kind, Guest("Bruno", bruno.email, bruno), by=bruno)
    browser = as_person(bruno)
    assert "Give the seat back?" in page(browser, of(mine, "cancel/"))
    mine.refresh_from_db()
    assert mine.state == "confirmed"
    browser.post(of(mine, "cancel/"))
    browser.post(of(mine, "cancel/"))
    assert "This registration is cancelled" in page(browser, of(mine))
    assert "nothing to cancel" in page(browser, of(mine, "cancel/"))


def test_a_registration_is_nobody_elses(as_person, event, kind, ana, bruno):
    mine = register(event, kind, Guest("Bruno", bruno.email, bruno), by=bruno)
    for what in ("", "change/", "cancel/", "visa/", "invitation.pdf"):
        page(as_person(), of(mine, what), 302)
        page(as_person(ana), of(mine, what), 404)


def test_who_leads_a_team_sees_where_colleagues_stand_and_not_what_they_said(
    as_person, event, kind, bruno, form
):
    team = register_team(
        event, kind, [Guest("Bruno", bruno.email, bruno), Guest("Dana", "dana@example.org")],
        Filled({"travel": "train"}), by=bruno,
    )  # fmt: skip
    dana = team[1]
    dana.answers = {"travel": "secretmark"}
    dana.save()
    Need.objects.create(registration=dana, answers={"food": True})
    text = page(as_person(bruno), of(dana))
    assert "You have a seat" in text
    assert "secretmark" not in text
    assert "Vegan" not in text
    page(as_person(bruno), of(dana, "change/"), 403)
    as_person(bruno).post(of(dana, "cancel/"))
    dana.refresh_from_db()
    assert dana.state == "cancelled"


def test_a_colleague_without_a_log_in_answers_and_cancels_by_the_letter(
    as_person, event, kind, bruno, form
):
    register_team(
        event, kind, [Guest("Bruno", bruno.email, bruno), Guest("Dana", "dana@example.org")],
        Filled({"travel": "train"}), by=bruno,
    )  # fmt: skip
    letter = Letter.objects.get(to="dana@example.org").text
    link = re.search(r"/events/registrations/letters/\S+", letter)[0]
    browser = as_person()
    text = page(browser, link)
    assert "You have a seat" in text
    assert "questions that must be answered" in text
    said = {"name": "Dana", "language": "en", "revision": "1", "q-travel": "train"}
    assert browser.post(f"{link}change/", said)["Location"] == link
    assert "questions that must be answered" not in page(browser, link)
    browser.post(f"{link}cancel/")
    assert Registration.objects.get(email="dana@example.org").state == "cancelled"
    page(browser, "/events/registrations/letters/nothing/", 409)


def test_letters_on_paper_for_whoever_has_a_seat(as_person, event, kind, bruno):
    mine = register(event, kind, Guest("Bruno", bruno.email, bruno), by=bruno)
    browser = as_person(bruno)
    answer = browser.get(of(mine, "invitation.pdf"))
    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "no-store"
    assert "kept nowhere" in page(browser, of(mine, "visa/"))
    number = "X98765432"
    made = browser.post(of(mine, "visa/"), {"passport_name": "WEISS", "passport_number": number})
    assert made.content.startswith(b"%PDF")
    assert is_nowhere(number)
    Registration.objects.update(state="waiting")
    page(browser, of(mine, "invitation.pdf"), 403)


def is_nowhere(text: str) -> bool:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            if any(text in str(value) for row in cursor.fetchall() for value in row):
                return False
    return True


def test_the_list_asks_as_many_questions_for_three_as_for_one(
    as_person, event, kind, series, first_day, bruno
):
    browser = as_person(bruno)
    assert "Look for an event" in page(browser, "/events/mine/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(browser, "/events/mine/")
        return len(seen)

    register(event, kind, Guest("Bruno", bruno.email, bruno), by=bruno)
    queries()
    one = queries()
    for number in (1, 2):
        other = Event.objects.create(
            series=series, slug=f"e{number}", title={"en": f"Event {number}"}, state="published",
            first_day=first_day, last_day=first_day,
        )  # fmt: skip
        Pool.objects.create(event=other)
        register(other, TicketKind.objects.create(event=other, code="x"),
                 Guest("Bruno", bruno.email, bruno), by=bruno)  # fmt: skip
    assert queries() == one
    assert "3 registrations" in page(browser, "/events/mine/")
