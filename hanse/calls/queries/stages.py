"""Where a call stands: which cut-off is open or being evaluated, how many places are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hanse.calls.access import calls_visible_to
from hanse.calls.models import Application, Call, CutOff
from hanse.calls.rules.cut_offs import CallTerms, CutOffTerms, Window, has_passed, window
from hanse.calls.words import GONE, ApplicationState, CallState
from hanse.kit.refusals import Refusal


@dataclass(frozen=True)
class Stage:
    """A call with what may be done about it now, the same for every reader."""

    call: Call
    terms: CallTerms
    cut_offs: Sequence[CutOff]
    open_now: Window | Refusal
    applications: int

    @property
    def is_open(self) -> bool:
        return isinstance(self.open_now, Window)

    @property
    def is_late(self) -> bool:
        return isinstance(self.open_now, Window) and self.open_now.is_late

    @property
    def refusal(self) -> Refusal | None:
        return self.open_now if isinstance(self.open_now, Refusal) else None

    @property
    def closes_there(self) -> datetime | None:
        """Until when one may send now, on the call's own clock."""
        if cut_off := self.cut_off:
            return cut_off.there
        return self.call.late_until_there if self.is_late else None

    @property
    def cut_off(self) -> CutOff | None:
        """The cut-off that is open now."""
        if isinstance(self.open_now, Refusal) or self.open_now.cut_off is None:
            return None
        number = self.open_now.cut_off.number
        return next(one for one in self.cut_offs if one.number == number)

    @property
    def answers_by(self) -> date | None:
        return self.cut_off.answers_by if self.cut_off else None

    @property
    def next_passed(self) -> CutOff | None:
        """The latest cut-off that has passed and is not evaluated yet."""
        open_ones = {one.number for one in self.terms.cut_offs if not one.is_evaluated}
        waiting = [one for one in self.cut_offs if one.has_passed and one.number in open_ones]
        return waiting[-1] if waiting else None


def stage_of(call: Call, now: datetime | None = None) -> Stage:
    return stages([call], now)[0]


def stages(calls: Iterable[Call], now: datetime | None = None) -> list[Stage]:
    """For many calls in three questions."""
    now, listed = now or timezone.now(), list(calls)
    by_call: dict[int, list[CutOff]] = {call.pk: [] for call in listed}
    here = {call.pk: call for call in listed}
    for one in CutOff.objects.filter(call__in=here).order_by("number"):
        one.call = here[one.call_id]
        by_call[one.call_id].append(one)
    counts = _counts(here)
    used = set(
        Application.objects.filter(call__in=here, cut_off__isnull=False)
        .exclude(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
        .values_list("cut_off", flat=True)
        .distinct()
    )
    found = []
    for call in listed:
        terms = _terms(call, by_call[call.pk], counts.get(call.pk, {}), used, now)
        sent = counts.get(call.pk, {}).get("sent", 0)
        found.append(Stage(call, terms, by_call[call.pk], window(terms, now), sent))
    return found


def _counts(calls: Mapping[int, Call]) -> dict[int, dict[str, int]]:
    selected = Q(state=ApplicationState.SELECTED)
    rows = (
        Application.objects.filter(call__in=calls)
        .order_by()
        .values("call")
        .annotate(
            placed=Count("pk", filter=selected & Q(is_late=False)),
            late=Count("pk", filter=selected & Q(is_late=True)),
            sent=Count("pk", filter=Q(submitted_at__isnull=False) & ~Q(state__in=sorted(GONE))),
        )
    )
    return {
        row["call"]: {name: int(row[name]) for name in ("placed", "late", "sent")} for row in rows
    }


def _terms(
    call: Call, cut_offs: Sequence[CutOff], counts: Mapping[str, int], used: set[int], now: datetime
) -> CallTerms:
    return CallTerms(
        state=call.state,
        opens_at=call.opens_at,
        zone=call.zone,
        # Where nobody applied by a cut-off there is nothing to evaluate.
        cut_offs=[
            CutOffTerms(
                one.number,
                one.at,
                one.answer_days,
                one.decided_at is not None or (has_passed(one.at, now) and one.pk not in used),
            )
            for one in cut_offs
        ],
        places_left=call.places - counts.get("placed", 0),
        late_until=call.late_until,
        late_places_left=call.late_places - counts.get("late", 0),
    )


def calls_listed(person: Any) -> QuerySet[Call]:
    """Everything this person may see, the newest first."""
    return calls_visible_to(person).order_by("-opens_at", "-pk")


def published_calls() -> QuerySet[Call]:
    return Call.objects.filter(state=CallState.PUBLISHED).order_by("-opens_at", "-pk")
