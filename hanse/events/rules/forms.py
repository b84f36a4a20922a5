"""What a registration form may ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hanse.events.rules.answers import Asked, refusal
from hanse.events.words import QuestionKind
from hanse.kit.refusals import Refusal

CHOSEN = (QuestionKind.CHOICE, QuestionKind.CHOICES)
LEAST_OPTIONS = 2
YES_NO = {"yes": True, "no": False}


def condition_meant(typed: Mapping[str, Any], earlier: Sequence[Asked]) -> dict[str, Any]:
    """The condition as it is kept: of a yes-or-no question “yes” and “no” are true and false.

    >>> condition_meant({"question": "food", "is": "yes"}, [Asked("food", QuestionKind.YES)])
    {'question': 'food', 'is': True}
    """
    kinds = {one.code: one.kind for one in earlier}
    wanted = typed.get("is")
    if kinds.get(typed.get("question", "")) == QuestionKind.YES and wanted in YES_NO:
        wanted = YES_NO[wanted]
    return {"question": typed["question"], "is": wanted} if typed else {}


def why_no_condition(condition: Mapping[str, Any], earlier: Sequence[Asked]) -> Refusal | None:
    """A question hangs on an earlier one, and on an answer that can be given to it."""
    if not condition:
        return None
    code, wanted = condition.get("question"), condition.get("is")
    if not code or wanted in (None, ""):
        return refusal("condition_missing")
    other = next((one for one in earlier if one.code == code), None)
    if other is None:
        return refusal("condition_unknown", named=code)
    can_be = (True, False) if other.kind == QuestionKind.YES else other.options
    if other.kind not in (*CHOSEN, QuestionKind.YES) or wanted not in can_be:
        return refusal("condition_impossible", typed=str(wanted)[:40], named=code)
    return None


def why_no_options(kind: str, options: Sequence[Mapping[str, Any]], kept: int) -> Refusal | None:
    """`kept` is how many there are that somebody may have chosen: none of them is taken away."""
    if kind not in CHOSEN:
        return None
    if len(options) < LEAST_OPTIONS:
        return refusal("options_missing")
    if len(options) < kept:
        return refusal("options_answered", count=kept)
    return None
