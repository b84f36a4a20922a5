"""Repair on the day: options are looked at, one is chosen, only those concerned are told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.engines.meetings.formats.event import digest, event_form
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.repair import (
    Absent,
    SlotDelayed,
    SlotRemoved,
    TableClosed,
    repair,
)
from hanse.meetings.actions.drafts import keep_plan, next_number, refused
from hanse.meetings.actions.publishing import publish
from hanse.meetings.models import (
    Draft,
    Marketplace,
    Meeting,
    MeetingSeat,
    MeetingSlot,
    MeetingTable,
    PublishedPlan,
    Representative,
)
from hanse.meetings.queries.event_input import Rows, market_of, rows_of
from hanse.meetings.queries.meeting_now import places_in
from hanse.meetings.queries.overtaken import unwished_in
from hanse.meetings.queries.pairs import market_pairs
from hanse.meetings.queries.standing import locked_pairs, standing_meetings, standing_of
from hanse.meetings.rules.planning import Wanted
from hanse.meetings.words import STANDING, DraftState


@dataclass(frozen=True)
class Trouble:
    """What happened, by the numbers of rows: all of it from the next slot on.

    `late` are slots that begin so many minutes later; one that then runs into the next is lost.
    """

    absent: Sequence[int] = field(default_factory=tuple)
    tables: Sequence[int] = field(default_factory=tuple)
    slots: Sequence[int] = field(default_factory=tuple)
    late: Sequence[tuple[int, int]] = field(default_factory=tuple)

    def __bool__(self) -> bool:
        return bool(self.absent or self.tables or self.slots or self.late)


@dataclass(frozen=True)
class Repair:
    """The options for some trouble; `mark` tells them from those for another plan."""

    rows: Rows
    market: Market
    options: Sequence[Any]
    next: int
    mark: str


def options_for(
    marketplace: Marketplace, trouble: Trouble, *, now: datetime | None = None
) -> Repair:
    """Up to three ways to go on, from what people have now."""

    rows = rows_of(marketplace, now=now, locked=False)
    market = market_of(rows, Wanted())
    first = next(
        (number for number, one in enumerate(rows.slots) if one.starts_at > rows.now),
        len(rows.slots),
    )
    changes: list[Any] = [
        *(Absent(rows.numbers[one], first) for one in trouble.absent if one in rows.numbers),
        *(
            TableClosed(rows.table_numbers[one], first)
            for one in trouble.tables
            if one in rows.table_numbers
        ),
        *(
            SlotRemoved(rows.slot_numbers[one])
            for one in trouble.slots
            if rows.slot_numbers.get(one, -1) >= first
        ),
        *(
            SlotDelayed(rows.slot_numbers[one], minutes)
            for one, minutes in trouble.late
            if rows.slot_numbers.get(one, -1) >= first
        ),
    ]
    after, options = repair(market, market.published, changes, first)
    told = [digest(after), *(str(one.plan) for one in options)]
    mark = hashlib.sha256("".join(told).encode()).hexdigest()[:16]
    return Repair(rows, after, options, first, mark)


@transaction.atomic
def choose(
    marketplace: Marketplace,
    trouble: Trouble,
    name: str,
    *,
    mark: str,
    by: Any,
    now: datetime | None = None,
) -> PublishedPlan:
    """Write the trouble down and publish an option; refused where the plan moved on meanwhile."""
    from hanse.engines.meetings.plan import repaired

    now = now or timezone.now()
    held = Marketplace.objects.select_for_update(of=("self",)).get(pk=marketplace.pk)
    held.event = marketplace.event
    found = options_for(held, trouble, now=now)
    option = next((one for one in found.options if one.name == name), None)
    if option is None or found.mark != mark:
        raise refused("moved_on")
    _write_down(found, trouble, now)
    draft = Draft.objects.create(
        marketplace=held,
        number=next_number(held),
        origin={
            "kind": "repair",
            "lost": len(option.lost),
            "gained": len(option.gained),
            "moved": len(option.moved),
        },
        wanted={
            **Wanted().told(),
            "fixed": locked_pairs(found.rows.standing),
            "unwished": unwished_in(found.market, found.rows.pairs),
        },
        input=event_form(found.market),
        is_by_hand=True,
        state=DraftState.RUNNING,
        made_by=by,
    )
    keep_plan(draft, found.market, repaired(found.market, option))
    record(
        "repair_plan",
        draft,
        by=by,
        after={
            "absent": list(trouble.absent),
            "tables": list(trouble.tables),
            "slots": list(trouble.slots),
            "late": [list(one) for one in trouble.late],
            "option": name,
        },
    )
    late = Meeting.objects.filter(slot__in=[one for one, _minutes in trouble.late])
    standing = late.filter(marketplace=held, state__in=STANDING)
    standing.update(revision=F("revision") + 1, changed_at=now)
    also = set(MeetingSeat.objects.filter(meeting__in=standing).values_list("party", flat=True))
    return publish(draft, expects=held.published_number, also=also, by=by, now=now)


def _write_down(found: Repair, trouble: Trouble, now: datetime) -> None:
    ahead = list(found.rows.slots[found.next :])
    if ahead:
        Representative.objects.filter(
            pk__in=trouble.absent, party__marketplace=found.rows.marketplace
        ).update(absent_from=ahead[0])
    for table in MeetingTable.objects.filter(
        pk__in=trouble.tables, marketplace=found.rows.marketplace
    ):
        table.closed.add(*ahead)
    MeetingSlot.objects.filter(
        pk__in=[one for one in trouble.slots if one in {slot.pk for slot in ahead}]
    ).update(removed_at=now)
    for slot, minutes in trouble.late:
        _delay(found, slot, timedelta(minutes=minutes), now)


def _delay(found: Repair, slot: int, later: timedelta, now: datetime) -> None:
    """Where the engine found that it runs into the next one, it is lost."""
    number = found.rows.slot_numbers.get(slot, -1)
    if number < found.next:
        return
    row, after = found.rows.slots[number], found.market.slots[number]
    if not (after.onsite or after.online):
        row.removed_at = now
    else:
        row.starts_at, row.ends_at = row.starts_at + later, row.ends_at + later
    row.save(update_fields=["removed_at", "starts_at", "ends_at"])


@transaction.atomic
def meet_now(
    marketplace: Marketplace, parties: tuple[int, int], slot: MeetingSlot, *, by: Any
) -> Meeting:
    """Two who are free and would like to, at the desk's word: a place that no rule is against.

    It stays where it is whatever is planned or repaired later.
    """
    held = Marketplace.objects.select_for_update(of=("self",)).get(pk=marketplace.pk)
    held.event = marketplace.event
    if slot.starts_at <= timezone.now() or slot.removed_at:
        raise refused("has_begun", count=1)
    pair = (min(parties), max(parties))
    known = market_pairs(held)
    wished = {(one.first, one.second) for one in (*known.planned, *known.waiting)}
    met = {standing_of(one).parties for one in standing_meetings(held)}
    place = places_in(held, slot, [pair]).get(pair) if pair in wished else None
    if place is None or frozenset(pair) in met:
        raise refused("not_free")
    made = Meeting.objects.create(marketplace=held, slot=slot, table_id=place.table, is_locked=True)
    MeetingSeat.objects.bulk_create(
        MeetingSeat(meeting=made, party_id=party, representative_id=who, slot=slot)
        for party, who in place.representatives.items()
    )
    record("meet_now", made, by=by, after={"parties": list(pair)})
    return made


@transaction.atomic
def expect_again(marketplace: Marketplace, numbers: Sequence[int], *, by: Any) -> int:
    """Somebody who was missing came after all: repairs count on them from now on."""
    back = Representative.objects.filter(
        pk__in=numbers, party__marketplace=marketplace, absent_from__isnull=False
    )
    found = list(back)
    for one in found:
        record("expect_again", one, by=by)
    back.update(absent_from=None)
    return len(found)
