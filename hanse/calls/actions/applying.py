"""Begin an application, send it, send it again, withdraw it, give the place back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hanse.calls.access import may_apply_on
from hanse.calls.actions.calls import locked
from hanse.calls.models import Application, ApplicationVersion, Call, CutOff
from hanse.calls.queries.eligibility import assessment_for, traits_of
from hanse.calls.queries.stages import stage_of
from hanse.calls.queries.status import standing_of, told_state
from hanse.calls.rules.applying import (
    SlotTerms,
    Standing,
    why_not_interested,
    why_not_proposed,
    why_not_returned,
    why_not_sent,
    why_not_withdrawn,
)
from hanse.calls.rules.cut_offs import Window, refusal
from hanse.calls.words import GONE, ApplicationState
from hanse.commons.audit.actions import record
from hanse.directory.models import Organisation
from hanse.directory.queries.validation import values_of
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused

S = ApplicationState


@dataclass(frozen=True)
class ApplicationSent:
    """An application came in, for the first time or again."""

    application: Application


@dataclass(frozen=True)
class PlaceGivenBack:
    """A selected organisation does not come after all."""

    application: Application


@transaction.atomic
def begin_application(
    call: Call,
    organisation: Organisation,
    answers: Mapping[str, Any],
    *,
    by: Any,
    now: datetime | None = None,
) -> Application:
    """A draft, which nobody but its own side reads."""
    now, held = now or timezone.now(), locked(call)
    if held.applications.filter(organisation=organisation).exclude(state__in=GONE).exists():
        raise Refused(refusal("already_applied", name=organisation.name))
    fresh = Standing(S.DRAFT)
    if reason := why_not_sent(fresh, stage_of(held, now).open_now, rejected_may_return=False):
        raise Refused(reason)
    last = held.applications.aggregate(last=Max("number"))["last"] or 0
    application = Application(
        call=held, organisation=organisation, number=last + 1, answers=dict(answers),
        made_by=by, made_at=now, changed_at=now,
    )  # fmt: skip
    if not may_apply_on(by, application):
        raise Refused(refusal("not_yours", name=organisation.name))
    application.save(force_insert=True)
    record("begin_application", application, by=by)
    return application


@transaction.atomic
def keep_draft(application: Application, answers: Mapping[str, Any], *, by: Any) -> None:
    """Only what was never sent is kept without being sent."""
    held = _held(application)
    if held.state != S.DRAFT:
        raise Refused(refusal("was_decided", state=S(told_state(held)).label))
    held.answers, held.changed_at = dict(answers), timezone.now()
    held.save(update_fields=["answers", "changed_at"])
    application.answers = held.answers


@transaction.atomic
def send_application(
    application: Application,
    answers: Mapping[str, Any],
    *,
    by: Any,
    now: datetime | None = None,
) -> Application:
    """What is sent last counts; what was sent before is kept as a version.

    The rules are asked now and their answer is kept. It decides nothing: people do.
    """
    now = now or timezone.now()
    call = locked(application.call)
    held = _held(application)
    if not may_apply_on(by, held):
        raise Refused(refusal("not_yours", name=held.organisation.name))
    open_now = stage_of(call, now).open_now
    if reason := why_not_sent(
        standing_of(held, now), open_now, rejected_may_return=call.rejected_may_return
    ):
        raise Refused(reason)
    if reason := why_not_answered(call, answers):
        raise Refused(reason)
    if held.state == S.SUBMITTED and held.answers == dict(answers):
        return held  # a double click, or nothing changed
    _place(held, open_now)
    _judge(held, call)
    _write(held, answers, by=by, now=now)
    record(
        "send_application",
        held,
        by=by,
        after={"revision": held.revision, "late": held.is_late, "answer": held.answer},
        rule_version=str(held.assessment.get("version", "")),
    )
    announce(ApplicationSent(held))
    return held


def why_not_answered(call: Call, answers: Mapping[str, Any]) -> Refusal | None:
    if not call.is_for_workshops:
        return why_not_interested(answers)
    slot = SlotTerms([one["code"] for one in call.themes], call.room_most, call.speakers_reimbursed)
    return why_not_proposed(answers, slot)


def _place(held: Application, open_now: Window | Refusal) -> None:
    """To which cut-off it belongs. One that is changed before its own stays where it is."""
    if held.state == S.SUBMITTED or isinstance(open_now, Refusal):
        return
    cut_off = open_now.cut_off
    held.is_late = open_now.is_late
    held.cut_off = CutOff.objects.get(call=held.call_id, number=cut_off.number) if cut_off else None


def _judge(held: Application, call: Call) -> None:
    values = values_of(held.organisation)
    found = assessment_for(held.organisation, call, values)
    held.assessment = found.as_record() if found else {}
    held.traits = traits_of(held.organisation, call, values)


def _write(held: Application, answers: Mapping[str, Any], *, by: Any, now: datetime) -> None:
    held.answers, held.state = dict(answers), S.SUBMITTED
    held.submitted_at, held.changed_at, held.reserve_place = now, now, None
    held.revision += 1
    held.save()
    ApplicationVersion.objects.create(
        application=held,
        revision=held.revision,
        cut_off=held.cut_off,
        answers=held.answers,
        assessment=held.assessment,
        submitted_at=now,
        submitted_by=by,
    )


@transaction.atomic
def withdraw_application(application: Application, *, by: Any) -> None:
    locked(application.call)
    held = _held(application)
    if reason := why_not_withdrawn(told_state(held)):
        raise Refused(reason)
    _leave(held, S.WITHDRAWN, "withdraw_application", by=by)


@transaction.atomic
def give_back_place(application: Application, *, by: Any) -> None:
    """The place is free again; who is first on the reserve list is shown to the officers."""
    locked(application.call)
    held = _held(application)
    if reason := why_not_returned(told_state(held)):
        raise Refused(reason)
    _leave(held, S.RETURNED, "give_back_place", by=by)
    announce(PlaceGivenBack(held))


def _leave(held: Application, state: ApplicationState, action: str, *, by: Any) -> None:
    before = told_state(held)
    held.state, held.reserve_place, held.changed_at = state, None, timezone.now()
    held.save(update_fields=["state", "reserve_place", "changed_at"])
    record(action, held, by=by, before={"state": before}, after={"state": state.value})


def _held(application: Application) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("call", "organisation", "cut_off__call")
        .get(pk=application.pk)
    )
