"""What is to be planned: participants, slots, tables, and the meetings that somebody wants.

Everything is numbered from 0 in the order of its tuple; `name` carries the caller's own key through
to the answer and means nothing to the engine. The definitions of break, share and distance that
every file of this engine follows stand in `measures`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product


@dataclass(frozen=True)
class Slot:
    """A span of time in which each participant can be in one meeting at most.

    session   number of the session (a half-day, say) that it belongs to; caps count by session
    day       breaks are counted within a day
    start, end  minutes since an origin that all slots share, in one time scale; None where the
              caller knows no clock, and then nobody needs time to walk
    onsite    meetings at tables can be held in it
    online    the connection for participants from afar is there
    """

    session: int = 0
    day: int = 0
    start: int | None = None
    end: int | None = None
    onsite: bool = True
    online: bool = True
    name: str = ""


@dataclass(frozen=True)
class Table:
    """One meeting at a time; `closed` are the slots in which it cannot be used."""

    place: int = 0
    closed: frozenset[int] = frozenset()
    name: str = ""


@dataclass(frozen=True)
class Participant:
    """Somebody who meets others.

    free      slots in which they can meet: there, not blocked, no talk of their own
    party     number of the organisation whose wishes they carry; None: their own alone
    most      most meetings in a session, {session: number}; a session not named has no limit
    most_in_all, most_in_a_row   None: no limit. In a row: in slots that follow each other on one
              day. A gap of one slot after a full row is rest and no break
    rest      slots that are no idle time between two meetings: a talk of their own, a lunch
    table     the table at which they host all their meetings; None: any
    online    takes part from afar
    newcomer  belongs to those whom `Market.newcomers` guarantees meetings
    """

    free: frozenset[int]
    party: int | None = None
    most: Mapping[int, int] = field(default_factory=dict)
    most_in_all: int | None = None
    most_in_a_row: int | None = None
    rest: frozenset[int] = frozenset()
    table: int | None = None
    online: bool = False
    newcomer: bool = False
    name: str = ""


@dataclass(frozen=True)
class Meeting:
    """Two or three sides who want to meet; one participant of each side sits down.

    sides      for each side the participants who may sit: one, or several of one organisation
    weight     what holding it is worth, 1 or more
    mandatory  a plan without it is none
    slot, table  pinned there
    within     slots that it may be held in (a session, say); None: any
    after      meetings that must be held in an earlier slot, if this one is held
    """

    sides: tuple[tuple[int, ...], ...]
    weight: int = 1
    mandatory: bool = False
    slot: int | None = None
    table: int | None = None
    within: frozenset[int] | None = None
    after: tuple[int, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Placed:
    """A meeting that is held: when, at which table (None: online), and who sits, by side."""

    meeting: int
    slot: int
    table: int | None
    participants: tuple[int, ...]


@dataclass(frozen=True)
class Market:
    """An event to plan.

    walking    minutes from place to place, a square; empty: nobody needs time to walk
    fairness   d of B2BSOP: the largest number of breaks of a participant may exceed the smallest
               by d at most, over all participants; None: no such rule
    newcomers  every newcomer's party is to have that many meetings, or all it wants if fewer
    published  the plan that people have in their hands; what moves against it is counted
    """

    slots: tuple[Slot, ...]
    tables: tuple[Table, ...]
    participants: tuple[Participant, ...]
    meetings: tuple[Meeting, ...]
    walking: tuple[tuple[int, ...], ...] = ()
    fairness: int | None = None
    newcomers: int = 0
    published: tuple[Placed, ...] = ()
    name: str = ""

    def party_of(self, participant: int) -> int:
        """The party of a participant; -1-participant stands for somebody who is their own."""
        party = self.participants[participant].party
        return -1 - participant if party is None else party

    @cached_property
    def wanted_by(self) -> dict[int, list[int]]:
        """Meetings by party, each counted once for a party, in the order of their numbers."""
        found: dict[int, list[int]] = {}
        for number, meeting in enumerate(self.meetings):
            for party in {self.party_of(side[0]) for side in meeting.sides}:
                found.setdefault(party, []).append(number)
        return found

    @cached_property
    def open_tables(self) -> tuple[int, ...]:
        """How many tables can be used, by slot."""
        return tuple(
            sum(number not in table.closed for table in self.tables) if slot.onsite else 0
            for number, slot in enumerate(self.slots)
        )

    def at_table(self, participants: tuple[int, ...]) -> bool:
        """Whether those who sit need a table: they do unless all of them are online."""
        return not all(self.participants[one].online for one in participants)

    def slots_for(self, meeting: int, participants: tuple[int, ...]) -> frozenset[int]:
        """Slots in which these participants could hold the meeting, if nothing else were held."""
        wanted = self.meetings[meeting]
        free = frozenset.intersection(*(self.participants[one].free for one in participants))
        if wanted.within is not None:
            free &= wanted.within
        if wanted.slot is not None:
            free &= {wanted.slot}
        from_afar = any(self.participants[one].online for one in participants)
        table = self.at_table(participants)
        tables = {self.participants[one].table for one in participants} | {wanted.table}
        tables.discard(None)
        if len(tables) > 1 and table:
            return frozenset()  # two hosts, each bound to a table of their own
        fixed = next(iter(tables), None)
        return frozenset(
            slot
            for slot in free
            if (self.slots[slot].online or not from_afar)
            and (not table or self.open_tables[slot] > 0)
            and (not table or fixed is None or slot not in self.tables[fixed].closed)
        )

    def seatings(self, meeting: int) -> list[tuple[int, ...]]:
        """Who may sit down together: one participant of each side, all combinations in order."""
        return list(product(*self.meetings[meeting].sides))
