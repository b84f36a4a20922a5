"""A plan that is being changed by hand or by repair: who sits where, and what may go where.

Plain and exact rather than fast: it knows every rule of `market` and is used where few meetings
move. The search for a whole plan has arrays of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

from hanse.engines.meetings.market import Market, Placed


@dataclass(frozen=True)
class Seat:
    """A slot, a table (None: online, or not chosen yet) and those who sit down."""

    slot: int
    table: int | None
    people: tuple[int, ...]


class Board:
    """Meetings in their seats; what lies in slots before `now` cannot be lifted."""

    def __init__(self, market: Market, now: int = 0) -> None:
        self.market, self.now = market, now
        self.seats: dict[int, Seat] = {}
        self.at: dict[tuple[int, int], int] = {}
        self.busy: list[set[int]] = [set() for _ in market.participants]
        # By slot: meetings at their tables, and the tables that are open and free.
        self.tables: list[dict[int, int]] = [{} for _ in market.slots]
        self.free = [
            {number for number, one in enumerate(market.tables) if slot not in one.closed}
            for slot in range(len(market.slots))
        ]
        self.with_limits = {
            number
            for number, one in enumerate(market.participants)
            if one.most or one.most_in_all is not None or one.most_in_a_row is not None
        }
        self.possible: dict[int, list[Seat]] = {}
        self.followers: dict[int, list[int]] = {}
        for number, one in enumerate(market.meetings):
            for before in one.after:
                self.followers.setdefault(before, []).append(number)

    def copy(self) -> Board:
        """The same plan, to be changed apart."""
        other = copy(self)
        other.seats, other.at = dict(self.seats), dict(self.at)
        other.busy = [set(one) for one in self.busy]
        other.tables = [dict(one) for one in self.tables]
        other.free = [set(one) for one in self.free]
        return other

    def seat(self, meeting: int, seat: Seat) -> None:
        """Put a meeting there."""
        self.seats[meeting] = seat
        for person in seat.people:
            self.at[person, seat.slot] = meeting
            self.busy[person].add(seat.slot)
        if seat.table is not None:
            self.tables[seat.slot][seat.table] = meeting
            self.free[seat.slot].discard(seat.table)

    def lift(self, meeting: int) -> Seat:
        """Take a meeting out; returns where it was."""
        seat = self.seats.pop(meeting)
        for person in seat.people:
            del self.at[person, seat.slot]
            self.busy[person].discard(seat.slot)
        if seat.table is not None:
            del self.tables[seat.slot][seat.table]
            if seat.slot not in self.market.tables[seat.table].closed:
                self.free[seat.slot].add(seat.table)
        return seat

    def placed(self, meeting: int) -> Placed | None:
        """Where a meeting is."""
        seat = self.seats.get(meeting)
        return None if seat is None else Placed(meeting, seat.slot, seat.table, seat.people)

    def places(self, meeting: int) -> list[Seat]:
        """All seats that a meeting could have if nothing else were held, from `now` on."""
        if meeting not in self.possible:
            self.possible[meeting] = [
                Seat(slot, None, people)
                for people in self.market.seatings(meeting)
                for slot in sorted(self.market.slots_for(meeting, people))
                if slot >= self.now
            ]
        return self.possible[meeting]

    def blockers(self, meeting: int, seat: Seat) -> tuple[int, ...] | None:
        """Meetings of its people in that slot; None where a rule forbids it whatever is moved."""
        found: set[int] = set()
        for person in seat.people:
            other = self.at.get((person, seat.slot), meeting)
            if other != meeting:
                if not self.is_movable(other):
                    return None
                found.add(other)
        if self.followers and not self._in_order(meeting, seat.slot):
            return None
        if any(self._over_limit(person, seat.slot, found) for person in self.limited(seat.people)):
            return None
        return tuple(sorted(found)) if found else ()

    def limited(self, people: tuple[int, ...]) -> list[int]:
        """Those of them who have a limit of their own."""
        return [one for one in people if one in self.with_limits]

    def is_movable(self, meeting: int) -> bool:
        """Not pinned, and not begun."""
        pinned = self.market.meetings[meeting].slot is not None
        return not pinned and self.seats[meeting].slot >= self.now

    def movable_at(self, slot: int) -> list[int]:
        """Meetings at the tables of a slot that may go elsewhere."""
        return sorted(one for one in self.tables[slot].values() if self.is_movable(one))

    def may_stay(self, meeting: int, seat: Seat) -> bool:
        """Whether a meeting of the plan before keeps its seat in the event as it is now."""
        if seat.slot not in self.market.slots_for(meeting, seat.people):
            return False
        if self.market.at_table(seat.people) != (seat.table is not None):
            return False
        if seat.table is not None:
            if seat.slot in self.market.tables[seat.table].closed:
                return False
            bound = self._bound(meeting, seat)
            if bound and seat.table not in bound:
                return False
        if any(self._over_limit(person, seat.slot, set()) for person in self.limited(seat.people)):
            return False
        return self._walks(seat)

    def _bound(self, meeting: int, seat: Seat) -> set[int]:
        """Tables to which somebody who sits, or the meeting, is bound."""
        bound = {self.market.participants[one].table for one in seat.people}
        bound.add(self.market.meetings[meeting].table)
        return {one for one in bound if one is not None}

    def with_table(self, meeting: int, seat: Seat) -> Seat | None:
        """The seat with a table that is free: where they sat before, else the first they reach."""
        if not self.market.at_table(seat.people):
            return seat
        free = self.free[seat.slot]
        if not free:
            return None
        if bound := self._bound(meeting, seat):
            free = free & bound
        beside = [
            self.seats[number].table
            for one in seat.people
            for other in (seat.slot - 1, seat.slot + 1)
            if (number := self.at.get((one, other))) is not None
        ]
        near = [one for one in beside if one in free]
        if not self.market.walking:
            table = near[0] if near else min(free, default=None)
            return None if table is None else Seat(seat.slot, table, seat.people)
        tried = (Seat(seat.slot, one, seat.people) for one in (*near, *sorted(free)))
        return next((one for one in tried if self._walks(one)), None)

    def _walks(self, seat: Seat) -> bool:
        """Whether its people reach the table, and from there their next one, in time."""
        market = self.market
        if not market.walking or seat.table is None:
            return True
        for person in seat.people:
            for other in self._neighbours(person, seat.slot):
                first, second = (other, seat) if other.slot < seat.slot else (seat, other)
                end, start = market.slots[first.slot].end, market.slots[second.slot].start
                if first.table is None or second.table is None or end is None or start is None:
                    continue
                here, there = market.tables[first.table].place, market.tables[second.table].place
                if market.walking[here][there] > start - end:
                    return False
        return True

    def _neighbours(self, person: int, slot: int) -> Iterator[Seat]:
        """The meetings of a participant before and after a slot, on its day."""
        slots = self.market.slots
        for step in (-1, 1):
            other = slot + step
            while 0 <= other < len(slots) and slots[other].day == slots[slot].day:
                if (person, other) in self.at:
                    yield self.seats[self.at[person, other]]
                    break
                other += step

    def _in_order(self, meeting: int, slot: int) -> bool:
        """Whether what must come before it does, and what must come after it."""
        for before in self.market.meetings[meeting].after:
            if before not in self.seats or self.seats[before].slot >= slot:
                return False
        return all(
            self.seats[later].slot > slot
            for later in self.followers.get(meeting, ())
            if later in self.seats
        )

    def _over_limit(self, person: int, slot: int, without: set[int]) -> bool:
        """Whether one more meeting in a slot exceeds a limit of theirs."""
        who, slots = self.market.participants[person], self.market.slots
        gone = {self.seats[one].slot for one in without if person in self.seats[one].people}
        busy = self.busy[person] - gone - {slot}
        if who.most_in_all is not None and len(busy) >= who.most_in_all:
            return True
        session = slots[slot].session
        most = who.most.get(session)
        if most is not None and sum(slots[other].session == session for other in busy) >= most:
            return True
        return who.most_in_a_row is not None and self._row(slot, busy) > who.most_in_a_row

    def _row(self, slot: int, busy: set[int]) -> int:
        """How many slots follow each other on a day around one, were it busy as well."""
        row, day = 1, self.market.slots[slot].day
        for step in (-1, 1):
            other = slot + step
            while other in busy and self.market.slots[other].day == day:
                row, other = row + 1, other + step
        return row
