"""Drafts of a plan: begun, computed, changed by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.engines.meetings.checking import check
from hanse.engines.meetings.formats.event import digest, event_form, market_of
from hanse.engines.meetings.formats.timetable import plan_form, timetable_of
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.measures import values_of
from hanse.engines.meetings.timetable import Reason, Status, Timetable, Unheld
from hanse.kit.refusals import Refusal, Refused
from hanse.meetings.models import Draft, Marketplace
from hanse.meetings.queries.event_input import market_of as market_of_rows
from hanse.meetings.queries.event_input import pins_of, rows_of
from hanse.meetings.queries.overtaken import overtaken, unwished_in
from hanse.meetings.queries.pairs import pairs_of
from hanse.meetings.queries.standing import locked_pairs, standing_meetings
from hanse.meetings.rules.planning import Standing, Wanted, wanted_of
from hanse.meetings.rules.quality import quality_of
from hanse.meetings.rules.weights import BOTH_MUST
from hanse.meetings.words import REFUSALS_PLANNING, DraftState, Way


def refused(code: str, **facts: object) -> Refused:
    return Refused(Refusal(code, REFUSALS_PLANNING[code], facts))


@transaction.atomic
def begin_draft(
    marketplace: Marketplace,
    wanted: Wanted,
    *,
    by: Any,
    title: str = "",
    follows: Draft | None = None,
    now: datetime | None = None,
) -> Draft:
    """The event as it is now, frozen as the input of a run.

    What was fixed in the draft that it follows stays where that draft has it, unless it does not
    stand any more.
    """
    held = Marketplace.objects.select_for_update(of=("self",)).get(pk=marketplace.pk)
    standing = standing_meetings(held)
    fixed = locked_pairs(standing)
    if follows is not None:
        since = [one for one in standing if one.changed_at > follows.made_at]
        fixed = [*follows.wanted.get("fixed", []), *locked_pairs(since)]
    pins = []
    if follows is not None and follows.plan:
        market = market_of(follows.input)
        gone = {one.parties for one in overtaken(follows, standing, now)}
        fixed = [one for one in fixed if frozenset(one) not in gone]
        pins = [
            one
            for one in pins_of(follows, market, timetable_of(follows.plan).meetings)
            if one.parties not in gone
        ]
    market = event_to_plan(held, wanted, pins, now=now)
    draft = Draft.objects.create(
        marketplace=held,
        number=next_number(held),
        title=title,
        wanted={
            **wanted.told(),
            "fixed": fixed,
            "unwished": unwished_in(market, pairs_of(held)),
        },
        input=event_form(market),
        follows=follows,
        made_by=by,
    )
    record("plan_meetings", draft, by=by, after={"draft": draft.number, **wanted.told()})
    return draft


def event_to_plan(
    marketplace: Marketplace,
    wanted: Wanted,
    pins: Sequence[Standing] = (),
    *,
    tables_needed: bool = True,
    now: datetime | None = None,
) -> Market:
    """The event as it is now; Refused where there is nothing to plan."""
    if marketplace.way == Way.BOOKING:
        raise refused("booked")
    rows = rows_of(marketplace, pins=pins, now=now)
    if not rows.slots:
        raise refused("no_slots")
    if tables_needed and not rows.tables and not all(one.is_online for one in rows.people):
        raise refused("no_tables")
    market = market_of_rows(rows, wanted)
    if not market.meetings:
        raise refused("no_pairs")
    return market


def next_number(marketplace: Marketplace) -> int:
    last = marketplace.drafts.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def keep_plan(draft: Draft, market: Market, plan: Timetable) -> None:
    """What a run found, with the word of the checker about it."""
    verdict = check(market, plan)
    draft.plan = plan_form(market, plan)
    draft.quality = quality_of(market, plan, must=BOTH_MUST)
    draft.faults = [one.told() for one in verdict.faults]
    draft.state = {
        Status.INFEASIBLE: DraftState.INFEASIBLE,
        Status.STOPPED: DraftState.FAILED,
    }.get(plan.status, DraftState.DONE)
    draft.ended_at = timezone.now()
    draft.save(update_fields=["plan", "quality", "faults", "state", "ended_at"])


@transaction.atomic
def ask_to_stop(draft: Draft) -> None:
    """The run ends at its next look, with the best plan that it has."""
    running = Draft.objects.filter(pk=draft.pk, state__in=(DraftState.WAITING, DraftState.RUNNING))
    running.filter(stop_asked_at__isnull=True).update(stop_asked_at=timezone.now())


@transaction.atomic
def fix(draft: Draft, parties: frozenset[int], *, on: bool, by: Any) -> None:
    """A meeting of a draft is fixed: runs that follow leave it where it is; or no longer."""
    held = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    fixed = [one for one in held.wanted.get("fixed", []) if frozenset(one) != parties]
    if on:
        fixed.append(sorted(parties))
    held.wanted = {**held.wanted, "fixed": fixed}
    held.save(update_fields=["wanted"])
    draft.wanted = held.wanted
    record("fix_meeting", held, by=by, after={"parties": sorted(parties), "fixed": on})


def moved(draft: Draft, meeting: int, slot: int | None, table: int | None) -> Timetable:
    """The plan of a draft with one meeting elsewhere, or taken out (slot None).

    Whoever stands in the way goes: meetings of the same people in that slot, and the one at that
    table. Reasons of what is no longer held are not known; values are counted anew.
    """
    market, plan = market_of(draft.input), timetable_of(draft.plan)
    was = next((one for one in plan.meetings if one.meeting == meeting), None)
    if was is None and slot is None:
        raise refused("no_such_meeting")
    placed = list(plan.meetings)
    if slot is not None:
        seated = was.participants if was else market.seatings(meeting)[0]
        new = Placed(meeting, slot, table if market.at_table(seated) else None, seated)
        placed = [one for one in placed if one.meeting != meeting and not _in_the_way(one, new)]
        placed.append(new)
    else:
        placed = [one for one in placed if one.meeting != meeting]
    placed.sort(key=lambda one: one.meeting)
    return with_meetings(market, plan, placed)


def _in_the_way(one: Placed, new: Placed) -> bool:
    if one.slot != new.slot:
        return False
    same_table = one.table is not None and one.table == new.table
    return same_table or bool({*one.participants} & {*new.participants})


def with_meetings(market: Market, plan: Timetable, placed: Sequence[Placed]) -> Timetable:
    """A plan with other meetings: no longer proved the best, its bound on what is held stands."""
    held = {one.meeting for one in placed}
    known = {one.meeting: one for one in plan.unscheduled}
    unscheduled = [
        Unheld(number, Reason.NOT_PROVEN)
        if number not in known or known[number].reason != Reason.NO_COMMON_SLOT
        else known[number]
        for number in range(len(market.meetings))
        if number not in held
    ]
    bound = None if plan.bound is None else replace(plan.bound, breaks=0)
    return replace(
        plan,
        status=Status.FEASIBLE,
        meetings=tuple(placed),
        unscheduled=tuple(unscheduled),
        value=values_of(market, placed),
        bound=bound,
        proved=(),
        clash=None,
        input=digest(market),
    )


@transaction.atomic
def draft_by_hand(
    draft: Draft, plan: Timetable, *, by: Any, parties: Collection[int] = (), title: str = ""
) -> Draft:
    """A new draft that differs from another by what somebody did by hand, with reasons anew.

    `parties`: whose meeting it was done to; without a title it is what the draft is called by.
    A second press finds the draft that the first one made.
    """
    from hanse.engines.meetings.reasons import reasons

    held = Marketplace.objects.select_for_update(of=("self",)).get(pk=draft.marketplace_id)
    before = held.drafts.filter(follows=draft, is_by_hand=True).order_by("-number").first()
    if before is not None and timetable_of(before.plan).meetings == tuple(plan.meetings):
        return before
    market = market_of(draft.input)
    plan = replace(plan, unscheduled=reasons(market, plan.meetings))
    made = Draft(
        marketplace=held,
        number=next_number(held),
        title=title,
        origin={"kind": "by_hand", "parties": sorted(parties)} if parties else {},
        wanted=draft.wanted,
        input=draft.input,
        follows=draft,
        is_by_hand=True,
        made_by=by,
    )
    made.save()
    keep_plan(made, market, plan)
    record("plan_by_hand", made, by=by, after={"draft": made.number, "follows": draft.number})
    return made


def wanted_by_draft(draft: Draft) -> Wanted:
    return wanted_of(draft.wanted)
