"""The questions of a registration form as plain values, and what somebody answered in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hanse.events.models import ConsentText, Event, Question, Registration
from hanse.events.rules.answers import Asked
from hanse.events.words import QuestionKind
from hanse.kit.said import said


def questions_for(event: Event, kind: str) -> list[Question]:
    """What is asked of a kind of participant, in order; retired questions are asked of nobody."""
    return [one for one in event.questions.filter(is_retired=False) if _is_for(one, kind)]


def _is_for(question: Question, kind: str) -> bool:
    return not question.kinds or kind in question.kinds


def as_asked(question: Question) -> Asked:
    condition = question.condition or {}
    return Asked(
        question.code,
        question.kind,
        question.is_required,
        tuple(one["code"] for one in question.options),
        (condition["question"], condition.get("is")) if condition.get("question") else None,
    )


def condition_in_words(question: Question, among: Mapping[str, Question]) -> str:
    """“Only if …”, for readers without a script."""
    condition = question.condition or {}
    other = among.get(condition.get("question", ""))
    if other is None:
        return ""
    facts = {"question": said(other.label), "answer": answer_in_words(other, condition.get("is"))}
    return _("Only if “%(question)s” is answered with “%(answer)s”.") % facts


def answer_in_words(question: Question, answer: Any) -> str:
    if question.kind == QuestionKind.YES:
        return _("yes") if answer else _("no")
    words = {one["code"]: said(one.get("label")) or one["code"] for one in question.options}
    several = answer if isinstance(answer, list) else [answer]
    return ", ".join(words.get(one, str(one)) for one in several)


def answers_in_words(
    questions: Iterable[Question], answers: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Question and answer, for whoever reads a registration."""
    return [
        (said(one.label) or one.code, answer_in_words(one, answers[one.code]))
        for one in questions
        if one.code in answers
    ]


def consent_texts(event: Event) -> QuerySet[ConsentText]:
    """The wordings that are asked now."""
    return event.consent_texts.filter(is_current=True)


def answered_by_anybody(question: Question) -> int:
    """How many registrations hold an answer to a question."""
    rows = Registration.objects.filter(event=question.event_id)
    if question.about_needs:
        held = rows.filter(need__isnull=False).values_list("need__answers", flat=True)
    else:
        held = rows.values_list("answers", flat=True)
    return sum(1 for answers in held if question.code in answers)


def was_answered(question: Question) -> bool:
    return answered_by_anybody(question) > 0


def open_questions(registration: Registration) -> bool:
    """Whether something that must be answered has no answer: colleagues in a team answer later."""
    questions = questions_for(registration.event, registration.kind.code)
    must = [one for one in questions if one.is_required and not one.condition]
    need = getattr(registration, "need", None)
    given = {**registration.answers, **(need.answers if need else {})}
    texts = set(
        registration.event.consent_texts.filter(is_current=True, is_required=True).values_list(
            "pk", flat=True
        )
    )
    agreed = set(registration.agreements.filter(agreed=True).values_list("text_id", flat=True))
    return any(one.code not in given for one in must) or bool(texts - agreed)
