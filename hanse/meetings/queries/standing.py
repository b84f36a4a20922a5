"""Meetings as people have them now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from hanse.meetings.models import Draft, Marketplace, Meeting, MeetingSeat
from hanse.meetings.rules.planning import Standing
from hanse.meetings.words import STANDING

Places = dict[frozenset[int], tuple[int, int | None]]


def standing_meetings(marketplace: Marketplace, among: Collection[int] = ()) -> list[Meeting]:
    """Meetings that have their slot, with who sits in them; `among`: those of these parties."""
    found = marketplace.meetings.filter(state__in=STANDING)
    if among:
        found = found.filter(pk__in=MeetingSeat.objects.filter(party__in=among).values("meeting"))
    return list(
        found.select_related("slot", "table")
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


def names_what_is_gone(marketplace: Marketplace, planned: Iterable[Standing]) -> bool:
    """Whether a plan wants a slot, a table or a party that is there no more."""
    slots = set(marketplace.slots.filter(removed_at=None).values_list("pk", flat=True))
    slots |= set(marketplace.meetings.filter(state__in=STANDING).values_list("slot", flat=True))
    tables = {None, *marketplace.tables.values_list("pk", flat=True)}
    there = marketplace.parties.filter(left_at__isnull=True)
    parties = set(there.values_list("pk", flat=True))
    return not all(
        one.slot in slots and one.table in tables and one.parties <= parties for one in planned
    )


def places_of_version(marketplace: Marketplace, number: int) -> Places:
    """Slot and table by parties, as a version was published; empty where there is none."""
    found = marketplace.published.filter(number=number).first()
    rows = found.content if found else []
    return {frozenset(one["parties"]): (one["slot"], one["table"]) for one in rows}


def locked_pairs(standing: Iterable[Meeting]) -> list[list[int]]:
    """The parties of meetings that the organisers fixed, as a draft keeps them."""
    return [sorted(standing_of(one).parties) for one in standing if one.is_locked]


def called_off_since(draft: Draft, standing: Iterable[Meeting]) -> set[frozenset[int]]:
    """Whose meeting somebody called off since the event was read that a draft plans, and who have
    none again. What a plan dropped is not among them: a former plan may bring it back."""
    gone = Meeting.objects.filter(
        marketplace=draft.marketplace_id, called_off_at__gt=read_at(draft)
    ).prefetch_related("seats")
    met = {standing_of(one).parties for one in standing}
    return {standing_of(one).parties for one in gone} - met


def read_at(draft: Draft) -> datetime:
    """When the event was read: a change by hand is made to the event of the draft before it."""
    while draft.is_by_hand and draft.follows is not None:
        draft = draft.follows
    return draft.made_at


def begun(meetings: Sequence[Meeting], now: datetime) -> list[Meeting]:
    """What runs or is over: nothing moves it any more."""
    return [one for one in meetings if one.slot.starts_at <= now]
