"""What may be decided about an application, by whom, and when a place is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanse.calls.rules.cut_offs import refusal
from hanse.calls.rules.quotas import Bar, why_not_placed
from hanse.calls.words import DECIDED, ApplicationState, Outcome
from hanse.kit.phrases import SEMICOLON
from hanse.kit.refusals import Refusal

S = ApplicationState
MARKED_BY_DECISION = frozenset({S.SUBMITTED, *DECIDED})


@dataclass(frozen=True)
class Case:
    """An application as a decision sees it."""

    name: str
    state: str
    answer: str = "met"
    is_late: bool = False
    was_told: bool = False
    cut_off: int = 0
    cut_off_passed: bool = True
    is_own: bool = False


def why_not_decided(case: Case, outcome: str) -> Refusal | None:
    """Until it is told a decision may be changed; afterwards only the reserve list moves."""
    if case.is_own:
        return refusal("own_application", name=case.name)
    if case.state not in MARKED_BY_DECISION:
        return refusal("cannot_become", name=case.name, state=S(case.state).label)
    if not case.is_late and not case.cut_off_passed:
        return refusal("still_open", number=case.cut_off, name=case.name)
    if case.is_late and outcome == Outcome.RESERVE:
        return refusal("late_has_no_reserve")
    if case.was_told and case.state in DECIDED and case.state != S.RESERVE:
        return refusal("told_already", name=case.name, state=S(case.state).label)
    return None


def why_not_all(
    cases: Sequence[Case],
    outcome: str,
    *,
    places: int,
    taken_by_others: int,
    says: str = "",
) -> Refusal | None:
    """Why this outcome cannot be given to these at once; no reason lifts what is refused here."""
    if not cases:
        return refusal("nobody_chosen")
    if len({case.is_late for case in cases}) > 1:
        return refusal("late_and_on_time")
    for case in cases:
        if reason := why_not_decided(case, outcome):
            return reason
    if outcome == Outcome.SELECTED:
        late = [case.name for case in cases if case.is_late and case.answer != "met"]
        if late:
            return refusal("late_not_eligible", names=", ".join(late))
        return why_not_placed(places, taken_by_others + len(cases))
    if outcome in (Outcome.REJECTED, Outcome.INELIGIBLE) and not says.strip():
        return refusal("reason_needed")
    return None


def why_not_without_reason(
    cases: Sequence[Case], outcome: str, bars: Sequence[Bar], names: Sequence[str], because: str
) -> Refusal | None:
    """What an officer may do if they say why: go over a quota, or select whom the rules do not."""
    if outcome != Outcome.SELECTED or because.strip():
        return None
    if over := [name for bar, name in zip(bars, names, strict=True) if bar.breaks]:
        return refusal("over_quota", quotas=str(SEMICOLON).join(over))
    if doubtful := [case.name for case in cases if case.answer != "met"]:
        return refusal("not_eligible", names=", ".join(doubtful))
    return None


def why_not_promoted(places_left: int, reserve: int) -> Refusal | None:
    if reserve == 0:
        return refusal("nobody_in_reserve")
    return refusal("no_place_free") if places_left <= 0 else None


def why_not_pointed(points: int, most: int) -> Refusal | None:
    return None if 0 <= points <= most else refusal("wrong_points", most=most)
