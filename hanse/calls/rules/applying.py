"""Whether an application may be sent, changed, withdrawn, or its place given back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hanse.calls.rules.cut_offs import Window, refusal
from hanse.calls.words import GONE, INTEREST_QUESTIONS, QUESTIONS, ApplicationState
from hanse.kit.refusals import Refusal

S = ApplicationState
MOST_SPEAKERS = 10


@dataclass(frozen=True)
class Standing:
    """Where an application stands as far as its own side knows."""

    state: str
    own_cut_off_passed: bool = False
    answers_by: date | None = None


def why_not_sent(
    standing: Standing, open_now: Window | Refusal, *, rejected_may_return: bool
) -> Refusal | None:
    """Why this application cannot be sent (again) now.

    Until its cut-off it may be changed; from the reserve list it may be sent again for the next
    one, and from among the rejected where the call says so.
    """
    if standing.state == S.SUBMITTED and not standing.own_cut_off_passed:
        return None
    if standing.state == S.SUBMITTED:
        return refusal("in_evaluation", day=standing.answers_by)
    if standing.state == S.SELECTED:
        return refusal("has_a_place")
    if standing.state in GONE:
        return refusal("was_decided", state=S(standing.state).label)
    if standing.state in (S.REJECTED, S.INELIGIBLE) and not rejected_may_return:
        return refusal("rejected_stays")
    if isinstance(open_now, Refusal):
        return open_now
    if open_now.is_late and standing.state != S.DRAFT:
        return refusal("was_decided", state=S(standing.state).label)
    return None


def why_not_withdrawn(state: str) -> Refusal | None:
    if state == S.SELECTED:
        return refusal("has_a_place")
    if state in GONE:
        return refusal("nothing_to_withdraw", state=S(state).label)
    return None


def why_not_returned(state: str) -> Refusal | None:
    return None if state == S.SELECTED else refusal("no_place_to_return")


def why_not_interested(answers: Mapping[str, Any]) -> Refusal | None:
    for question in INTEREST_QUESTIONS:
        if not str(answers.get(question) or "").strip():
            return refusal("nothing_written", question=QUESTIONS[question], field=question)
    return None


@dataclass(frozen=True)
class SlotTerms:
    """What a workshop gets."""

    themes: Collection[str]
    room_most: int
    speakers_reimbursed: int


def why_not_proposed(answers: Mapping[str, Any], slot: SlotTerms) -> Refusal | None:
    """Why a proposal for a workshop does not fit the slot that the call offers."""
    for question in ("title", "abstract", "speakers"):
        if not answers.get(question):
            return refusal("nothing_written", question=QUESTIONS[question], field=question)
    if slot.themes and answers.get("theme") not in slot.themes:
        return refusal("unknown_theme")
    speakers, reimbursed = len(answers["speakers"]), int(answers.get("reimbursed") or 0)
    if speakers > MOST_SPEAKERS:
        return refusal("too_many_speakers", most=MOST_SPEAKERS)
    if reimbursed > slot.speakers_reimbursed:
        return refusal("too_many_reimbursed", most=slot.speakers_reimbursed)
    if reimbursed > speakers:
        return refusal("more_reimbursed_than_speakers")
    if int(answers.get("expected") or 0) > slot.room_most:
        return refusal("room_too_small", most=slot.room_most)
    return None
