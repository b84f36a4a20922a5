"""A draft becomes what people have: numbered, with only those told for whom something changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.kit.announce import announce
from hanse.meetings.actions.drafts import refused
from hanse.meetings.models import (
    Draft,
    Marketplace,
    Meeting,
    MeetingSeat,
    PublishedPlan,
    Representative,
)
from hanse.meetings.queries.event_input import plan_as_rows
from hanse.meetings.queries.findings import faults_of
from hanse.meetings.queries.overtaken import overtaken
from hanse.meetings.queries.standing import (
    begun,
    names_what_is_gone,
    standing_meetings,
    standing_of,
)
from hanse.meetings.rules.planning import Changes, Standing, changes_between
from hanse.meetings.words import DraftState, MeetingState


@dataclass(frozen=True)
class PlanPublished:
    """People have another plan; `concerned` are those for whom something changed."""

    plan: PublishedPlan
    concerned: Sequence[Representative]
    is_first: bool


@transaction.atomic
def publish(
    draft: Draft,
    *,
    expects: int,
    by: Any,
    note: str = "",
    also: Collection[int] = (),
    now: datetime | None = None,
) -> PublishedPlan:
    """Give a draft to everybody; refused where it breaks a rule or moves what has begun.

    What does not stand any more by what was said since the draft was made is left out, and noted
    with its reason (`queries/overtaken.py`).

    `also` are parties that are told though their meetings stay: an hour changed, say.

    `expects` is the number of the plan that whoever presses saw: two who publish do not overwrite
    each other unseen. Whoever presses twice finds the version that the first press made.
    """
    now = now or timezone.now()
    held = Marketplace.objects.select_for_update(of=("self",)).get(pk=draft.marketplace_id)
    if draft.state == DraftState.INFEASIBLE:
        raise refused("draft_not_possible", number=draft.number)
    if draft.state != DraftState.DONE:
        raise refused("draft_not_done", number=draft.number)
    if draft.faults:
        raise refused("draft_has_faults", number=draft.number, fault=faults_of(draft)[0])
    if held.published_number != expects:
        if served := _served_by(held, draft, expects, by):
            return served
        raise refused("published_meanwhile", number=held.published_number)
    market = market_of(draft.input)
    standing = standing_meetings(held)
    left = overtaken(draft, standing, now)
    gone = {one.parties for one in left}
    rows = plan_as_rows(market, timetable_of(draft.plan).meetings)
    planned = [one for one in rows if one.parties not in gone]
    planned = _with_what_is_given(draft, standing, planned, now)
    given = {standing_of(one).parties for one in begun(standing, now)}
    ahead = [one for one in standing if standing_of(one).parties not in given]
    coming = [one for one in planned if one.parties not in given]
    if names_what_is_gone(held, coming):
        raise refused("gone")
    changes = changes_between(map(standing_of, ahead), coming)
    fixed = {frozenset(one) for one in draft.wanted.get("fixed", [])}
    _write(held, ahead, coming, changes, fixed, now)
    held.published_number += 1
    held.save(update_fields=["published_number"])
    made = PublishedPlan.objects.create(
        marketplace=held,
        number=held.published_number,
        draft=draft,
        note=note,
        content=[
            {
                "parties": sorted(one.parties),
                "slot": one.slot,
                "table": one.table,
                "representatives": sorted(one.representatives),
            }
            for one in sorted(planned, key=lambda one: (one.slot, one.table or 0, min(one.parties)))
        ],
        left_out=[one.told() for one in left],
        by=by,
        at=now,
    )
    told = _representatives_of(changes.concerned | set(also))
    record(
        "publish_plan",
        made,
        by=by,
        after={"number": made.number, "meetings": len(planned), "told": len(told)}
        | ({"left_out": len(left)} if left else {}),
        reason=note,
    )
    announce(PlanPublished(made, told, is_first=made.number == 1))
    return made


def _served_by(held: Marketplace, draft: Draft, expects: int, by: Any) -> PublishedPlan | None:
    """The version that people have, where the same person published this very draft a moment ago
    from the same page."""
    if held.published_number != expects + 1 or by is None:
        return None
    return held.published.filter(number=held.published_number, draft=draft, by=by).first()


def _with_what_is_given(
    draft: Draft, standing: Sequence[Meeting], planned: Iterable[Standing], now: datetime
) -> list[Standing]:
    """The plan with what began as it is, and with what the organisers arranged since it was made.

    Refused where it has one that began elsewhere, puts a meeting into a slot that began, or needs
    the people or the table of one that was arranged.
    """
    over = {standing_of(one).parties: standing_of(one) for one in begun(standing, now)}
    places = {one.parties: one for one in planned}
    begun_slots = draft.marketplace.slots.filter(starts_at__lte=now)
    past = set(begun_slots.values_list("pk", flat=True))
    late = {
        pair
        for pair, one in places.items()
        if (one.slot != over[pair].slot if pair in over else one.slot in past)
    }
    if late:
        raise refused("has_begun", count=len(late))
    coming = [one for pair, one in places.items() if pair not in over]
    since = [
        standing_of(one) for one in standing if one.is_locked and one.changed_at > draft.made_at
    ]
    arranged = [one for one in since if one.parties not in places and one.parties not in over]
    if any(_in_the_way(one, other) for one in coming for other in arranged):
        raise refused("arranged")
    return [*coming, *over.values(), *arranged]


def _in_the_way(one: Standing, other: Standing) -> bool:
    same_table = one.table is not None and one.table == other.table
    return one.slot == other.slot and (
        same_table or bool(one.representatives & other.representatives)
    )


def _write(
    marketplace: Marketplace,
    standing: Sequence[Meeting],
    planned: Sequence[Standing],
    changes: Changes,
    fixed: set[frozenset[int]],
    now: datetime,
) -> None:
    """First everything that goes gives its slot back, then what comes takes it."""
    by_parties = {standing_of(one).parties: one for one in standing}
    leaves = [by_parties[one] for one in (*changes.moved, *changes.dropped)]
    Meeting.objects.filter(pk__in=[one.pk for one in leaves]).update(
        state=MeetingState.CALLED_OFF, changed_at=now
    )
    MeetingSeat.objects.filter(meeting__in=leaves).update(slot=None)
    will = {one.parties: one for one in planned}
    party_of = dict(
        Representative.objects.filter(party__marketplace=marketplace).values_list("pk", "party")
    )
    arrivals = []
    for parties in changes.moved:
        one, to = by_parties[parties], will[parties]
        one.slot_id, one.table_id, one.state = to.slot, to.table, MeetingState.PLANNED
        one.revision, one.changed_at = one.revision + 1, now
        arrivals.append(one)
    Meeting.objects.bulk_update(
        arrivals, ["slot", "table", "state", "revision", "changed_at"], batch_size=200
    )
    MeetingSeat.objects.filter(meeting__in=arrivals).delete()
    new = [
        Meeting(marketplace=marketplace, slot_id=to.slot, table_id=to.table, changed_at=now)
        for to in map(will.__getitem__, changes.added)
    ]
    Meeting.objects.bulk_create(new, batch_size=200)
    seats = []
    for one, parties in zip((*arrivals, *new), (*changes.moved, *changes.added), strict=True):
        to = will[parties]
        seated = {party_of[who]: who for who in to.representatives if who in party_of}
        if len(seated) < len(parties):
            raise refused("gone")
        seats += [
            MeetingSeat(meeting=one, party_id=party, representative_id=who, slot_id=to.slot)
            for party, who in sorted(seated.items())
        ]
    MeetingSeat.objects.bulk_create(seats, batch_size=200)
    everything = {**by_parties, **dict(zip(changes.added, new, strict=True))}
    for parties, one in everything.items():
        if one.is_locked != (parties in fixed) and parties in will:
            Meeting.objects.filter(pk=one.pk).update(is_locked=parties in fixed)


def _representatives_of(parties: Iterable[int]) -> list[Representative]:
    return list(
        Representative.objects.filter(party__in=parties, party__left_at__isnull=True)
        .select_related("party", "registration__event__series")
        .order_by("pk")
    )
