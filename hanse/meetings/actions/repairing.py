"""Repair on the day: options are looked at, one is chosen, only those concerned are told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.commons.audit.actions import record
from hanse.engines.meetings.formats.event import digest, event_form
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.repair import Absent, SlotRemoved, TableClosed, repair
from hanse.engines.meetings.timetable import Status, Timetable
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
from hanse.meetings.rules.planning import Wanted
from hanse.meetings.words import DraftState


@dataclass(frozen=True)
class Trouble:
    """What happened, by the numbers of rows: all of it from the next slot on."""

    absent: Sequence[int] = field(default_factory=tuple)
    tables: Sequence[int] = field(default_factory=tuple)
    slots: Sequence[int] = field(default_factory=tuple)

    def __bool__(self) -> bool:
        return bool(self.absent or self.tables or self.slots)


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
    from hanse.engines.meetings.bound import bound
    from hanse.engines.meetings.reasons import reasons

    now = now or timezone.now()
    held = Marketplace.objects.select_for_update(of=("self",)).get(pk=marketplace.pk)
    held.event = marketplace.event
    found = options_for(held, trouble, now=now)
    option = next((one for one in found.options if one.name == name), None)
    if option is None or found.mark != mark:
        raise refused("published_meanwhile", number=held.published_number)
    _write_down(found, trouble, now)
    plan = Timetable(
        status=Status.FEASIBLE,
        meetings=option.plan,
        unscheduled=reasons(found.market, option.plan),
        value=option.values,
        bound=bound(found.market, option.plan),
        input=digest(found.market),
    )
    draft = Draft.objects.create(
        marketplace=held,
        number=next_number(held),
        title=_("Repair: %(lost)s lost, %(gained)s gained, %(moved)s moved")
        % {"lost": len(option.lost), "gained": len(option.gained), "moved": len(option.moved)},
        wanted=Wanted().told(),
        input=event_form(found.market),
        is_by_hand=True,
        state=DraftState.RUNNING,
        made_by=by,
    )
    keep_plan(draft, found.market, plan)
    record(
        "repair_plan",
        draft,
        by=by,
        after={
            "absent": list(trouble.absent),
            "tables": list(trouble.tables),
            "slots": list(trouble.slots),
            "option": name,
        },
    )
    return publish(draft, expects=held.published_number, by=by, now=now)


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


@transaction.atomic
def meet_now(
    marketplace: Marketplace, parties: tuple[int, int], slot: MeetingSlot, *, by: Any
) -> Meeting:
    """Two who are free and would like to: at a free table in the next slot, at the desk's word."""
    Marketplace.objects.select_for_update(of=("self",)).get(pk=marketplace.pk)
    if slot.starts_at <= timezone.now() or slot.removed_at:
        raise refused("has_begun", count=1)
    taken = Meeting.objects.filter(slot=slot, table__isnull=False, seats__slot=slot)
    table = marketplace.tables.exclude(pk__in=taken.values("table")).exclude(closed=slot).first()
    seated = []
    for party in parties:
        free = (
            Representative.objects.filter(
                party=party, party__marketplace=marketplace, absent_from__isnull=True
            )
            .exclude(seats__slot=slot)
            .exclude(away=slot)
            .first()
        )
        if free is not None:
            seated.append(free)
    if len(seated) < len(parties) or (table is None and not all(one.is_online for one in seated)):
        raise refused("not_free")
    made = Meeting.objects.create(marketplace=marketplace, slot=slot, table=table)
    MeetingSeat.objects.bulk_create(
        MeetingSeat(meeting=made, party_id=one.party_id, representative=one, slot=slot)
        for one in seated
    )
    record("meet_now", made, by=by, after={"parties": list(parties)})
    return made
