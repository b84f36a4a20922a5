"""The fields that take the answers to an event's questions, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from hanse.directory.forms.in_touch import PlainField
from hanse.events.models import Question
from hanse.events.queries.seats import SeatsOfSession
from hanse.events.words import QuestionKind
from hanse.kit.numbers import weekday
from hanse.kit.said import said

FEW = 7


@dataclass(frozen=True)
class Shown:
    """A question as the page shows it; on what it hangs, for the script that hides it."""

    bound: BoundField
    hangs_on: str = ""
    wanted: str = ""


def name_of(question: Question) -> str:
    return f"q-{question.code}"


def session_line(one: SeatsOfSession) -> str:
    starts, ends = one.session.starts_there, one.session.ends_there
    at = f"{weekday(starts.replace(tzinfo=None), 'short')} {starts:%H:%M}–{ends:%H:%M}"
    free = f" ({one.says})" if one.says else ""
    return f"{at} {said(one.session.title)}{free}"


class WholeNumber(forms.FloatField):
    """A number; a whole one is kept as such."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return int(number) if number is not None and number == int(number) else number


def field_of(question: Question, only_if: str) -> forms.Field:
    """The field that takes the answer. Lengths are told by the rules, so nothing is cut off."""
    hint = " ".join(part for part in (only_if, said(question.hint)) if part)
    facts: dict[str, Any] = {
        "label": said(question.label) or question.code,
        "help_text": hint,
        "required": question.is_required,
    }
    options = [(one["code"], said(one.get("label")) or one["code"]) for one in question.options]
    field = _made(question, options, facts)
    if only_if:
        field.widget.use_required_attribute = lambda initial: False  # type: ignore[method-assign]
    return field


def _made(question: Question, options: list[tuple[str, str]], facts: dict[str, Any]) -> forms.Field:
    if question.kind == QuestionKind.LONG:
        label = facts.pop("label")
        return PlainField(label=label, widget=forms.Textarea(attrs={"rows": 4}), **facts)
    if question.kind == QuestionKind.NUMBER:
        return WholeNumber(**facts)
    if question.kind == QuestionKind.YES:
        return forms.BooleanField(**facts)
    if question.kind == QuestionKind.CHOICES:
        return forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple, **facts
        )
    if question.kind == QuestionKind.CHOICE:
        if len(options) < FEW:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)
        return forms.ChoiceField(choices=[("", "–"), *options], **facts)
    return PlainField(**facts)
