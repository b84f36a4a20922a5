"""Mark, decide in bulk, tell, end an evaluation, fill a place that was freed.

Whoever decides holds the row of the call: places and quotas are counted behind it, so that of two
officers who select the last place at once one is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from hanse.calls.access import is_own_side, may_be_marked
from hanse.calls.actions.calls import locked
from hanse.calls.models import Application, Call, Criterion, CutOff, Decision, Mark, Summary
from hanse.calls.queries.desk import first_in_reserve, points_of, untold, waiting_in
from hanse.calls.queries.preview import chosen_from, preview
from hanse.calls.queries.stages import stage_of
from hanse.calls.rules.cut_offs import day_there, has_passed, refusal
from hanse.calls.rules.deciding import why_not_pointed, why_not_promoted
from hanse.calls.words import ApplicationState, Outcome
from hanse.commons.audit.actions import record
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused

S = ApplicationState


@dataclass(frozen=True)
class ApplicationDecided:
    """The own side of an application is told what was decided."""

    application: Application
    decision: Decision


@dataclass(frozen=True)
class Deciding:
    """An outcome, its reason for the applicants, and why it is right against a quota or a rule."""

    outcome: Outcome
    says: str = ""
    because: str = ""
    # The states that the officer had before them, by number; another one since is refused.
    seen: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def mark_application(
    application: Application,
    points: Mapping[str, tuple[int, str]],
    *,
    by: Any,
    now: datetime | None = None,
) -> None:
    """Points by criterion, each with a word why; of the version that was sent last."""
    if not may_be_marked(application):
        raise Refused(refusal("not_sent"))
    if is_own_side(by, application):
        raise Refused(refusal("own_application", name=application.organisation.name))
    criteria: Mapping[str, Criterion] = {one.code: one for one in application.call.criteria.all()}
    for code, (given, says) in points.items():
        if reason := why_not_pointed(given, criteria[code].most):
            raise Refused(reason)
        Mark.objects.update_or_create(
            application=application,
            criterion=criteria[code],
            revision=application.revision,
            person=by,
            defaults={"points": given, "says": says[:500], "at": now or timezone.now()},
        )
    record(
        "mark_application", application, by=by,
        after={code: given for code, (given, _says) in points.items()},
    )  # fmt: skip


@transaction.atomic
def decide(
    call: Call,
    numbers: Sequence[int],
    deciding: Deciding,
    *,
    by: Any,
    now: datetime | None = None,
) -> list[Decision]:
    """The same outcome for these; nobody is told yet. What was decided so before is left alone."""
    held, now = locked(call), now or timezone.now()
    outcome = deciding.outcome
    chosen = chosen_from(held, numbers)
    fresh = [one.number for one in chosen if one.state != outcome]
    if chosen and not fresh:
        return []
    _must_be_as_seen(chosen, deciding)
    seen = preview(held, fresh, outcome, by=by, says=deciding.says, because=deciding.because)
    if reason := seen.refusal or seen.needs_reason:
        raise Refused(reason)
    places = _reserve_places(held, seen.applications) if outcome == Outcome.RESERVE else {}
    over = [asdict(bar.bar) for bar in seen.bars if bar.is_over and bar.changes]
    return [
        _decide_one(one, deciding, by=by, now=now, reserve_place=places.get(one.pk), over=over)
        for one in seen.applications
    ]


def _must_be_as_seen(chosen: Sequence[Application], deciding: Deciding) -> None:
    for one in chosen:
        if one.state not in (deciding.outcome, deciding.seen.get(one.number, one.state)):
            facts = {"name": one.organisation.name, "state": S(one.state).label}
            raise Refused(refusal("decided_meanwhile", **facts))


def _reserve_places(call: Call, applications: Sequence[Application]) -> dict[int, int]:
    """Behind those who are on the list, the most points first."""
    points = points_of(call, applications)
    last = call.applications.aggregate(last=Max("reserve_place"))["last"] or 0
    ordered = sorted(
        applications,
        key=lambda one: (-(points[one.pk].mean or 0) if one.pk in points else 0, one.number),
    )
    return {one.pk: last + place for place, one in enumerate(ordered, start=1)}


def _decide_one(
    application: Application,
    deciding: Deciding,
    *,
    by: Any,
    now: datetime,
    reserve_place: int | None,
    over: Sequence[Mapping[str, Any]],
) -> Decision:
    before = application.state
    application.state, application.changed_at = deciding.outcome.value, now
    # A place on the list stays until its side is told that it has left it.
    application.reserve_place = reserve_place or application.reserve_place
    application.save(update_fields=["state", "reserve_place", "changed_at"])
    decision = Decision.objects.create(
        application=application,
        cut_off=application.cut_off,
        outcome=deciding.outcome,
        is_late=application.is_late,
        revision=application.revision,
        says=deciding.says.strip(),
        because=deciding.because.strip(),
        by=by,
        at=now,
    )
    record(
        "decide_application",
        application,
        by=by,
        before={"state": before},
        after={"state": application.state, "over": list(over)},
        rule_version=str(application.assessment.get("version", "")),
    )
    return decision


@transaction.atomic
def tell(call: Call, decisions: Iterable[Decision], *, by: Any, now: datetime | None = None) -> int:
    """Letters go out, and the status page shows it. What was told before is not told again."""
    held, now, told = locked(call), now or timezone.now(), 0
    for decision in decisions:
        waiting = Decision.objects.filter(pk=decision.pk, told_at__isnull=True)
        if not waiting.update(told_at=now):
            continue
        decision.told_at = now
        application = decision.application
        application.call = held
        _leave_the_list(application, decision)
        _owe_summary(application, decision)
        record("tell_applicant", application, by=by, after={"outcome": decision.outcome})
        announce(ApplicationDecided(application, decision))
        told += 1
    return told


def tell_everybody(call: Call, *, by: Any, now: datetime | None = None) -> int:
    """Whoever was decided about and does not know."""
    return tell(call, untold(call), by=by, now=now)


def _leave_the_list(application: Application, decision: Decision) -> None:
    if decision.outcome != Outcome.RESERVE and application.reserve_place:
        application.reserve_place = None
        application.save(update_fields=["reserve_place"])


def _owe_summary(application: Application, decision: Decision) -> None:
    call = application.call
    if not call.is_for_workshops or decision.outcome != Outcome.SELECTED:
        return
    due = call.held_on + timedelta(days=call.summary_days) if call.held_on else None
    Summary.objects.get_or_create(application=application, defaults={"due_on": due})


@transaction.atomic
def end_evaluation(cut_off: CutOff, *, by: Any, now: datetime | None = None) -> int:
    """Everything that came by this cut-off has its answer: whoever was not told is told now, and
    the next cut-off opens if places remain."""
    call, now = locked(cut_off.call), now or timezone.now()
    held = CutOff.objects.select_for_update().get(pk=cut_off.pk)
    if held.decided_at:
        raise Refused(refusal("evaluation_ended", day=day_there(held.decided_at, call.zone)))
    if not has_passed(held.at, now):
        raise Refused(refusal("not_over_yet", day=day_there(held.at, call.zone)))
    if waiting := waiting_in(held):
        raise Refused(refusal("left_undecided", count=waiting))
    told = tell_everybody(call, by=by, now=now)
    held.decided_at = now
    held.save(update_fields=["decided_at"])
    record("end_evaluation", call, by=by, after={"cut_off": held.number, "told": told})
    return told


@transaction.atomic
def promote_first(call: Call, *, by: Any, now: datetime | None = None) -> Decision:
    """The first of the reserve list gets a free place, and is told at once."""
    held = locked(call)
    first = first_in_reserve(held)
    left = stage_of(held, now).terms.places_left
    if reason := why_not_promoted(left, 1 if first else 0):
        raise Refused(reason)
    assert first is not None  # noqa: S101  the rule has seen to it
    decisions = decide(held, [first.number], Deciding(Outcome.SELECTED), by=by, now=now)
    tell(held, decisions, by=by, now=now)
    return decisions[0]
