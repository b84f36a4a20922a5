"""The day itself: who is missing, what runs, who could meet now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from hanse.events.models import Scan
from hanse.kit.folding import fold
from hanse.meetings.models import (
    Marketplace,
    MeetingSeat,
    MeetingSlot,
    MeetingTable,
    Party,
    Representative,
)
from hanse.meetings.queries.meeting_now import places_in
from hanse.meetings.queries.pairs import Pair, market_pairs
from hanse.meetings.queries.standing import standing_meetings, standing_of
from hanse.meetings.words import MeetingState

SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Missing:
    """Somebody with meetings ahead who was not let in yet."""

    representative: Representative
    ahead: int
    next_at: datetime
    is_in: bool


@dataclass(frozen=True)
class CouldMeet:
    """Two parties that want to meet, idle in the same slot, while a table is free."""

    first: str
    second: str
    pair: Pair
    slot: MeetingSlot


@dataclass(frozen=True)
class Today:
    """What stands at a moment."""

    now: datetime
    running: MeetingSlot | None
    next: MeetingSlot | None
    at_tables: int
    # Not let in yet and expected in the running or the next slot; later; those who are in.
    missing: Sequence[Missing]
    later: Sequence[Missing]
    others: Sequence[Missing]
    # Whom the organisers do not expect any more.
    absent: Sequence[Representative]
    ahead: Sequence[MeetingSlot]
    tables: Sequence[tuple[MeetingTable, bool]]
    # The next slot is that of today, so that two who stand at the desk can be sent to a table.
    is_soon: bool
    could_meet: Sequence[CouldMeet]


def today_of(marketplace: Marketplace, now: datetime | None = None) -> Today:
    now = now or timezone.now()
    slots = list(marketplace.slots.all())
    there = [one for one in slots if one.removed_at is None]
    running = next((one for one in there if one.starts_at <= now < one.ends_at), None)
    ahead = [one for one in there if one.starts_at > now]
    is_soon = bool(ahead) and ahead[0].starts_at - now < SOON
    people = _with_meetings_ahead(marketplace, now)
    tables = list(marketplace.tables.prefetch_related("closed"))
    later = {one.pk for one in ahead}
    soon = ahead[0].starts_at if ahead else now
    return Today(
        now=now,
        running=running,
        next=ahead[0] if ahead else None,
        at_tables=sum(one.slot_id == running.pk for one in standing_meetings(marketplace))
        if running
        else 0,
        missing=[one for one in people if not one.is_in and one.next_at <= soon],
        later=[one for one in people if not one.is_in and one.next_at > soon],
        others=[one for one in people if one.is_in],
        absent=sorted(
            Representative.objects.filter(
                party__marketplace=marketplace, absent_from__isnull=False
            ).select_related("party", "registration"),
            key=lambda one: (fold(one.party.name), one.pk),
        ),
        ahead=ahead,
        tables=[
            (one, bool(later) and later <= {slot.pk for slot in one.closed.all()}) for one in tables
        ],
        is_soon=is_soon,
        could_meet=could_meet(marketplace, ahead[0]) if is_soon else [],
    )


def _with_meetings_ahead(marketplace: Marketplace, now: datetime) -> list[Missing]:
    came = Scan.objects.filter(
        registration=OuterRef("registration"), verdict="in", session__isnull=True
    )
    people = {
        one.pk: one
        for one in Representative.objects.filter(
            party__marketplace=marketplace, absent_from__isnull=True
        )
        .select_related("party", "registration")
        .annotate(is_in=Exists(came))
    }
    ahead: dict[int, list[datetime]] = {}
    seats = MeetingSeat.objects.filter(
        meeting__marketplace=marketplace,
        meeting__state=MeetingState.PLANNED,
        slot__ends_at__gt=now,
        representative__in=people,
    ).values_list("representative", "slot__starts_at")
    for who, starts in seats:
        ahead.setdefault(who or 0, []).append(starts)
    found = [
        Missing(people[who], len(starts), min(starts), people[who].is_in)  # type: ignore[attr-defined]
        for who, starts in ahead.items()
    ]
    return sorted(found, key=lambda one: (one.next_at, fold(one.representative.party.name)))


def could_meet(marketplace: Marketplace, slot: MeetingSlot, most: int = 12) -> list[CouldMeet]:
    """Free in that slot, and at least one of them would like to: the heaviest wishes first."""
    met = {standing_of(one).parties for one in standing_meetings(marketplace)}
    pairs = market_pairs(marketplace)
    wished = [
        one
        for one in sorted(
            (*pairs.planned, *pairs.waiting), key=lambda one: (-one.weight, one.first, one.second)
        )
        if frozenset((one.first, one.second)) not in met
    ]
    free = places_in(marketplace, slot, [(one.first, one.second) for one in wished])
    there = [one for one in wished if (one.first, one.second) in free][:most]
    names = Party.objects.filter(marketplace=marketplace).in_bulk()
    return [CouldMeet(names[one.first].name, names[one.second].name, one, slot) for one in there]
