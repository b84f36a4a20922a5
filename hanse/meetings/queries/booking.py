"""Where participants book themselves: which slots are free for two parties, and what they have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hanse.events.words import RegistrationState
from hanse.meetings.models import (
    Marketplace,
    Meeting,
    MeetingSeat,
    MeetingSlot,
    MeetingTable,
    Party,
    Representative,
    SlotRequest,
    Wish,
)
from hanse.meetings.words import STANDING, MeetingState, RequestState, Strength


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
    """The slots to come that are free for both; `but`: a request that holds nothing, since it is
    being answered. A handful of queries, whatever the size."""
    now = now or timezone.now()
    slots = list(market.slots.filter(removed_at=None, starts_at__gt=now))
    sides = [_Side(party, slots, now, but) for party in (one, other)]
    tables = _tables_left(market, slots, (one, other))
    free: list[Free] = []
    full: set[int] = set()
    for slot in slots:
        first, second = (side.sits(slot) for side in sides)
        if first is None or second is None:
            continue
        if (first.is_online or second.is_online) and not slot.online:
            continue
        if first.is_online and second.is_online:
            free.append(Free(slot, first, second, None))
        elif slot.onsite:
            if left := tables[slot.pk]:
                free.append(Free(slot, first, second, left[0]))
            else:
                full.add(slot.pk)
    return Found(free, frozenset(full))


class _Side:
    """When the people of a party can."""

    def __init__(
        self, party: Party, slots: Sequence[MeetingSlot], now: datetime, but: SlotRequest | None
    ) -> None:
        self.people = list(
            party.representatives.filter(registration__state=RegistrationState.CONFIRMED)
            .select_related("absent_from")
            .prefetch_related("away")
        )
        self.session_of = {one.pk: one.session for one in slots}
        seats = MeetingSeat.objects.filter(
            representative__in=self.people, slot__isnull=False
        ).values_list("representative", "slot", "slot__session")
        self.taken: set[tuple[int, int]] = set()
        self.in_session: Counter[tuple[int, int]] = Counter()
        for person, slot, session in seats:
            if person is not None and slot is not None:
                self.taken.add((person, slot))
                self.in_session[person, session or 0] += 1
        asks = SlotRequest.objects.filter(open_requests(now), asker=party)
        asked = shown_requests().filter(open_requests(now), asked=party)
        self.held = Counter(
            one.slot_id for one in [*asks, *asked] if but is None or one.pk != but.pk
        )
        self.most = party.marketplace.most_meetings

    def sits(self, slot: MeetingSlot) -> Representative | None:
        """Somebody who can; silent requests hold as many of them as there are requests."""
        able = [one for one in self.people if self._can(one, slot)]
        held = self.held[slot.pk]
        return able[held] if held < len(able) else None

    def _can(self, one: Representative, slot: MeetingSlot) -> bool:
        if (one.pk, slot.pk) in self.taken or slot in one.away.all():
            return False
        if one.absent_from and one.absent_from.starts_at <= slot.starts_at:
            return False
        limits = [most for most in (one.most_meetings, self.most) if most]
        return not limits or self.in_session[one.pk, slot.session] < min(limits)


def _tables_left(
    market: Marketplace, slots: Sequence[MeetingSlot], parties: tuple[Party, Party]
) -> Mapping[int, list[MeetingTable]]:
    """Tables that are there and free, by slot: the host's own, else those that nobody hosts at."""
    tables = list(market.tables.prefetch_related("closed"))
    closed = {(one.pk, slot.pk) for one in tables for slot in one.closed.all()}
    taken = set(
        Meeting.objects.filter(slot__in=slots, table__isnull=False, state__in=STANDING).values_list(
            "table", "slot"
        )
    )
    hosted = set(
        Party.objects.filter(
            marketplace=market, left_at__isnull=True, table__isnull=False
        ).values_list("table", flat=True)
    )
    own = [one.table_id for one in reversed(parties) if one.table_id]
    able = [one for one in tables if (one.pk == own[0] if own else one.pk not in hosted)]
    left: defaultdict[int, list[MeetingTable]] = defaultdict(list)
    for slot in slots:
        left[slot.pk] = [
            one
            for one in able
            if (one.pk, slot.pk) not in closed and (one.pk, slot.pk) not in taken
        ]
    return left


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
