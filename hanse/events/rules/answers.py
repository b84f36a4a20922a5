"""What may stand in a registration form: kinds of answers, conditions, sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hanse.events.words import REFUSALS_SEATS, QuestionKind
from hanse.kit.refusals import Refusal

LONGEST_LINE, LONGEST_TEXT, LONGEST_FORM = 300, 4_000, 40_000
FARTHEST = 10**12
EMPTY: tuple[Any, ...] = (None, "", [], ())
Answers = Mapping[str, Any]


def refusal(code: str, **facts: object) -> Refusal:
    return Refusal(code, REFUSALS_SEATS[code], facts)


@dataclass(frozen=True)
class Asked:
    """A question as a plain value; `condition` is the code of an earlier one and its answer."""

    code: str
    kind: str = QuestionKind.TEXT
    is_required: bool = False
    options: tuple[str, ...] = ()
    condition: tuple[str, Any] | None = None


def asked_of(questions: Sequence[Asked], answers: Answers) -> list[Asked]:
    """The questions whose condition is met. What hangs on one that is not asked is not either.

    >>> food = Asked("food", QuestionKind.YES)
    >>> which = Asked("which", condition=("food", True))
    >>> [one.code for one in asked_of([food, which], {"food": True})]
    ['food', 'which']
    >>> [one.code for one in asked_of([food, which], {"food": False})]
    ['food']
    """
    asked: dict[str, Asked] = {}
    for one in questions:
        if one.condition is None or _is_met(one.condition, asked, answers):
            asked[one.code] = one
    return list(asked.values())


def _is_met(condition: tuple[str, Any], asked: Mapping[str, Asked], answers: Answers) -> bool:
    code, wanted = condition
    if code not in asked:
        return False
    given = answers.get(code)
    if asked[code].kind == QuestionKind.YES:
        return bool(given) == bool(wanted)
    return wanted in given if isinstance(given, list | tuple) else bool(given == wanted)


def why_not_answered(question: Asked, answer: Any) -> Refusal | None:
    """Of a question that is asked."""
    if answer in EMPTY or (question.kind == QuestionKind.YES and not answer):
        return refusal("unanswered") if question.is_required else None
    if question.kind in (QuestionKind.TEXT, QuestionKind.LONG):
        most = LONGEST_LINE if question.kind == QuestionKind.TEXT else LONGEST_TEXT
        count = len(str(answer))
        return refusal("too_long", most=most, count=count) if count > most else None
    if question.kind == QuestionKind.NUMBER:
        return None if _is_number(answer) else refusal("no_number", typed=str(answer)[:40])
    if question.kind == QuestionKind.YES:
        return None
    return _why_no_choice(question, answer)


def _is_number(answer: Any) -> bool:
    return (
        isinstance(answer, int | float) and not isinstance(answer, bool) and abs(answer) < FARTHEST
    )


def _why_no_choice(question: Asked, answer: Any) -> Refusal | None:
    several = answer if isinstance(answer, list | tuple) else [answer]
    unknown = [one for one in several if one not in question.options]
    return refusal("unknown_option", typed=str(unknown[0])[:40]) if unknown else None


def why_no_answers(questions: Sequence[Asked], answers: Answers) -> dict[str, Refusal]:
    """What is wrong, by the code of the question; under an empty code what is of the whole."""
    asked = asked_of(questions, answers)
    found = {one.code: why_not_answered(one, answers.get(one.code)) for one in asked}
    wrong = {code: reason for code, reason in found.items() if reason}
    count = sum(signs_in(answers.get(one.code)) for one in asked)
    if count > LONGEST_FORM:
        wrong[""] = refusal("form_too_long", count=count, most=LONGEST_FORM)
    return wrong


def signs_in(answer: Any) -> int:
    if isinstance(answer, list | tuple):
        return sum(len(str(one)) for one in answer)
    return 0 if answer is None else len(str(answer))


def kept_answers(questions: Iterable[Asked], answers: Answers) -> dict[str, Any]:
    """The answers to what was asked; neither what was not asked is kept nor a box left empty."""
    asked = asked_of(list(questions), answers)
    given = {one.code: answers.get(one.code) for one in asked}
    return {code: said for code, said in given.items() if said not in EMPTY and said is not False}
