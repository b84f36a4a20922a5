"""What is said once a day: answers that are promised soon or overdue, summaries that are owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from hanse.calls.models import Call, CutOff, Summary
from hanse.calls.rules.cut_offs import LAST_ANSWER_DAYS, REMINDED_BEFORE, day_there, has_passed
from hanse.calls.words import ApplicationState, CallState
from hanse.kit.announce import announce


@dataclass(frozen=True)
class AnswersDue:
    """Applicants were promised an answer: soon, or by a day that has passed."""

    cut_off: CutOff
    is_overdue: bool


@dataclass(frozen=True)
class LateOnesWait:
    """Late applications wait for a decision, and their answers are promised soon."""

    call: Call
    count: int


@dataclass(frozen=True)
class SummaryDue:
    """The summary of a workshop is owed soon."""

    summary: Summary


def remind_officers(now: datetime | None = None) -> int:
    """Three days before the promised day, and once it has passed; each once."""
    now, said = now or timezone.now(), 0
    running = CutOff.objects.filter(decided_at__isnull=True, overdue_told_at__isnull=True)
    for one in running.exclude(call__state=CallState.DRAFT).select_related("call"):
        if has_passed(one.at, now) and _someone_waits(one):
            said += _remind(one, now)
    return said


def _someone_waits(cut_off: CutOff) -> bool:
    open_ones = ~Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
    return cut_off.applications.filter(open_ones).exists()


def _remind(cut_off: CutOff, now: datetime) -> int:
    today, day = day_there(now, cut_off.call.zone), cut_off.answers_by
    field = ""
    if today > day:
        field = "overdue_told_at"
    elif today >= day - REMINDED_BEFORE and cut_off.reminded_at is None:
        field = "reminded_at"
    if not field:
        return 0
    with transaction.atomic():
        if CutOff.objects.filter(pk=cut_off.pk, **{f"{field}__isnull": True}).update(
            **{field: now}
        ):
            announce(AnswersDue(cut_off, is_overdue=field == "overdue_told_at"))
            return 1
    return 0


def remind_of_late_ones(now: datetime | None = None) -> int:
    """At most once in the time within which late ones are answered."""
    now, said = now or timezone.now(), 0
    old = now - timedelta(days=LAST_ANSWER_DAYS)
    waiting = Q(applications__is_late=True, applications__state=ApplicationState.SUBMITTED,
                applications__submitted_at__lte=old + REMINDED_BEFORE)  # fmt: skip
    rested = Q(late_reminded_at__isnull=True) | Q(late_reminded_at__lte=old)
    due = Call.objects.filter(rested).annotate(late=Count("applications", filter=waiting))
    for call in due.filter(late__gt=0):
        with transaction.atomic():
            if Call.objects.filter(rested, pk=call.pk).update(late_reminded_at=now):
                announce(LateOnesWait(call, call.late))
                said += 1
    return said


def remind_of_summaries(now: datetime | None = None) -> int:
    """Three days before a summary is owed its side gets a letter, once."""
    now, said = now or timezone.now(), 0
    owed = Summary.objects.filter(
        handed_in_at__isnull=True,
        reminded_at__isnull=True,
        due_on__lte=now.date() + timedelta(days=REMINDED_BEFORE.days),
        application__state=ApplicationState.SELECTED,
    ).select_related("application__call", "application__organisation")
    for one in owed:
        with transaction.atomic():
            waiting = Summary.objects.filter(pk=one.pk, reminded_at__isnull=True)
            if waiting.update(reminded_at=now):
                announce(SummaryDue(one))
                said += 1
    return said
