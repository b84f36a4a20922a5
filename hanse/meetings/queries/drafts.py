"""Drafts as the desk shows them: one in whole, all of them side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.commons.work.words import ENDED
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.formats.timetable import timetable_of
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.timetable import Reason, Timetable
from hanse.kit.folding import fold
from hanse.meetings.models import (
    Draft,
    Marketplace,
    Meeting,
    MeetingSlot,
    MeetingTable,
    Party,
)
from hanse.meetings.queries.event_input import parties_of, plan_as_rows
from hanse.meetings.queries.overtaken import (
    Overtaken,
    forced_and_missing,
    overtaken,
    said_of,
)
from hanse.meetings.queries.pairs import pairs_of
from hanse.meetings.queries.standing import (
    Places,
    begun,
    names_what_is_gone,
    standing_meetings,
    standing_of,
)
from hanse.meetings.rules.names import short_names
from hanse.meetings.rules.planning import changes_between
from hanse.meetings.rules.weights import ACCEPTED
from hanse.meetings.words import ORIGINS, DraftState

RUNNING = (DraftState.WAITING, DraftState.RUNNING)


def drafts_of(marketplace: Marketplace) -> QuerySet[Draft]:
    """Newest first, without the plans themselves."""
    return (
        marketplace.drafts.select_related("job", "made_by")
        .defer("input", "plan")
        .order_by("-number")
    )


def is_running(draft: Draft) -> bool:
    """A run whose job ended without a word of its own is not running any more."""
    if draft.state not in RUNNING:
        return False
    return draft.job is None or draft.job.state not in ENDED


@dataclass(frozen=True)
class Cell:
    """A meeting in the grid of tables and slots."""

    meeting: int
    first: str
    second: str
    names: str
    tone: str
    is_fixed: bool
    is_moved: bool
    is_new: bool


@dataclass(frozen=True)
class GridDay:
    """One day: its slots, and for each table a cell or none in each of them."""

    day: date
    slots: Sequence[tuple[datetime, bool]]  # start on the clock of the place; a session begins
    rows: Sequence[tuple[str, Sequence[tuple[Cell | None, bool]]]]


@dataclass(frozen=True)
class Unmet:
    """A wish that the draft does not meet."""

    meeting: int
    first: str
    second: str
    weight: int
    reason: Reason
    who: str = ""
    slots: Sequence[datetime] = ()


@dataclass(frozen=True)
class Whole:
    """A draft with everything that its page shows."""

    draft: Draft
    market: Market
    plan: Timetable
    names: Mapping[int, str]
    slots: Mapping[int, MeetingSlot]
    tables: Mapping[int, MeetingTable]
    zone: str

    def starts(self, slot: int) -> datetime:
        """When a slot of the engine begins, on the clock of the place."""
        row = self.slots[int(self.market.slots[slot].name)]
        return row.starts_at.astimezone(ZoneInfo(self.zone))

    def table_name(self, table: int | None) -> str:
        """The table in the organisers' words; empty for what is online."""
        if table is None:
            return ""
        row = self.tables.get(int(self.market.tables[table].name))
        return _("taken away") if row is None else str(row)

    def names_of(self, meeting: int) -> list[str]:
        return [self.names.get(one, "–") for one in sorted(parties_of(self.market, meeting))]

    @cached_property
    def is_gone(self) -> bool:
        """Whether it wants a slot, a table or a party that is there no more."""
        planned = plan_as_rows(self.market, self.plan.meetings)
        return names_what_is_gone(self.draft.marketplace, planned)

    @cached_property
    def standing(self) -> list[Meeting]:
        return standing_meetings(self.draft.marketplace)

    @cached_property
    def overtaken(self) -> list[Overtaken]:
        """Meetings of it that do not stand any more: publishing leaves them out."""
        return overtaken(self.draft, self.standing) if self.plan.meetings else []

    @cached_property
    def left_out(self) -> list[str]:
        return said_of((one.told() for one in self.overtaken), self.names)

    @cached_property
    def missing(self) -> list[str]:
        """Pairs that the organisers force by now and that it does not hold."""
        left = {one.parties for one in self.overtaken}
        return [
            " – ".join(self.names.get(party, "–") for party in sorted(pair))
            for pair in forced_and_missing(self.draft, self.standing, left)
        ]

    @cached_property
    def fixed(self) -> set[frozenset[int]]:
        return {frozenset(one) for one in self.draft.wanted.get("fixed", [])}

    @cached_property
    def unmet(self) -> list[Unmet]:
        """The heaviest first."""
        found = []
        for one in self.plan.unscheduled:
            first, second = self.names_of(one.meeting)[:2]
            full = one.reason == Reason.PARTICIPANT_FULL
            parties = {self.market.party_of(person) for person in one.detail} if full else ()
            tables = one.reason == Reason.TABLES_FULL
            found.append(
                Unmet(
                    meeting=one.meeting,
                    first=first,
                    second=second,
                    weight=self.market.meetings[one.meeting].weight,
                    reason=one.reason,
                    who=", ".join(self.names.get(party, "–") for party in sorted(parties)),
                    slots=[self.starts(slot) for slot in one.detail] if tables else (),
                )
            )
        return sorted(found, key=lambda one: (-one.weight, fold(one.first), fold(one.second)))

    @cached_property
    def short(self) -> Mapping[int, str]:
        return short_names(self.names)

    def grid(self, before: Places) -> list[GridDay]:
        """Tables by slots, a day at a time; what stands elsewhere in `before` is marked."""
        at: dict[tuple[int | None, int], list[Placed]] = defaultdict(list)
        for one in self.plan.meetings:
            at[one.table, one.slot].append(one)
        online = sorted({len(ones) for (table, _slot), ones in at.items() if table is None})
        rows = [*range(len(self.market.tables))]
        days = []
        numbers = range(len(self.market.slots))
        for _day, group in groupby(numbers, key=lambda one: self.starts(one).date()):
            slots = list(group)
            sessions = [self.market.slots[number].session for number in slots]
            heads = [
                (self.starts(number), place > 0 and sessions[place] != sessions[place - 1])
                for place, number in enumerate(slots)
            ]
            lines = [
                (
                    self.table_name(table),
                    [
                        (self._cell(at[table, slot], 0, before), begins)
                        for slot, (_starts, begins) in zip(slots, heads, strict=True)
                    ],
                )
                for table in rows
            ]
            lines += [
                (
                    "",
                    [
                        (self._cell(at[None, slot], place, before), begins)
                        for slot, (_starts, begins) in zip(slots, heads, strict=True)
                    ],
                )
                for place in range(max(online, default=0))
            ]
            days.append(GridDay(heads[0][0].date(), heads, lines))
        return days

    def _cell(
        self,
        ones: Sequence[Placed],
        place: int,
        before: Places,
    ) -> Cell | None:
        if place >= len(ones):
            return None
        one = ones[place]
        parties = parties_of(self.market, one.meeting)
        wanted = self.market.meetings[one.meeting]
        first, second = sorted(parties)[:2]
        here = plan_as_rows(self.market, [one])[0]
        was = before.get(parties)
        return Cell(
            meeting=one.meeting,
            first=self.short.get(first, "–"),
            second=self.short.get(second, "–"),
            names=" – ".join(self.names_of(one.meeting)),
            tone="both" if wanted.weight > ACCEPTED else "one",
            is_fixed=wanted.slot is not None or parties in self.fixed,
            is_moved=was is not None and was != (here.slot, here.table),
            is_new=bool(before) and was is None,
        )


def whole(draft: Draft) -> Whole:
    """A draft that is done, with the names of those in it."""
    market = market_of(draft.input)
    place = draft.marketplace
    return Whole(
        draft=draft,
        market=market,
        plan=timetable_of(draft.plan),
        names=names_in(place),
        slots={one.pk: one for one in place.slots.all()},
        tables={one.pk: one for one in place.tables.all()},
        zone=place.event.zone,
    )


def places_now(marketplace: Marketplace) -> Places:
    """Where the meetings that people have are: slot and table by parties."""
    found = map(standing_of, standing_meetings(marketplace))
    return {one.parties: (one.slot, one.table) for one in found}


@dataclass(frozen=True)
class Later:
    """What changed in the event since a draft froze its input."""

    new: int
    gone: int

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def later_than(draft: Draft, market: Market) -> Later:
    """Pairs that were wished or withdrawn since."""
    then = {parties_of(market, number) for number in range(len(market.meetings))}
    now = {frozenset((one.first, one.second)) for one in pairs_of(draft.marketplace)}
    return Later(len(now - then), len(then - now))


def title_of(draft: Draft, names: Mapping[int, str]) -> str:
    """What somebody typed, else how it came about, in the language of whoever reads."""
    if draft.title or not draft.origin:
        return draft.title
    parties = draft.origin.get("parties", ())
    said = " – ".join(names.get(party, "–") for party in parties)
    return str(ORIGINS[draft.origin["kind"]]) % {**draft.origin, "names": said}


def names_in(place: Marketplace) -> dict[int, str]:
    """Parties by their numbers, those that left as well."""
    return dict(Party.objects.filter(marketplace=place).values_list("pk", "name"))


def told_by(whole_draft: Whole) -> tuple[int, int]:
    """How many meetings publishing would change, and for how many parties."""
    standing = whole_draft.standing
    over = {standing_of(one).parties for one in begun(standing, timezone.now())}
    out = over | {one.parties for one in whole_draft.overtaken}
    planned = plan_as_rows(whole_draft.market, whole_draft.plan.meetings)
    changes = changes_between(
        (one for one in map(standing_of, standing) if one.parties not in over),
        (one for one in planned if one.parties not in out),
    )
    return changes.count, len(changes.concerned)
