"""The organisers' desk: registrations, files, the form, seats."""

from __future__ import annotations

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanse.commons.audit.models import AuditEntry
from hanse.commons.post.models import Letter
from hanse.events.actions.forms import options_of
from hanse.events.actions.programme import save_item, take_out
from hanse.events.actions.registration import Filled, Guest, register
from hanse.events.models import ConsentText, Event, Organiser, Pool, Question, Registration
from hanse.events.queries.programme import item_of_session
from hanse.events.words import Duty, QuestionKind
from hanse.kit.refusals import Refused

pytestmark = [pytest.mark.database, pytest.mark.django_db]

DESK = "/events/week/matchmaking/desk/"
LIST = f"{DESK}registrations/"
FORM = f"{DESK}form/"


def page(browser, address, status=200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", " ", b"".join(answer).decode())


def text_of(browser, address, typed) -> str:
    answer = browser.post(address, typed, follow=True)
    return re.sub(r"\s+", " ", answer.content.decode())


def guests(event, kind, *numbers, **said) -> list[Registration]:
    return [
        register(event, kind, Guest(f"Guest {one}", f"g{one}@example.org", **said), by=None)
        for one in numbers
    ]


@pytest.fixture
def desk(as_person, ana, event):
    return as_person(ana)


# Who gets in --------------------------------------------------------------------------------------


def test_the_desk_is_not_there_for_anybody_else(as_person, event, bruno, ana, series, kind):
    one = guests(event, kind, 1)[0]
    addresses = [
        LIST, f"{LIST}{one.pk}/", f"{LIST}export.csv", f"{DESK}needs/export.csv", FORM,
        f"{FORM}preview/", f"{FORM}questions/new/", f"{FORM}kinds/{kind.pk}/",
        f"{FORM}consents/new/",
    ]  # fmt: skip
    for address in addresses:
        page(as_person(), address, 302)
        page(as_person(bruno), address, 404)
        page(as_person(ana), address)
    Organiser.objects.create(series=series, person=bruno, duty=Duty.DOOR)
    page(as_person(bruno), LIST, 403)
    Organiser.objects.create(series=series, person=bruno, duty=Duty.GUESTS)
    page(as_person(bruno), LIST)


# Registrations ------------------------------------------------------------------------------------


def test_an_empty_list_says_what_to_do(desk):
    assert "Nobody has registered yet" in page(desk, LIST)


def test_the_list_is_narrowed(desk, event, kind):
    guests(event, kind, 1, country="PL", organisation_name="Dolina Ogniw")
    guests(event, kind, 2, 3, 4, country="DE")
    assert "3 people have a seat" in page(desk, LIST)
    for query, found in (
        ("q=dolina", ["Guest 1"]),
        ("q=guest+4", ["Guest 4"]),
        ("state=waiting", ["Guest 4"]),
        ("country=de", ["Guest 2", "Guest 3", "Guest 4"]),
        ("state=nonsense&kind=nonsense&q=g1%40example", ["Guest 1"]),
        ("kind=cluster&country=XX", []),
    ):
        assert re.findall(r">(Guest \d)</a>", page(desk, f"{LIST}?{query}")) == found, query


def test_several_are_approved_and_refused_at_once(desk, event, kind):
    kind.needs_approval = True
    kind.save()
    asked = guests(event, kind, 1, 2, 3, 4, 5)
    assert "5 registrations wait for your word" in page(desk, LIST)
    chosen = [one.pk for one in asked[:4]]
    text = text_of(desk, LIST, {"chosen": chosen, "approve": "1"})
    assert "Approved: 4, with a seat 3, on the waiting list 1." in text
    text = text_of(desk, LIST, {"chosen": [asked[4].pk, "x"], "refuse": "1", "says": "No room."})
    assert "Refused, with a letter each: 1." in text
    assert "“No room.”" in Letter.objects.get(subject__startswith="No seat").text
    assert "decided already" in text_of(desk, LIST, {"chosen": chosen, "approve": "1"})
    assert "No registration was chosen" in text_of(desk, LIST, {"approve": "1"})


def test_one_registration_with_everything(desk, event, kind):
    Question.objects.create(event=event, code="why", label={"en": "Why?"})
    Question.objects.create(event=event, code="food", label={"en": "Food?"}, about_needs=True)
    text = ConsentText.objects.create(event=event, code="photos", text={"en": "Photographs"})
    one = register(
        event, kind, Guest("Dana", "dana@example.org"),
        Filled({"why": "To meet"}, {"food": "Vegan"}, {text.pk: True}), by=None,
    )  # fmt: skip
    read = page(desk, f"{LIST}{one.pk}/")
    for words in ("To meet", "Vegan", "photos, version 1: agreed", "not yet known"):
        assert words in read
    waits = guests(event, kind, 2, 3, 4)[2]
    assert "Place 1 of 1 in the line" in page(desk, f"{LIST}{waits.pk}/")
    told = text_of(desk, f"{LIST}{one.pk}/", {"cancel": "1", "says": "Hall too small."})
    assert "Cancelled; 1 person moves up." in told
    letter = Letter.objects.get(to="dana@example.org", subject__startswith="Cancelled")
    assert "the organisers cancelled" in letter.text
    assert "“Hall too small.”" in letter.text


def test_files_hold_answers_without_needs_and_no_formula(desk, event, kind):
    Question.objects.create(event=event, code="why", label={"en": "Why?"})
    Question.objects.create(event=event, code="food", label={"en": "Food?"}, about_needs=True)
    register(
        event, kind, Guest("=cmd()", "dana@example.org"),
        Filled({"why": "To meet"}, {"food": "veganmark"}), by=None,
    )  # fmt: skip
    csv = b"".join(desk.get(f"{LIST}export.csv").streaming_content).decode()
    assert "To meet" in csv
    assert "'=cmd()" in csv
    assert "veganmark" not in csv
    needs = b"".join(desk.get(f"{DESK}needs/export.csv").streaming_content).decode()
    assert needs.splitlines() == ["number,name,answer_food", "1,'=cmd(),veganmark"]
    assert AuditEntry.objects.filter(action="export_needs").count() == 1
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(desk.get(f"{LIST}export.xlsx").content))
    assert book.active["C2"].value == "=cmd()"
    assert book.active["C2"].data_type == "s"
    page(desk, f"{LIST}export.exe", 404)


def test_needs_are_counted_for_kitchen_and_hall(desk, event, kind):
    Question.objects.create(
        event=event, code="food", label={"en": "Food"}, about_needs=True, kind=QuestionKind.CHOICE,
        options=[{"code": "v", "label": {"en": "Vegan"}}, {"code": "k", "label": {"en": "Kosher"}}],
    )  # fmt: skip
    for number, food in ((1, "v"), (2, "v"), (3, "k"), (4, "k")):
        register(
            event, kind, Guest("G", f"g{number}@example.org"), Filled({}, {"food": food}), by=None
        )
    text = page(desk, LIST)
    assert "Vegan: 2" in text
    assert "Kosher: 1" in text


def test_the_list_asks_as_many_questions_for_three_as_for_one(desk, event, kind):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(desk, LIST)
        return len(seen)

    guests(event, kind, 1)
    queries()
    one = queries()
    guests(event, kind, 2, 3)
    assert queries() == one


# The form -----------------------------------------------------------------------------------------


def question(**said):
    return {"kind": "text", "label_en": "Why do you come?", **said}


def test_a_question_is_asked_in_several_languages(desk, event):
    typed = question(
        kind="choice", label_de="Wie?", options_en="By train\nBy car", options_de="Bahn\nAuto",
        is_required="on",
    )  # fmt: skip
    assert "The form asks 1 question" in text_of(desk, f"{FORM}questions/new/", typed)
    one = Question.objects.get()
    assert (one.code, one.is_required) == ("why-do-you-come", True)
    assert one.label == {"en": "Why do you come?", "de": "Wie?"}
    assert one.options[1] == {"code": "by-car", "label": {"en": "By car", "de": "Auto"}}
    again = text_of(desk, f"{FORM}questions/new/", typed)
    assert "There is a “why-do-you-come” already." in again
    assert "Bahn" in again


def test_conditions_are_read_and_refused_in_words(desk, event):
    text_of(desk, f"{FORM}questions/new/", question(kind="yes", code="food", label_en="Food?"))
    hangs = question(code="which", condition_question="food", condition_is="yes")
    text_of(desk, f"{FORM}questions/new/", hangs)
    assert Question.objects.get(code="which").condition == {"question": "food", "is": True}
    text = page(desk, FORM)
    assert "Only if “Food?” is answered with “yes”." in text
    wrong = text_of(desk, f"{FORM}questions/new/", {**hangs, "code": "x", "condition_is": "maybe"})
    assert "“maybe” is no answer to “food”." in wrong
    one = Question.objects.get(code="which")
    assert 'value="yes"' in page(desk, f"{FORM}questions/{one.pk}/")
    stays = text_of(desk, f"{FORM}questions/{one.pk}/step/", {"up": "1"})
    assert "“which” hangs on “food” and cannot stand before it" in stays
    travel = question(kind="choice", code="t", options_en="By train\nBy car")
    text_of(desk, f"{FORM}questions/new/", travel)
    worded = question(code="plate", condition_question="t", condition_is="by car")
    text_of(desk, f"{FORM}questions/new/", worded)
    plate = Question.objects.get(code="plate")
    assert plate.condition == {"question": "t", "is": "by-car"}
    assert 'value="By car"' in page(desk, f"{FORM}questions/{plate.pk}/")
    food = Question.objects.get(code="food")
    assert "“which” hangs on this question" in text_of(
        desk, f"{FORM}questions/{food.pk}/step/", {"remove": "1"}
    )


def test_questions_change_places(desk, event):
    for code in ("a", "b"):
        text_of(desk, f"{FORM}questions/new/", question(code=code))
    b = Question.objects.get(code="b")
    text_of(desk, f"{FORM}questions/{b.pk}/step/", {"up": "1"})
    text_of(desk, f"{FORM}questions/{b.pk}/step/", {"up": "1"})
    assert list(Question.objects.values_list("code", flat=True)) == ["b", "a"]


def test_what_was_answered_is_ended_and_not_lost(desk, event, kind):
    one = Question.objects.create(
        event=event, code="travel", kind=QuestionKind.CHOICE, label={"en": "Travel"},
        options=[{"code": "train", "label": {"en": "By train"}},
                 {"code": "car", "label": {"en": "By car"}},
                 {"code": "boat", "label": {"en": "By boat"}}],
    )  # fmt: skip
    guest = register(event, kind, Guest("D", "d@example.org"), Filled({"travel": "train"}), by=None)
    address = f"{FORM}questions/{one.pk}/"
    assert "1 registration holds an answer" in page(desk, address)
    fewer = question(kind="choice", label_en="Travel", options_en="By train\nBy car")
    assert "3 answers were offered" in text_of(desk, address, fewer)
    other = question(kind="text", label_en="Travel")
    assert "how it is answered stays" in text_of(desk, address, other)
    more = question(
        kind="choice", label_en="Travel", options_en="Railway\nBy car\nBy boat\nOn foot"
    )
    text_of(desk, address, more)
    one.refresh_from_db()
    assert [option["code"] for option in one.options] == ["train", "car", "boat", "on-foot"]
    assert "What was answered stands." in text_of(desk, f"{address}step/", {"remove": "1"})
    one.refresh_from_db()
    assert one.is_retired
    assert "Railway" in page(desk, f"{LIST}{guest.pk}/")
    assert "Travel" not in page(desk, f"{FORM}preview/")
    text_of(desk, f"{address}step/", {"again": "1"})
    assert "Travel" in page(desk, f"{FORM}preview/")


def test_what_nobody_answered_goes(desk, event):
    text_of(desk, f"{FORM}questions/new/", question())
    one = Question.objects.get()
    text_of(desk, f"{FORM}questions/{one.pk}/step/", {"remove": "1"})
    assert not Question.objects.exists()


def test_two_options_with_the_same_words_have_two_codes():
    codes = [one["code"] for one in options_of({"en": ["Yes", "Yes!", "日本"]}, ())]
    assert codes == ["yes", "yes-2", "o3"]


def test_another_wording_is_another_version(desk, event, kind):
    text_of(desk, f"{FORM}consents/new/", {"text_en": "I may be photographed.", "code": "photos"})
    first = ConsentText.objects.get()
    one = register(event, kind, Guest("D", "d@example.org"), Filled(agreed={first.pk: True}),
                   by=None)  # fmt: skip
    address = f"{FORM}consents/{first.pk}/"
    text_of(desk, address, {"text_en": "I may be photographed.", "is_required": "on"})
    assert ConsentText.objects.get().is_required
    text_of(desk, address, {"text_en": "I may be photographed and filmed."})
    assert list(ConsentText.objects.values_list("version", "is_current")) == [
        (1, False), (2, True),
    ]  # fmt: skip
    assert one.agreements.get().text.version == 1
    newest = ConsentText.objects.get(is_current=True)
    text_of(desk, f"{FORM}consents/{newest.pk}/", {"remove": "1"})
    assert not ConsentText.objects.filter(is_current=True).exists()


def test_kinds_are_added_changed_and_taken_away(desk, event, kind):
    text_of(desk, f"{FORM}kinds/new/", {"name_en": "Press", "seats": "5", "needs_approval": "on"})
    press = event.kinds.get(code="press")
    assert (press.needs_approval, press.pools.get().capacity) == (True, 5)
    text_of(desk, f"{FORM}kinds/{press.pk}/", {"name_en": "Press", "seats": ""})
    press.refresh_from_db()
    assert (press.needs_approval, press.pools.get().capacity) == (False, None)
    guests(event, press, 1)
    taken = desk.post(f"{FORM}kinds/{press.pk}/", {"remove": "1"})
    assert (taken.status_code, event.kinds.count()) == (409, 2)
    desk.post(f"{FORM}kinds/{kind.pk}/", {"remove": "1"})
    assert event.kinds.get() == press


def test_seats_are_changed_and_people_move_up(desk, event, kind, session):
    guests(event, kind, 1, 2, 3, 4)
    assert "3 seats are taken" in text_of(desk, f"{FORM}seats/", {"seats": "2"})
    assert "Moved up from the waiting list: 1." in text_of(desk, f"{FORM}seats/", {"seats": "4"})
    assert "whole number" in text_of(desk, f"{FORM}seats/", {"seats": "-1"})
    workshop = session("Workshop", "10:00", "11:00", needs_booking=True)
    text_of(desk, f"{FORM}seats/", {"seats": "7", "session": workshop.pk})
    assert Pool.objects.get(session=workshop).capacity == 7
    assert "Workshop" in page(desk, FORM)


def test_the_programme_gives_seats_behind_the_same_lock(event, kind, session, ana):
    """A session that was chosen before anybody counted keeps whoever sits there."""
    workshop = session("Workshop", "10:00", "11:00", needs_booking=True)
    filled = Filled(sessions=[workshop.pk])
    for number in (1, 2):
        register(event, kind, Guest("G", f"g{number}@example.org"), filled, by=None)
    item = item_of_session(workshop)
    with pytest.raises(Refused) as no:
        save_item(event, item, revision=1, by=ana, seats=1)
    assert no.value.refusal.code == "less_than_taken"
    save_item(event, item, revision=1, by=ana, seats=2)
    third = register(event, kind, Guest("G", "g3@example.org"), filled, by=None)
    assert third.bookings.get().state == "waiting"
    save_item(event, item, revision=2, by=ana, seats=3)
    assert third.bookings.get().state == "confirmed"
    with pytest.raises(Refused) as no:
        take_out(event, str(workshop.key), revision=3, by=ana)
    assert no.value.refusal.code == "session_is_booked"


def test_the_account_shows_the_way_to_ones_registrations(as_person, event, kind, bruno):
    register(event, kind, Guest("Bruno", bruno.email, bruno), by=bruno)
    assert "Matchmaking" in page(as_person(bruno), "/account/")


def test_the_window_is_on_the_clock_of_the_place(desk, event):
    typed = {"opens": "2026-12-01T10:00", "closes": "2026-12-24T18:00", "most_in_team": "4",
             "held_until_hours": "24"}  # fmt: skip
    text_of(desk, FORM, typed)
    event.refresh_from_db()
    assert event.registration_opens.isoformat() == "2026-12-01T09:00:00+00:00"
    assert (event.teams, event.most_in_team, event.held_until_hours) == (False, 4, 24)
    assert 'value="2026-12-01T10:00"' in page(desk, FORM)
    late = text_of(desk, FORM, {**typed, "closes": "2026-11-01T10:00"})
    assert "would close before it opens" in late


def test_the_preview_keeps_nothing(desk, event):
    Question.objects.create(event=event, code="why", label={"en": "Why?"}, is_required=True)
    address = f"{FORM}preview/"
    assert "Why?" in page(desk, address)
    typed = {"name": "Ana", "language": "en"}
    assert "bad-say" in text_of(desk, address, typed)
    text = text_of(desk, address, {**typed, "q-why": "x"})
    assert "This would be taken" in text
    assert not Registration.objects.exists()


def test_events_of_another_week_are_not_reached_through_this_one(desk, event, bruno):
    from hanse.events.models import Series

    other = Series.objects.create(
        slug="other", first_day=event.first_day, last_day=event.last_day, state="published"
    )
    foreign = Event.objects.create(
        series=other, slug="far", first_day=event.first_day, last_day=event.last_day
    )
    one = Question.objects.create(event=foreign, code="x")
    page(desk, f"{FORM}questions/{one.pk}/", 404)
    assert desk.post(f"{FORM}questions/{one.pk}/step/", {"remove": "1"}).status_code == 404
