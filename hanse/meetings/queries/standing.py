"""Meetings as people have them now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hanse.meetings.models import Marketplace, Meeting
from hanse.meetings.rules.planning import Standing
from hanse.meetings.words import STANDING


def standing_meetings(marketplace: Marketplace) -> list[Meeting]:
    """Meetings that have their slot, with who sits in them."""
    return list(
        marketplace.meetings.filter(state__in=STANDING)
        .select_related("slot", "table")
        .prefetch_related("seats")
        .order_by("slot__starts_at", "table__number", "pk")
    )


def standing_of(meeting: Meeting) -> Standing:
    seats = list(meeting.seats.all())
    return Standing(
        parties=frozenset(seat.party_id for seat in seats),
        slot=meeting.slot_id,
        table=meeting.table_id,
        representatives=frozenset(
            seat.representative_id for seat in seats if seat.representative_id is not None
        ),
    )


def begun(meetings: Sequence[Meeting], now: datetime) -> list[Meeting]:
    """What runs or is over: nothing moves it any more."""
    return [one for one in meetings if one.slot.starts_at <= now]
