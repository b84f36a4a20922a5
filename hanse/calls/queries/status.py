"""An application as its own side may read it: nothing before it is told, nothing of other sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from hanse.calls.access import applications_visible_to
from hanse.calls.models import Application, ApplicationVersion, CutOff, Decision
from hanse.calls.queries.eligibility import reasons_of
from hanse.calls.queries.stages import Stage, stage_of
from hanse.calls.rules.applying import Standing, why_not_returned, why_not_sent, why_not_withdrawn
from hanse.calls.rules.cut_offs import LAST_ANSWER_DAYS, day_there, has_passed
from hanse.calls.words import (
    DECIDED,
    INTEREST_QUESTIONS,
    QUESTIONS,
    WORKSHOP_QUESTIONS,
    ApplicationState,
    CallState,
    Format,
)
from hanse.kit.numbers import figure

S = ApplicationState


def told_decisions(application: Application) -> list[Decision]:
    """The newest first."""
    return [one for one in application.decisions.all() if one.told_at is not None]


def told_state(application: Application) -> str:
    """The state as its own side knows it. A decision that nobody was told of is none yet."""
    if application.state not in DECIDED:
        return application.state
    told = [one for one in told_decisions(application) if one.revision == application.revision]
    return told[0].outcome if told else S.SUBMITTED.value


def answers_by(application: Application) -> date | None:
    """The day by which an answer is promised."""
    if application.cut_off:
        return application.cut_off.answers_by
    if application.is_late and application.submitted_at:
        sent = day_there(application.submitted_at, application.call.zone)
        return sent + timedelta(days=LAST_ANSWER_DAYS)
    return None


def next_cut_off(application: Application) -> CutOff | None:
    """The one to come for which it may be improved; none where its own was the last, or where the
    call takes nothing more."""
    own, call = application.cut_off, application.call
    if own is None or call.state == CallState.CLOSED:
        return None
    later = call.cut_offs.filter(number__gt=own.number).order_by("number")
    return next((one for one in later if not one.has_passed), None)


def standing_of(application: Application, now: datetime) -> Standing:
    """A late one may be changed until somebody decides, at the latest until late ones end."""
    end = application.cut_off.at if application.cut_off else application.call.late_until
    passed = end is not None and has_passed(end, now)
    if application.is_late and application.is_decided:
        passed = True
    return Standing(told_state(application), passed, answers_by(application))


@dataclass(frozen=True)
class Status:
    """Everything that stands on the page of one application."""

    application: Application
    stage: Stage
    state: str
    decision: Decision | None
    answers_by: date | None
    answers: Sequence[tuple[str, str]]
    versions: Sequence[ApplicationVersion]
    told: Sequence[Decision]
    rules_unmet: Sequence[str]
    may_send: bool
    why_not_send: str
    may_withdraw: bool
    may_return: bool

    @property
    def word(self) -> str:
        """The state in words; what was sent is being evaluated once its cut-off has passed."""
        return str(S(self.state).label)

    @property
    def is_in_evaluation(self) -> bool:
        cut_off = self.application.cut_off
        return self.state == S.SUBMITTED and cut_off is not None and cut_off.has_passed

    @property
    def reserve_place(self) -> int | None:
        return self.application.reserve_place if self.state == S.RESERVE else None


def status_of(application: Application, now: datetime | None = None) -> Status:
    now = now or timezone.now()
    stage, state = stage_of(application.call, now), told_state(application)
    told = told_decisions(application)
    refusal = why_not_sent(
        standing_of(application, now),
        stage.open_now,
        rejected_may_return=application.call.rejected_may_return,
    )
    current = [one for one in told if one.revision == application.revision]
    return Status(
        application=application,
        stage=stage,
        state=state,
        decision=current[0] if state in DECIDED and current else None,
        answers_by=answers_by(application),
        answers=answers_in_words(application),
        versions=list(application.versions.select_related("submitted_by")),
        told=told,
        rules_unmet=reasons_of(application) if state == S.INELIGIBLE else [],
        may_send=refusal is None,
        why_not_send=str(refusal) if refusal else "",
        may_withdraw=why_not_withdrawn(state) is None,
        may_return=why_not_returned(state) is None,
    )


def answers_in_words(
    application: Application, answers: Mapping[str, Any] | None = None
) -> list[tuple[str, str]]:
    given = application.answers if answers is None else answers
    call = application.call
    asked = WORKSHOP_QUESTIONS if call.is_for_workshops else INTEREST_QUESTIONS
    return [
        (str(QUESTIONS[code]), _in_words(application, code, given[code]))
        for code in asked
        if given.get(code) not in (None, "", [])
    ]


def _in_words(application: Application, code: str, value: Any) -> str:
    if code == "theme":
        return application.call.theme_named(value)
    if code == "format":
        return str(Format(value).label) if value in Format.values else str(value)
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return figure(value) if isinstance(value, int) else str(value)


def applications_of(person: Any) -> list[tuple[Application, str]]:
    """One's own, the newest first, each with the word that its side may read."""
    own: Iterable[Application] = (
        applications_visible_to(person)
        .select_related("cut_off__call")
        .prefetch_related("decisions")
        .order_by("-made_at", "-pk")
    )
    return [(one, str(S(told_state(one)).label)) for one in own]
