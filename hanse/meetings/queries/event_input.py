"""An event as the engine reads it. Names in it are the numbers of rows here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from django.utils import timezone

from hanse.engines.meetings.market import Market, Participant, Placed, Slot, Table
from hanse.engines.meetings.market import Meeting as Wanting
from hanse.events.models import Booking, Part, Walk
from hanse.events.words import RegistrationState
from hanse.meetings.models import (
    Draft,
    Marketplace,
    Meeting,
    MeetingSlot,
    MeetingTable,
    Party,
    Representative,
)
from hanse.meetings.queries.pairs import Pair, pairs_of
from hanse.meetings.queries.standing import begun, standing_meetings, standing_of
from hanse.meetings.rules.planning import Standing, Wanted
from hanse.meetings.rules.weights import ACCEPTED

Span = tuple[datetime, datetime]


@dataclass
class Rows:
    """The rows of an event in the order in which the engine numbers them."""

    marketplace: Marketplace
    slots: Sequence[MeetingSlot]
    tables: Sequence[MeetingTable]
    people: Sequence[Representative]
    parties: Mapping[int, Party]
    pairs: Sequence[Pair]
    standing: Sequence[Meeting]
    now: datetime
    # Where a meeting is fixed, by its parties.
    pins: dict[frozenset[int], Standing] = field(default_factory=dict)
    # Meetings that people have and nobody wishes any more: booked ones, or a wish was taken back.
    kept: Sequence[frozenset[int]] = ()

    def __post_init__(self) -> None:
        self.slot_numbers = {one.pk: number for number, one in enumerate(self.slots)}
        self.table_numbers = {one.pk: number for number, one in enumerate(self.tables)}
        self.numbers = {one.pk: number for number, one in enumerate(self.people)}
        self.by_party: dict[int, list[int]] = defaultdict(list)
        for number, one in enumerate(self.people):
            self.by_party[one.party_id].append(number)


def rows_of(
    marketplace: Marketplace,
    *,
    pins: Iterable[Standing] = (),
    now: datetime | None = None,
    locked: bool = True,
    among: Collection[int] = (),
) -> Rows:
    """Everything of an event that a plan depends on.

    `among`: no more than what these parties have, with those whom they meet, and nothing wished.

    `pins` are what an organiser fixed in a draft; what has begun is fixed anyhow, and what is
    locked unless a repair (not `locked`) looks for a new place for it. A repair keeps what people
    have, wished or not; a new plan keeps what is wished.
    """
    now = now or timezone.now()
    standing = standing_meetings(marketplace, among)
    there = marketplace.parties.filter(left_at__isnull=True)
    if among:
        met = (party for one in standing for party in standing_of(one).parties)
        there = there.filter(pk__in={*among, *met})
    parties = {one.pk: one for one in there}
    rows = Rows(
        marketplace=marketplace,
        slots=_slots_there(marketplace, standing),
        tables=list(marketplace.tables.prefetch_related("closed")),
        people=list(
            Representative.objects.filter(party__in=parties)
            .select_related("registration", "absent_from")
            .prefetch_related("away")
            .order_by("pk")
        ),
        parties=parties,
        pairs=() if among else pairs_of(marketplace),
        standing=standing,
        now=now,
    )
    wished = {frozenset((one.first, one.second)) for one in rows.pairs}
    fixed = [
        one
        for one in standing
        if one.is_locked and (locked or standing_of(one).parties not in wished)
    ]
    for one in chain(pins, map(standing_of, chain(fixed, begun(standing, now)))):
        rows.pins[one.parties] = one
    if not locked:
        parties_met = (standing_of(one).parties for one in standing)
        rows.kept = [one for one in parties_met if one not in wished and one not in rows.pins]
    return rows


def _slots_there(marketplace: Marketplace, standing: Sequence[Meeting]) -> list[MeetingSlot]:
    """Without those that were taken away, unless somebody still meets in them."""
    used = {one.slot_id for one in standing}
    return [one for one in marketplace.slots.all() if one.removed_at is None or one.pk in used]


def market_of(rows: Rows, wanted: Wanted) -> Market:
    """The engine's own form of an event."""
    places = _places(rows.tables)
    slots = _slots(rows)
    meetings = _meetings(rows)
    numbers = {frozenset(map(int, one.name.split("-"))): n for n, one in enumerate(meetings)}
    return Market(
        slots=slots,
        tables=_tables(rows, places),
        participants=_participants(rows, slots),
        meetings=meetings,
        walking=_walking(places),
        fairness=wanted.fairness,
        newcomers=wanted.newcomers,
        published=tuple(_placed(rows, numbers)),
        name=str(rows.marketplace.pk),
    )


def _slots(rows: Rows) -> tuple[Slot, ...]:
    zone = ZoneInfo(rows.marketplace.event.zone)
    first = rows.slots[0].starts_at if rows.slots else None
    # A half-day is a day of its own for the engine: a lunch is neither a break nor part of a row.
    halves = sorted({_half(one, zone) for one in rows.slots})
    held = {one.slot_id for one in begun(rows.standing, rows.now)}
    return tuple(
        Slot(
            session=one.session,
            day=halves.index(_half(one, zone)),
            start=_minutes(first, one.starts_at),
            end=_minutes(first, one.ends_at),
            onsite=one.onsite and (one.removed_at is None or one.pk in held),
            online=one.online and (one.removed_at is None or one.pk in held),
            name=str(one.pk),
        )
        for one in rows.slots
    )


def _half(slot: MeetingSlot, zone: ZoneInfo) -> tuple[date, int]:
    return slot.starts_at.astimezone(zone).date(), slot.session


def _minutes(first: datetime | None, moment: datetime) -> int:
    return int((moment - (first or moment)).total_seconds() // 60)


def _places(tables: Sequence[MeetingTable]) -> list[int | None]:
    found: list[int | None] = []
    for one in tables:
        if one.place_id not in found:
            found.append(one.place_id)
    return found


def _tables(rows: Rows, places: Sequence[int | None]) -> tuple[Table, ...]:
    used = {(one.table_id, one.slot_id) for one in begun(rows.standing, rows.now)}
    return tuple(
        Table(
            place=places.index(one.place_id),
            closed=frozenset(
                rows.slot_numbers[slot.pk]
                for slot in one.closed.all()
                if (one.pk, slot.pk) not in used
            ),
            name=str(one.pk),
        )
        for one in rows.tables
    )


def _walking(places: Sequence[int | None]) -> tuple[tuple[int, ...], ...]:
    """Minutes between the houses where tables stand; a way that nobody measured counts as none."""
    if len(places) < 2:  # noqa: PLR2004  one house
        return ()
    known = {(one.first_id, one.second_id): one.minutes for one in Walk.objects.all()}
    return tuple(
        tuple(
            0
            if here is None or there is None or here == there
            else known.get((min(here, there), max(here, there)), 0)
            for there in places
        )
        for here in places
    )


def _participants(rows: Rows, slots: Sequence[Slot]) -> tuple[Participant, ...]:
    elsewhere = _own_sessions(rows)
    sits = {
        (seat.representative_id, one.slot_id)
        for one in begun(rows.standing, rows.now)
        for seat in one.seats.all()
    }
    return tuple(_participant(rows, one, elsewhere[one.pk], slots, sits) for one in rows.people)


def _participant(
    rows: Rows,
    one: Representative,
    elsewhere: Sequence[Span],
    slots: Sequence[Slot],
    sits: set[tuple[int | None, int]],
) -> Participant:
    party, market = rows.parties[one.party_id], rows.marketplace
    away = {slot.pk for slot in one.away.all()}
    busy = {
        number
        for number, slot in enumerate(rows.slots)
        if any(starts < slot.ends_at and slot.starts_at < ends for starts, ends in elsewhere)
    }
    gone = one.absent_from.starts_at if one.absent_from else None
    free = {
        number
        for number, slot in enumerate(rows.slots)
        if (
            slot.starts_at > rows.now
            and slot.pk not in away
            and number not in busy
            and not (gone and slot.starts_at >= gone)
        )
        or (one.pk, slot.pk) in sits
    }
    limits = [most for most in (one.most_meetings, market.most_meetings) if most is not None]
    sessions = {slot.session for slot in slots} if limits else ()
    return Participant(
        free=frozenset(free),
        party=one.party_id,
        most={session: min(limits) for session in sorted(sessions)},
        most_in_a_row=market.most_in_a_row,
        rest=frozenset(busy),
        table=rows.table_numbers.get(party.table_id) if party.table_id else None,
        online=one.is_online,
        newcomer=party.is_newcomer,
        name=str(one.pk),
    )


def _own_sessions(rows: Rows) -> Mapping[int, list[Span]]:
    """When somebody has a seat in a session of the event, or speaks in one."""
    found: dict[int, list[Span]] = defaultdict(list)
    by_registration = {one.registration_id: one.pk for one in rows.people}
    seats = Booking.objects.filter(
        registration__in=by_registration, state=RegistrationState.CONFIRMED
    ).values_list("registration", "session__starts_at", "session__ends_at")
    for registration, starts, ends in seats:
        found[by_registration[registration]].append((starts, ends))
    by_person = {one.registration.person_id: one.pk for one in rows.people}
    by_address = {one.registration.email.lower(): one.pk for one in rows.people}
    parts = Part.objects.filter(session__event=rows.marketplace.event).values_list(
        "speaker__person", "speaker__email", "session__starts_at", "session__ends_at"
    )
    for person, email, starts, ends in parts:
        speaks = (person and by_person.get(person)) or (email and by_address.get(email.lower()))
        if speaks:
            found[speaks].append((starts, ends))
    return found


def _meetings(rows: Rows) -> tuple[Wanting, ...]:
    """Pairs that both sides can sit down for; of who has nobody left there is nothing to plan."""
    found = []
    known = set()
    for pair in rows.pairs:
        parties = frozenset((pair.first, pair.second))
        known.add(parties)
        made = Wanting(
            sides=tuple(tuple(rows.by_party[one]) for one in sorted(parties)),
            weight=pair.weight,
            mandatory=pair.mandatory,
            name="-".join(map(str, sorted(parties))),
        )
        if all(made.sides):
            found.append(_pinned(rows, parties, made))
    for parties in (*rows.pins, *rows.kept):
        if parties not in known:
            sides = tuple(tuple(rows.by_party[one]) for one in sorted(parties))
            name = "-".join(map(str, sorted(parties)))
            made = Wanting(sides=sides, weight=ACCEPTED, name=name)
            if all(sides):
                found.append(_pinned(rows, parties, made))
    return tuple(found)


def _pinned(rows: Rows, parties: frozenset[int], made: Wanting) -> Wanting:
    pin = rows.pins.get(parties)
    if pin is None or pin.slot not in rows.slot_numbers:
        return made
    seated = {rows.numbers[one] for one in pin.representatives if one in rows.numbers}
    sides = tuple(tuple(one for one in side if one in seated) or side for side in made.sides)
    return replace(
        made,
        sides=sides,
        slot=rows.slot_numbers[pin.slot],
        table=rows.table_numbers.get(pin.table) if pin.table else None,
    )


def _placed(rows: Rows, numbers: Mapping[frozenset[int], int]) -> Iterable[Placed]:
    """The plan that people have, as far as its meetings are still wanted."""
    for one in rows.standing:
        seats = {seat.party_id: seat.representative_id for seat in one.seats.all()}
        number = numbers.get(frozenset(seats))
        people = [rows.numbers.get(seats[party] or 0) for party in sorted(seats)]
        if number is None or None in people:
            continue
        yield Placed(
            meeting=number,
            slot=rows.slot_numbers[one.slot_id],
            table=rows.table_numbers[one.table_id] if one.table_id else None,
            participants=tuple(person for person in people if person is not None),
        )


def plan_as_rows(market: Market, placed: Iterable[Placed]) -> list[Standing]:
    """A plan of the engine in the numbers of rows here."""
    return [
        Standing(
            parties=parties_of(market, one.meeting),
            slot=int(market.slots[one.slot].name),
            table=None if one.table is None else int(market.tables[one.table].name),
            representatives=frozenset(
                int(market.participants[person].name) for person in one.participants
            ),
        )
        for one in placed
    ]


def parties_of(market: Market, meeting: int) -> frozenset[int]:
    """Whose meeting it is, by the numbers of rows here."""
    return frozenset(map(int, market.meetings[meeting].name.split("-")))


def pins_of(draft: Draft, market: Market, placed: Iterable[Placed]) -> list[Standing]:
    """What an organiser fixed in a draft, where the draft has it."""
    fixed = {frozenset(one) for one in draft.wanted.get("fixed", [])}
    return [one for one in plan_as_rows(market, placed) if one.parties in fixed]
