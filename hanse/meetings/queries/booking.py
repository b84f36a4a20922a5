"""Where participants book themselves: which slots are free for two parties, and what they have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hanse.engines.meetings.seating import Board, Seat
from hanse.events.words import RegistrationState
from hanse.meetings.models import (
    Marketplace,
    Meeting,
    MeetingSeat,
    MeetingSlot,
    MeetingTable,
    PairRule,
    Party,
    Representative,
    SlotRequest,
    Wish,
)
from hanse.meetings.queries.event_input import Rows, rows_of
from hanse.meetings.queries.meeting_now import board_now
from hanse.meetings.words import STANDING, MeetingState, RequestState, Ruling, Strength


@dataclass(frozen=True)
class Free:
    """A slot in which two parties can meet: who sits down, and where; no table: online."""

    slot: MeetingSlot
    one: Representative
    other: Representative
    table: MeetingTable | None


@dataclass(frozen=True)
class Found:
    """Free slots; `full` are those in which both could, and no table is left."""

    free: Sequence[Free]
    full: frozenset[int]

    def at(self, slot: MeetingSlot) -> Free | None:
        return next((one for one in self.free if one.slot.pk == slot.pk), None)


def shown_requests() -> QuerySet[SlotRequest]:
    """Without those by parties to whom the asked said “no thanks”: nobody answers these."""
    no = Wish.objects.filter(
        wisher=OuterRef("asked"), wished=OuterRef("asker"), strength=Strength.NO
    )
    return SlotRequest.objects.filter(~Exists(no))


def open_requests(now: datetime) -> Q:
    return Q(state=RequestState.WAITING, expires_at__gt=now)


def free_slots(
    market: Marketplace,
    one: Party,
    other: Party,
    now: datetime | None = None,
    *,
    but: SlotRequest | None = None,
) -> Found:
    """The slots to come that are free for both, by the rules that the planner plans by: own talks,
    limits, ways and tables as in `event_input`. `but`: a request that holds nothing, since it is
    being answered. The number of queries is the same, whatever the size."""
    now = now or timezone.now()
    if is_forbidden(one, other):
        return Found((), frozenset())
    rows = rows_of(market, now=now, locked=False, among=(one.pk, other.pk))
    sides = [_people_of(rows, party) for party in (one, other)]
    if not all(sides):
        return Found((), frozenset())
    board, (meeting,) = board_now(rows, [sides])
    _leave_to_others(rows, board, (one, other))
    held = [_held(party, now, but) for party in (one, other)]
    could: defaultdict[int, list[Seat]] = defaultdict(list)
    for seat in board.places(meeting):
        if board.blockers(meeting, seat) == ():
            could[seat.slot].append(seat)
    free: list[Free] = []
    full: set[int] = set()
    for number, seats in sorted(could.items()):
        slot = rows.slots[number]
        left = _without_held(seats, [counted[slot.pk] for counted in held])
        at_tables = (board.with_table(meeting, seat) for seat in left)
        seated = next((seat for seat in at_tables if seat is not None), None)
        if seated is not None:
            free.append(_free(rows, seated))
        elif left and not board.free[number]:
            full.add(slot.pk)
    return Found(free, frozenset(full))


def meeting_between(one: Party, other: Party) -> Meeting | None:
    """The meeting that two have with each other."""
    found = Meeting.objects.filter(state__in=STANDING, seats__party=one)
    both = found.filter(pk__in=other.seats.values("meeting"))
    return both.select_related("slot", "table__place").order_by("slot__starts_at").first()


def is_forbidden(one: Party, other: Party) -> bool:
    """Whether the organisers want no meeting of these two."""
    first, second = sorted((one.pk, other.pk))
    return PairRule.objects.filter(first=first, second=second, ruling=Ruling.FORBID).exists()


def _people_of(rows: Rows, party: Party) -> list[int]:
    """The engine's numbers of those who have a seat at the event."""
    return [
        number
        for number in rows.by_party.get(party.pk, ())
        if rows.people[number].registration.state == RegistrationState.CONFIRMED
    ]


def _leave_to_others(rows: Rows, board: Board, parties: Iterable[Party]) -> None:
    """Tables at which others meet; and whoever hosts at a table finds it free."""
    meetings = Meeting.objects.filter(marketplace=rows.marketplace, state__in=STANDING)
    for slot, table in meetings.filter(table__isnull=False).values_list("slot", "table"):
        if slot in rows.slot_numbers:
            board.free[rows.slot_numbers[slot]].discard(rows.table_numbers[table])
    hosts = Party.objects.filter(
        marketplace=rows.marketplace, left_at__isnull=True, table__isnull=False
    ).exclude(table__in=[one.table_id for one in parties if one.table_id])
    for table in hosts.values_list("table", flat=True):
        for free in board.free:
            free.discard(rows.table_numbers[table])


def _held(party: Party, now: datetime, but: SlotRequest | None) -> Counter[int]:
    """How many requests wait for a party, by slot: each holds one of its people."""
    asks = SlotRequest.objects.filter(open_requests(now), asker=party)
    asked = shown_requests().filter(open_requests(now), asked=party)
    return Counter(one.slot_id for one in [*asks, *asked] if but is None or one.pk != but.pk)


def _without_held(seats: Sequence[Seat], held: Sequence[int]) -> list[Seat]:
    """Seats of a slot with those whom no waiting request holds: each holds the first who can."""
    left = list(seats)
    for side, count in enumerate(held):
        able = sorted({seat.people[side] for seat in seats})[count:]
        left = [seat for seat in left if seat.people[side] in able]
    return left


def _free(rows: Rows, seat: Seat) -> Free:
    one, other = (rows.people[number] for number in seat.people)
    table = None if seat.table is None else rows.tables[seat.table]
    return Free(rows.slots[seat.slot], one, other, table)


# What a party has --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Booked:
    """A meeting as one side reads it."""

    meeting: Meeting
    others: Sequence[MeetingSeat]
    own: MeetingSeat
    is_to_come: bool


@dataclass(frozen=True)
class Bookings:
    meetings: Sequence[Booked]
    to_answer: Sequence[SlotRequest]
    asked: Sequence[SlotRequest]


def bookings_of(own: Party, now: datetime | None = None) -> Bookings:
    now = now or timezone.now()
    meetings = (
        Meeting.objects.filter(seats__party=own)
        .exclude(state=MeetingState.CALLED_OFF)
        .select_related("slot", "table__place")
        .prefetch_related("seats__party", "seats__representative__registration")
        .order_by("slot__starts_at", "pk")
    )
    rows = []
    for one in meetings:
        seats = list(one.seats.all())
        mine = next(seat for seat in seats if seat.party_id == own.pk)
        is_to_come = one.state == MeetingState.PLANNED and one.slot.starts_at > now
        rows.append(Booked(one, [seat for seat in seats if seat is not mine], mine, is_to_come))
    waiting = shown_requests().filter(open_requests(now), asked=own, asker__left_at__isnull=True)
    asked = SlotRequest.objects.filter(asker=own).select_related("asked", "slot")
    return Bookings(
        rows,
        list(waiting.select_related("asker", "slot").order_by("slot__starts_at")),
        [one for one in asked if one.state != RequestState.ACCEPTED],
    )


def state_now(request: SlotRequest, now: datetime | None = None) -> RequestState:
    """A request that nobody answered in time has expired, whether a round came by or not."""
    if request.state == RequestState.WAITING and request.expires_at <= (now or timezone.now()):
        return RequestState.EXPIRED
    return RequestState(request.state)
