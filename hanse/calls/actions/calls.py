"""Make a call, change it, publish it, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from hanse.calls.models import Call, CallOfficer, Criterion, CutOff, Quota
from hanse.calls.models.calls import BRUSSELS
from hanse.calls.rules.cut_offs import (
    ANSWER_DAYS,
    LAST_ANSWER_DAYS,
    end_of_day,
    refusal,
    why_not_dated,
    why_not_redated,
)
from hanse.calls.rules.quotas import Limit
from hanse.calls.words import ApplicationState, CallKind, CallState
from hanse.commons.audit.actions import record
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused

RESERVED = frozenset({"mine", "new", "applications"})


@dataclass(frozen=True)
class CallOpening:
    """A call is about to be published; whoever knows why it must not be raises a refusal."""

    call: Call


@dataclass(frozen=True)
class Points:
    """A criterion: code, words by language, most points."""

    code: str
    label: Mapping[str, str]
    most: int = 5


@dataclass(frozen=True)
class Called:
    """What a call says."""

    slug: str
    title: Mapping[str, str]
    opens_at: datetime
    cut_offs: Sequence[date]
    places: int
    kind: str = CallKind.INTEREST
    lead: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    zone: str = BRUSSELS
    answer_days: int = ANSWER_DAYS
    last_answer_days: int = LAST_ANSWER_DAYS
    late_until: date | None = None
    late_places: int = 0
    rejected_may_return: bool = False
    eligibility: Mapping[str, Any] = field(default_factory=dict)
    quotas: Sequence[Limit] = ()
    criteria: Sequence[Points] = ()
    themes: Sequence[Mapping[str, Any]] = ()
    slot_minutes: int = 90
    room_most: int = 100
    speakers_reimbursed: int = 2
    held_on: date | None = None
    summary_days: int = 21


@transaction.atomic
def make_call(called: Called, *, by: Any, officers: Sequence[Any] = ()) -> Call:
    """A draft, run by whoever made it and those they name."""
    call = Call(made_by=by)
    _say(call, called)
    try:
        with transaction.atomic():
            call.save(force_insert=True)
    except IntegrityError:
        raise Refused(refusal("slug_taken")) from None
    _date(call, called)
    _measure(call, called)
    appoint(call, [*([by] if by else []), *officers], by=by)
    record("make_call", call, by=by, after={"places": call.places})
    return call


@transaction.atomic
def change_call(call: Call, called: Called, *, by: Any) -> Call:
    """Cut-offs that have passed stay, and so do criteria by which marks were given."""
    held = locked(call)
    before = _in_short(held)
    taken = held.applications.filter(state=ApplicationState.SELECTED, is_late=False).count()
    if called.places < taken:
        raise Refused(refusal("places_taken", taken=taken))
    if called.kind != held.kind and held.applications.exists():
        raise Refused(refusal("call_has_applications"))
    _say(held, called)
    try:
        with transaction.atomic():
            held.save()
    except IntegrityError:
        raise Refused(refusal("slug_taken")) from None
    _date(held, called)
    _measure(held, called)
    record("change_call", held, by=by, before=before, after=_in_short(held))
    return held


def _in_short(call: Call) -> dict[str, Any]:
    return {
        "places": call.places,
        "rules": call.eligibility.get("version", ""),
        "cut_offs": [at.isoformat() for at in call.cut_offs.values_list("at", flat=True)],
        "quotas": [str(one) for one in call.quotas.all()],
    }


def _say(call: Call, called: Called) -> None:
    if not called.title.get("en", "").strip():
        raise Refused(refusal("english_title"))
    if called.slug in RESERVED:
        raise Refused(refusal("slug_taken"))
    for name in (
        "slug", "kind", "opens_at", "places", "zone", "late_places", "rejected_may_return",
        "slot_minutes", "room_most", "speakers_reimbursed", "held_on", "summary_days",
    ):  # fmt: skip
        setattr(call, name, getattr(called, name))
    call.title, call.lead, call.text = dict(called.title), dict(called.lead), dict(called.text)
    call.eligibility, call.themes = dict(called.eligibility), [dict(one) for one in called.themes]
    call.late_until = end_of_day(called.late_until, called.zone) if called.late_until else None


def _date(call: Call, called: Called) -> None:
    """Each cut-off is the last second of its day on the call's own clock."""
    moments = [end_of_day(day, call.zone) for day in called.cut_offs]
    before = list(call.cut_offs.order_by("number"))
    if reason := why_not_dated(call.opens_at, moments, call.late_until):
        raise Refused(reason)
    if called.held_on and max(called.cut_offs) > called.held_on:
        raise Refused(refusal("cut_off_after_it", day=called.held_on))
    if reason := why_not_redated([one.at for one in before], moments, timezone.now()):
        raise Refused(reason)
    for one in before[len(moments) :]:
        if one.applications.exists():
            raise Refused(refusal("cut_off_in_use", number=one.number))
        one.delete()
    for number, at in enumerate(moments, start=1):
        days = called.last_answer_days if number == len(moments) else called.answer_days
        CutOff.objects.update_or_create(
            call=call, number=number, defaults={"at": at, "answer_days": days}
        )


def _measure(call: Call, called: Called) -> None:
    call.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(call=call, by=one.by, value=one.value, bound=one.bound, number=one.number)
        for one in called.quotas
    )
    wanted = [(one.code, dict(one.label), one.most) for one in called.criteria]
    if wanted == [(one.code, one.label, one.most) for one in call.criteria.all()]:
        return
    if call.criteria.filter(marks__isnull=False).exists():
        raise Refused(refusal("criteria_in_use"))
    call.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(call=call, code=code, label=label, most=most) for code, label, most in wanted
    )


def appoint(call: Call, people: Sequence[Any], *, by: Any) -> None:
    """These people run the call from now on, besides those who do."""
    for person in people:
        _officer, is_new = CallOfficer.objects.get_or_create(call=call, person=person)
        if is_new:
            record("appoint_officer", call, by=by, after={"officer": person.pk})


@transaction.atomic
def settle_officers(call: Call, people: Sequence[Any], *, by: Any) -> None:
    """These and nobody else; at least one stays."""
    appoint(call, people, by=by)
    for gone in call.officers.exclude(person__in=people):
        record("dismiss_officer", call, by=by, before={"officer": gone.person_id})
        gone.delete()


@transaction.atomic
def publish_call(call: Call, *, by: Any) -> None:
    announce(CallOpening(call))
    _move(call, CallState.PUBLISHED, "publish_call", by=by)


@transaction.atomic
def close_call(call: Call, *, by: Any) -> None:
    """No application comes in any more; what was sent is still decided."""
    _move(call, CallState.CLOSED, "close_call", by=by)


def _move(call: Call, state: CallState, action: str, *, by: Any) -> None:
    held = locked(call)
    if held.state == state:
        return
    before = held.state
    held.state = state
    held.save(update_fields=["state"])
    call.state = state
    record(action, held, by=by, before={"state": before}, after={"state": state.value})


def locked(call: Call) -> Call:
    """The row of the call, held until the transaction ends: places are counted behind it."""
    return Call.objects.select_for_update().get(pk=call.pk)
