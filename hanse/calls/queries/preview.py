"""What a decision would do: the bars before and after, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.calls.access import applications_to_decide
from hanse.calls.models import Application, Call
from hanse.calls.queries.status import told_state
from hanse.calls.rules.cut_offs import has_passed
from hanse.calls.rules.deciding import Case, why_not_all, why_not_without_reason
from hanse.calls.rules.quotas import EACH, Bar, Limit, Traits, bars
from hanse.calls.words import DECIDED, ApplicationState, Outcome, QuotaBy
from hanse.directory.access import administered_by
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import Kind
from hanse.kit.charts import quota
from hanse.kit.refusals import Refusal

S = ApplicationState


@dataclass(frozen=True)
class ShownBar:
    """A bar with its words."""

    name: str
    said: str
    drawing: SafeString
    bar: Bar
    is_over: bool
    is_short: bool
    changes: bool


@dataclass(frozen=True)
class Preview:
    """A decision before it is made."""

    outcome: str
    applications: Sequence[Application]
    bars: Sequence[ShownBar]
    is_late: bool
    # No reason lifts the first, an officer’s reason lifts the second.
    refusal: Refusal | None
    needs_reason: Refusal | None


def bars_now(call: Call) -> list[ShownBar]:
    return shown_bars(call, [], "", is_late=False)


def preview(
    call: Call, numbers: Sequence[int], outcome: str, *, by: Any, says: str, because: str
) -> Preview:
    """What giving this outcome to these would do; the action asks the same before it does it."""
    chosen = chosen_from(call, numbers)
    cases = cases_of(chosen, by)
    is_late = bool(chosen) and chosen[0].is_late
    others = selected_in(call, is_late=is_late)
    ours = {one.pk for one in chosen}
    refusal = why_not_all(
        cases,
        outcome,
        places=call.late_places if is_late else call.places,
        taken_by_others=sum(one.pk not in ours for one in others),
        says=says,
    )
    counted = [] if is_late else _bars(call, chosen, outcome)
    names = [f"{bar_name(bar.limit)}: {said_of(bar)}" for bar in counted]
    return Preview(
        outcome=outcome,
        applications=chosen,
        bars=shown_bars(call, chosen, outcome, is_late=is_late),
        is_late=is_late,
        refusal=refusal,
        needs_reason=why_not_without_reason(cases, outcome, counted, names, because),
    )


def chosen_from(call: Call, numbers: Sequence[int]) -> list[Application]:
    """By their numbers; unknown ones and drafts are no part of it."""
    found = list(
        applications_to_decide(call).filter(number__in=numbers).prefetch_related("decisions")
    )
    for one in found:
        one.call = call
    return found


def cases_of(applications: Sequence[Application], by: Any) -> list[Case]:
    own = set(
        administered_by(by)
        .filter(pk__in=[one.organisation_id for one in applications])
        .values_list("pk", flat=True)
    )
    now = timezone.now()
    return [
        Case(
            name=one.organisation.name,
            state=one.state,
            answer=one.answer,
            is_late=one.is_late,
            was_told=one.state in DECIDED and told_state(one) == one.state,
            cut_off=one.cut_off.number if one.cut_off else 0,
            cut_off_passed=one.cut_off is None or has_passed(one.cut_off.at, now),
            is_own=one.organisation_id in own,
        )
        for one in applications
    ]


def selected_in(call: Call, *, is_late: bool) -> list[Application]:
    return list(call.applications.filter(state=S.SELECTED, is_late=is_late))


def _bars(call: Call, chosen: Sequence[Application], outcome: str) -> list[Bar]:
    limits = [one.limit for one in call.quotas.all()]
    now, then = _before_and_after(call, chosen, outcome, is_late=False)
    return bars(limits, now, then)


def _before_and_after(
    call: Call, chosen: Sequence[Application], outcome: str, *, is_late: bool
) -> tuple[list[Traits], list[Traits]]:
    selected = selected_in(call, is_late=is_late)
    ours = {one.pk for one in chosen}
    then = [one.counted for one in selected if one.pk not in ours]
    if outcome == Outcome.SELECTED:
        then += [one.counted for one in chosen if one.is_late == is_late]
    return [one.counted for one in selected], then


def shown_bars(
    call: Call, chosen: Sequence[Application], outcome: str, *, is_late: bool
) -> list[ShownBar]:
    """Places first, then the quotas; those of late applications are places alone."""
    now, then = _before_and_after(call, chosen, outcome, is_late=is_late)
    places = call.late_places if is_late else call.places
    whole = Bar(Limit("places", "", "most", places), len(now), len(then))
    limits = [] if is_late else [one.limit for one in call.quotas.all()]
    return [_shown(bar) for bar in (whole, *bars(limits, now, then))]


def _shown(bar: Bar) -> ShownBar:
    name, said = bar_name(bar.limit), said_of(bar)
    return ShownBar(
        name=name,
        said=said,
        drawing=quota(bar.limit.number, bar.before, bar.after, label=f"{name}: {said}"),
        bar=bar,
        is_over=bar.is_over,
        is_short=bar.is_short,
        changes=bar.before != bar.after,
    )


def said_of(bar: Bar) -> str:
    facts = {"before": bar.before, "after": bar.after, "number": bar.limit.number}
    if bar.limit.bound == "least":
        if bar.before == bar.after:
            return _("%(after)s, at least %(number)s wanted") % facts
        return _("%(before)s, then %(after)s, at least %(number)s wanted") % facts
    if bar.before == bar.after:
        return _("%(after)s of %(number)s") % facts
    return _("%(before)s, then %(after)s of %(number)s") % facts


def bar_name(limit: Limit) -> str:
    if limit.by == "places":
        return _("Places")
    if limit.by == QuotaBy.NEWCOMER:
        return _("Newcomers")
    if limit.value == EACH:
        return _("each %(what)s") % {"what": QuotaBy(limit.by).label}
    if limit.by == QuotaBy.COUNTRY:
        return word_of("country", limit.value)
    if limit.by == QuotaBy.SECTOR:
        return word_of("sector", limit.value)
    return str(Kind(limit.value).label) if limit.value in Kind.values else limit.value
