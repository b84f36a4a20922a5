"""What may stand in a registration form, and what a form may ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hanse.events.rules.answers import (
    Asked,
    asked_of,
    kept_answers,
    why_no_answers,
    why_not_answered,
)
from hanse.events.rules.forms import condition_meant, why_no_condition, why_no_options
from hanse.events.rules.registration import Window, why_no_team, why_not_open, why_not_so_few
from hanse.events.words import Entry, QuestionKind, State

NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
TRAVEL = Asked("travel", QuestionKind.CHOICE, options=("train", "car"))
PLATE = Asked("plate", is_required=True, condition=("travel", "car"))
COLOUR = Asked("colour", is_required=True, condition=("plate", "B-1"))


def code(refusal) -> str | None:
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        (Asked("a", is_required=True), "", "unanswered"),
        (Asked("a", is_required=True), None, "unanswered"),
        (Asked("a"), "", None),
        (Asked("a"), "x" * 300, None),
        (Asked("a"), "x" * 301, "too_long"),
        (Asked("a", QuestionKind.LONG), "x" * 4000, None),
        (Asked("a", QuestionKind.LONG), "x" * 4001, "too_long"),
        (Asked("a", QuestionKind.NUMBER), 0, None),
        (Asked("a", QuestionKind.NUMBER, is_required=True), 0, None),
        (Asked("a", QuestionKind.NUMBER), "three", "no_number"),
        (Asked("a", QuestionKind.NUMBER), True, "no_number"),
        (Asked("a", QuestionKind.NUMBER), float("inf"), "no_number"),
        (Asked("a", QuestionKind.YES, is_required=True), False, "unanswered"),
        (Asked("a", QuestionKind.YES, is_required=True), True, None),
        (TRAVEL, "train", None),
        (TRAVEL, "boat", "unknown_option"),
        (Asked("a", QuestionKind.CHOICES, options=("x", "y")), ["x", "y"], None),
        (Asked("a", QuestionKind.CHOICES, options=("x", "y")), ["x", "z"], "unknown_option"),
    ],
)
def test_an_answer_is_taken_or_not(question, answer, reason):
    assert code(why_not_answered(question, answer)) == reason


def test_what_hangs_on_another_answer_is_asked_only_there():
    assert why_no_answers([TRAVEL, PLATE], {"travel": "train"}) == {}
    wrong = why_no_answers([TRAVEL, PLATE], {"travel": "car"})
    assert {key: one.code for key, one in wrong.items()} == {"plate": "unanswered"}


def test_what_hangs_on_an_unasked_question_is_not_asked():
    said = {"travel": "train", "plate": "B-1"}
    assert [one.code for one in asked_of([TRAVEL, PLATE, COLOUR], said)] == ["travel"]
    said = {"travel": "car", "plate": "B-1"}
    assert [one.code for one in asked_of([TRAVEL, PLATE, COLOUR], said)] == [
        "travel",
        "plate",
        "colour",
    ]


def test_of_several_answers_one_must_be_the_wanted():
    days = Asked("days", QuestionKind.CHOICES, options=("mon", "tue"))
    dinner = Asked("dinner", condition=("days", "tue"))
    assert [one.code for one in asked_of([days, dinner], {"days": ["mon", "tue"]})] == [
        "days",
        "dinner",
    ]
    assert [one.code for one in asked_of([days, dinner], {"days": ["mon"]})] == ["days"]


def test_what_was_not_asked_or_not_answered_is_not_kept():
    said = {"travel": "train", "plate": "B-1", "other": "x"}
    assert kept_answers([TRAVEL, PLATE], said) == {"travel": "train"}


def test_a_form_of_many_megabytes_is_refused_in_words():
    many = [Asked(f"q{number}", QuestionKind.LONG) for number in range(11)]
    wrong = why_no_answers(many, {one.code: "x" * 4000 for one in many})
    assert {key: one.code for key, one in wrong.items()} == {"": "form_too_long"}
    assert "44000" in str(wrong[""])


WINDOW = {
    "state": State.PUBLISHED,
    "entry": Entry.REGISTRATION,
    "opens": None,
    "closes": None,
    "zone": "Europe/Brussels",
    "is_over": False,
}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({}, None),
        ({"opens": NOW, "closes": NOW + timedelta(days=1)}, None),
        ({"opens": NOW + timedelta(seconds=1)}, "not_open_yet"),
        ({"closes": NOW}, "no_longer_open"),
        ({"state": State.DRAFT}, "not_published"),
        ({"state": State.CLOSED}, "event_closed"),
        ({"is_over": True}, "event_over"),
        ({"entry": Entry.OPEN}, "no_registration_needed"),
        ({"entry": Entry.INVITATION}, None),
    ],
)
def test_the_window_is_open_or_says_why_not(said, reason):
    assert code(why_not_open(Window(**{**WINDOW, **said}), NOW)) == reason


def test_the_window_is_told_on_the_clock_of_the_place():
    shut = Window(**{**WINDOW, "opens": NOW + timedelta(hours=1)})
    assert "on 1 May 2027, 12:00 (Europe/Brussels)" in str(why_not_open(shut, NOW))


@pytest.mark.parametrize(
    ("emails", "said", "reason"),
    [
        (["a", "b"], {}, None),
        (["a", "b"], {"allowed": False}, "no_teams"),
        (["a"], {}, "team_too_small"),
        (["a", "b", "c", "d"], {}, "team_too_large"),
        (["a", "b", "a"], {}, "twice_in_team"),
        (["a", "b", "c"], {"seats": 2}, "team_beyond_seats"),
    ],
)
def test_a_team_is_one_or_says_why_not(emails, said, reason):
    assert (
        code(why_no_team(emails, **{"allowed": True, "most": 3, "seats": None, **said})) == reason
    )


@pytest.mark.parametrize(
    ("capacity", "taken", "reason"), [(3, 3, None), (None, 9, None), (2, 3, "less_than_taken")]
)
def test_capacity_never_falls_below_what_is_taken(capacity, taken, reason):
    assert code(why_not_so_few(capacity, taken)) == reason


FOOD = Asked("food", QuestionKind.YES)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({}, None),
        ({"question": "food", "is": "yes"}, None),
        ({"question": "travel", "is": "car"}, None),
        ({"question": "", "is": "car"}, "condition_missing"),
        ({"question": "travel", "is": ""}, "condition_missing"),
        ({"question": "later", "is": "x"}, "condition_unknown"),
        ({"question": "travel", "is": "boat"}, "condition_impossible"),
        ({"question": "food", "is": "perhaps"}, "condition_impossible"),
        ({"question": "plate", "is": "B-1"}, "condition_impossible"),
    ],
)
def test_a_condition_names_an_earlier_question_and_an_answer_to_it(typed, reason):
    earlier = [FOOD, TRAVEL, PLATE]
    assert code(why_no_condition(condition_meant(typed, earlier), earlier)) == reason


@pytest.mark.parametrize(
    ("count", "kept", "reason"),
    [(2, 0, None), (1, 0, "options_missing"), (2, 3, "options_answered"), (4, 3, None)],
)
def test_answers_to_choose_from_are_at_least_two_and_none_is_lost(count, kept, reason):
    options = [{"code": str(one)} for one in range(count)]
    assert code(why_no_options(QuestionKind.CHOICE, options, kept)) == reason
    assert why_no_options(QuestionKind.TEXT, options, 0) is None
