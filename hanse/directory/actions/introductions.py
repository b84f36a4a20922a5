"""Bring two other organisations together. Both must want it; nobody's refusal is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.commons.audit.actions import record
from hanse.directory.actions.messages import begin_thread
from hanse.directory.actions.posting import new_slip, refusal, write_once, written_before
from hanse.directory.models import Introduction, Organisation
from hanse.directory.queries.messages import begun_within_a_day, blocked_among, is_read
from hanse.directory.rules.messages import why_no_new_thread
from hanse.directory.words import IntroductionAnswer
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused


@dataclass(frozen=True)
class IntroductionMade:
    """Two organisations are asked whether they want to talk."""

    introduction: Introduction


@dataclass(frozen=True)
class IntroductionOpened:
    """Both said yes: a common conversation is open."""

    introduction: Introduction


@dataclass(frozen=True)
class Pair:
    """Whom an organisation brings together, and why."""

    first: Organisation
    second: Organisation
    reason: str


@transaction.atomic
def introduce(
    organisation: Organisation, pair: Pair, *, by: Any, slip: UUID | None = None
) -> Introduction:
    """Ask both. Where one of the three blocks another nobody is asked, and nobody learns why."""
    if held := written_before(Introduction, slip, by):
        return held
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    three = (organisation, pair.first, pair.second)
    if len({one.pk for one in three}) < len(three):
        raise refusal("three_needed")
    for side in (pair.first, pair.second):
        if not is_read(side):
            raise refusal("nobody_reads", name=side.name)
    if not pair.reason.strip():
        raise refusal("nothing_written")
    today = begun_within_a_day(organisation) + introduced_within_a_day(organisation)
    if reason := why_no_new_thread(organisation.name, today):
        raise Refused(reason)
    made, is_new = write_once(
        Introduction(
            organisation=organisation,
            first=pair.first,
            second=pair.second,
            reason=pair.reason.strip()[:1000],
            made_by=by,
            slip=new_slip(slip),
            is_held_back=blocked_among(three),
        )
    )
    if is_new:
        record("introduce", organisation, by=by, after={"introduction": made.pk})
        if not made.is_held_back:
            announce(IntroductionMade(made))
    return made


def introduced_within_a_day(organisation: Organisation) -> int:
    since = timezone.now() - timedelta(days=1)
    return Introduction.objects.filter(organisation=organisation, made_at__gt=since).count()


@transaction.atomic
def answer_introduction(
    introduction: Introduction, side: Organisation, said: IntroductionAnswer, *, by: Any
) -> Introduction:
    """Say yes or no for one side; with the second yes the conversation opens."""
    held = Introduction.objects.select_for_update().get(pk=introduction.pk)
    which = "first" if side.pk == held.first_id else "second"
    answered_at = getattr(held, f"{which}_answered_at")
    if answered_at:
        raise refusal("already_introduced", day=answered_at.date())
    setattr(held, f"{which}_answer", said)
    setattr(held, f"{which}_answered_at", timezone.now())
    setattr(held, f"{which}_answered_by", by)
    held.save()
    record("answer_introduction", side, by=by, after={"introduction": held.pk})
    if held.first_answer == held.second_answer == IntroductionAnswer.YES:
        _open(held)
    introduction.refresh_from_db()
    return introduction


def _open(introduction: Introduction) -> None:
    # Somebody may have changed their mind between the two answers.
    if blocked_among([introduction.first, introduction.second]):
        return
    subject = _("Introduced by %(name)s") % {"name": introduction.organisation.name}
    introduction.thread = begin_thread(
        introduction.first, introduction.second, subject, is_wanted=True
    )
    introduction.opened_at = timezone.now()
    introduction.save(update_fields=["thread", "opened_at"])
    announce(IntroductionOpened(introduction))
