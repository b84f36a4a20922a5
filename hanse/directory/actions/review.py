"""Hand a profile in, publish it or refuse it with a reason, waive the criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.signing import Signer
from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.directory.actions.indexing import index
from hanse.directory.models import Organisation, Submission, Waiver
from hanse.directory.queries.validation import assessment_of
from hanse.directory.words import REFUSALS, Decision, State
from hanse.kit.announce import announce
from hanse.kit.refusals import Refusal, Refused

SUBMITTABLE = (State.DRAFT, State.REFUSED)


@dataclass(frozen=True)
class ProfileSubmitted:
    """A profile waits for the office."""

    submission: Submission


@dataclass(frozen=True)
class ProfileDecided:
    """The office published a profile or refused it."""

    submission: Submission


def refusal(code: str, **facts: object) -> Refused:
    return Refused(Refusal(code, REFUSALS[code], facts))


@transaction.atomic
def submit_profile(organisation: Organisation, *, by: Any) -> Submission:
    """Hand a profile in, whatever the rules say: the office looks, with their answers before it."""
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if held.state not in SUBMITTABLE:
        raise refusal("not_submittable", state=held.get_state_display())
    assessed = assessment_of(held)
    try:
        with transaction.atomic():
            submission = Submission.objects.create(
                organisation=held,
                submitted_by=by,
                assessment=assessed.as_record() if assessed else {},
            )
    except IntegrityError as twice:
        raise refusal("not_submittable", state=State.SUBMITTED.label) from twice
    _move(held, State.SUBMITTED, "submit_profile", by=by, submission=submission)
    organisation.refresh_from_db()
    announce(ProfileSubmitted(submission))
    return submission


@transaction.atomic
def publish_profile(submission: Submission, *, by: Any, reason: str = "") -> None:
    _decide(submission, Decision.PUBLISHED, reason, by=by)
    organisation = submission.organisation
    organisation.published_at = organisation.published_at or timezone.now()
    organisation.confirmed_at = organisation.confirmed_at or timezone.now()
    _move(organisation, State.PUBLISHED, "publish_profile", by=by, submission=submission)
    announce(ProfileDecided(submission))


@transaction.atomic
def refuse_profile(submission: Submission, reason: str, *, by: Any) -> None:
    if not reason.strip():
        raise refusal("reason_needed")
    _decide(submission, Decision.REFUSED, reason.strip(), by=by)
    _move(submission.organisation, State.REFUSED, "refuse_profile", by=by, submission=submission)
    announce(ProfileDecided(submission))


@transaction.atomic
def withdraw_submission(submission: Submission, *, by: Any) -> None:
    """Take a profile back while nobody has decided."""
    _decide(submission, Decision.WITHDRAWN, "", by=by)
    _move(submission.organisation, State.DRAFT, "withdraw_submission", by=by, submission=submission)


@transaction.atomic
def give_waiver(
    organisation: Organisation, programme: str, reason: str, valid_until: date | None, *, by: Any
) -> Waiver:
    """A signed decision: a recognised programme vouches for the cluster."""
    if not (programme.strip() and reason.strip()):
        raise refusal("reason_needed")
    waiver = Waiver(
        organisation=organisation,
        programme=programme.strip(),
        reason=reason.strip(),
        given_by=by,
        valid_until=valid_until,
    )
    waiver.signature = signature_of(waiver)
    waiver.save()
    record("give_waiver", organisation, by=by, after={"programme": waiver.programme}, reason=reason)
    return waiver


@transaction.atomic
def withdraw_waiver(waiver: Waiver, *, by: Any) -> None:
    waiver.withdrawn_at = timezone.now()
    waiver.save(update_fields=["withdrawn_at"])
    record("withdraw_waiver", waiver.organisation, by=by, before={"programme": waiver.programme})


def signature_of(waiver: Waiver) -> str:
    said = "|".join(
        str(part)
        for part in (
            waiver.organisation_id, waiver.programme, waiver.reason, waiver.valid_until,
            waiver.given_at.isoformat(),
        )
    )  # fmt: skip
    return Signer(salt="directory.waiver").signature(said)[:64]


def _decide(submission: Submission, decision: Decision, reason: str, *, by: Any) -> None:
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if held.decision:
        raise refusal("already_decided", day=held.decided_at.date() if held.decided_at else "")
    submission.decision, submission.reason = decision, reason
    submission.decided_at, submission.decided_by = timezone.now(), by
    submission.save(update_fields=["decision", "reason", "decided_at", "decided_by"])


def _move(
    organisation: Organisation, state: State, action: str, *, by: Any, submission: Submission
) -> None:
    before = organisation.state
    organisation.state = state
    organisation.save(update_fields=["state", "published_at", "confirmed_at"])
    record(
        action,
        organisation,
        by=by,
        before={"state": before},
        after={"state": state, "submission": submission.pk},
        rule_version=str(submission.assessment.get("version", "")),
        reason=submission.reason,
    )
    index([organisation])
