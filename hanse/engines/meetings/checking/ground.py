"""An event and a plan side by side, as the checker sees them."""

from collections import Counter
from collections.abc import Iterable
from itertools import product

from hanse.engines.meetings.findings import Finding, finding
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.timetable import Timetable


class Ground:
    """`at` has for each participant their meetings by slot, `used` how often a table is taken."""

    def __init__(self, market: Market, plan: Timetable) -> None:
        self.market, self.plan = market, plan
        self.at: list[dict[int, Placed]] = [{} for _ in market.participants]
        for one in plan.meetings:
            for person in one.participants:
                self.at[person][one.slot] = one
        self.held = {one.meeting: one for one in plan.meetings}
        self.used = Counter((one.slot, one.table) for one in plan.meetings)

    def day(self, slot: int) -> int:
        """The day of a slot."""
        return self.market.slots[slot].day

    def sits(self, people: Iterable[int]) -> bool:
        """Whether these people need a table: not where all of them are online."""
        return any(not self.market.participants[person].online for person in people)

    def tables(self, meeting: int, people: Iterable[int]) -> set[int]:
        """Tables they may use: all, or the one to which somebody is bound; none if to two."""
        bound = {self.market.participants[person].table for person in people}
        bound.add(self.market.meetings[meeting].table)
        known = {one for one in bound if one is not None}
        if not known:
            return set(range(len(self.market.tables)))
        return known if len(known) == 1 else set()

    def possible(self, meeting: int, people: Iterable[int]) -> set[int]:
        """Slots in which these people could hold a meeting if nothing else were held."""
        people, market = tuple(people), self.market
        wanted = market.meetings[meeting]
        found = set(range(len(market.slots)))
        for person in people:
            found &= market.participants[person].free
        if wanted.within is not None:
            found &= wanted.within
        if wanted.slot is not None:
            found &= {wanted.slot}
        if any(market.participants[person].online for person in people):
            found = {slot for slot in found if market.slots[slot].online}
        if not self.sits(people):
            return found
        tables = [market.tables[one] for one in self.tables(meeting, people)]
        return {
            slot
            for slot in found
            if market.slots[slot].onsite and any(slot not in one.closed for one in tables)
        }

    def seatings(self, meeting: int) -> list[tuple[tuple[int, ...], set[int]]]:
        """Who may sit down together, one of each side, with the slots that they could."""
        every = product(*self.market.meetings[meeting].sides)
        return [(people, self.possible(meeting, people)) for people in every]

    def way(self, person: int, earlier: int, later: int) -> int:
        """Minutes from somebody's meeting to their next one, where both are at tables."""
        here, there = self.at[person][earlier].table, self.at[person][later].table
        market = self.market
        if (
            here is None
            or there is None
            or not market.walking
            or self.day(earlier) != self.day(later)
        ):
            return 0
        return market.walking[market.tables[here].place][market.tables[there].place]

    def longest_row(self, busy: Iterable[int]) -> int:
        """Most slots that follow each other on one day, all of them busy."""
        longest = row = 0
        taken = set(busy)
        for slot in range(len(self.market.slots)):
            follows = slot > 0 and self.day(slot) == self.day(slot - 1)
            row = (row if follows else 0) + 1 if slot in taken else 0
            longest = max(longest, row)
        return longest

    def exceeds(self, person: int, busy: Iterable[int]) -> Finding | None:
        """The limit of a participant that meetings in these slots would exceed."""
        who, taken = self.market.participants[person], set(busy)
        for one, most in who.most.items():
            if (count := sum(self.market.slots[slot].session == one for slot in taken)) > most:
                return finding("in_session", person=person, count=count, session=one, most=most)
        if who.most_in_all is not None and (count := len(taken)) > who.most_in_all:
            return finding("in_all", person=person, count=count, most=who.most_in_all)
        if who.most_in_a_row is not None and (row := self.longest_row(taken)) > who.most_in_a_row:
            return finding("in_a_row", person=person, count=row, most=who.most_in_a_row)
        return None
