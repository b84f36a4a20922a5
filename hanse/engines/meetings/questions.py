"""The planner's questions: how many tables, one more slot, what a guaranteed minimum costs.

Each answer sets a few outlooks side by side: what a plan found with few steps holds, and what no
plan can exceed. Gains and prices are those of the plans found; more steps make them sharper. The
same market, seed and steps give the same answer on any machine. The published plan plays no part.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hanse.engines.faults import WrongShape
from hanse.engines.meetings.arrays import arrays, seatings
from hanse.engines.meetings.bound import bound
from hanse.engines.meetings.faults import OutOfRange
from hanse.engines.meetings.market import Market, Placed, Slot, Table
from hanse.engines.meetings.plan import placed, within_rules
from hanse.engines.meetings.search import BLOCK, begin, end, go_on
from hanse.engines.meetings.tables import with_tables
from hanse.engines.random_numbers import checked_seed

STEPS = 12 * BLOCK  # about 200,000
BELOW = (1, 2, 4)  # tables fewer than needed, so that it is seen what each of them is worth


@dataclass(frozen=True)
class Outlook:
    """What an event would hold.

    held, weight            of the plan found: meetings, and their weight
    most_held, most_weight  no plan holds more (`bound.certificate`)
    kept                    whether the plan found keeps all rules; if not, whether any does is open
    """

    held: int
    weight: int
    most_held: int
    most_weight: int
    kept: bool = True


@dataclass(frozen=True)
class TablesTried:
    """The outlook with so many tables."""

    tables: int
    outlook: Outlook


@dataclass(frozen=True)
class TablesNeeded:
    """How many tables an event needs; each row is a number of tables tried, in rising order.

    fewest     with fewer tables no plan holds what one with unlimited tables was found to hold
    enough     the fewest tables tried whose plan holds as much as any plan found with more
    each_below meetings that a plan loses on average with each table below `fewest`, from there to
               the first row; 0 where no table can be spared
    """

    fewest: int
    enough: int
    each_below: float
    rows: tuple[TablesTried, ...]


@dataclass(frozen=True)
class SlotTried:
    """The outlook with one more slot at the end of a session, after the slot `after`."""

    session: int
    after: int
    outlook: Outlook


@dataclass(frozen=True)
class OneMoreSlot:
    """The outlook as it is, and with a slot more in one session, for each session in turn."""

    now: Outlook
    sessions: tuple[SlotTried, ...]


@dataclass(frozen=True)
class PriceOfMinimum:
    """What it costs that every newcomer's party has `minimum` meetings, or all it wants if fewer.

    newcomers      parties of newcomers that wish for a meeting
    without, reach_without  the outlook without a guarantee, and how many of them reach it even so
    guaranteed, reach       the same with it; where it is not `kept`, not all of them reach it
    """

    minimum: int
    newcomers: int
    without: Outlook
    reach_without: int
    guaranteed: Outlook
    reach: int

    @property
    def meetings(self) -> int:
        """Meetings that the guarantee costs; below 0 where fewer but heavier ones are given up."""
        return self.without.held - self.guaranteed.held

    @property
    def weight(self) -> int:
        """Weight that it costs."""
        return self.without.weight - self.guaranteed.weight


def tables_needed(market: Market, *, steps: int = STEPS, seed: int = 0) -> TablesNeeded:
    """How many tables are enough, and what each one less costs.

    Tables that somebody is bound to stay; of the others the last go first. Tables beyond those of
    the market are open in every slot, at the place of its last one. Both numbers are found by
    bisection; a plan with n tables counts for n + 1 as well.

    Errors    WrongShape (seed, steps)
    """
    checked(steps, seed)
    own, unlimited = len(bound_tables(market)), most_tables(market)
    tried: dict[int, Outlook] = {}

    def holds(tables: int) -> tuple[bool, int, int]:
        if tables not in tried:
            tried[tables] = outlook(with_tables_open(market, tables), steps, seed)[0]
        return worth(tried[tables])

    most = holds(unlimited)

    def may_hold(tables: int) -> bool:
        known = bound(with_tables_open(market, tables), [])
        return (known.weight, known.held) >= most[1:]

    fewest = first_of(own, unlimited, may_hold)
    enough = first_of(fewest, unlimited, lambda tables: holds(tables) >= most)
    for tables in (enough, len(market.tables), fewest, *(fewest - less for less in BELOW)):
        if tables >= own:
            holds(tables)
    rows = nested(tried)
    worths = [worth(one.outlook) for one in rows]
    held = {one.tables: one.outlook.held for one in rows}
    least = rows[0].tables
    return TablesNeeded(
        fewest=fewest,
        enough=rows[worths.index(worths[-1])].tables,
        each_below=(held[fewest] - held[least]) / max(1, fewest - least),
        rows=rows,
    )


def first_of(low: int, high: int, fits: Callable[[int], bool]) -> int:
    """The smallest number that fits, by bisection; `high` does."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle + 1, high)
    return low


def nested(tried: dict[int, Outlook]) -> tuple[TablesTried, ...]:
    """Outlooks in rising order: a plan is one for more tables, a bound is one for fewer."""
    rows = [TablesTried(tables, tried[tables]) for tables in sorted(tried)]
    for place in range(1, len(rows)):
        fewer, here = rows[place - 1].outlook, rows[place].outlook
        if worth(fewer) > worth(here):
            plan = replace(here, kept=fewer.kept, weight=fewer.weight, held=fewer.held)
            rows[place] = replace(rows[place], outlook=plan)
    for place in range(len(rows) - 2, -1, -1):
        more, here = rows[place + 1].outlook, rows[place].outlook
        most = replace(
            here,
            most_held=min(here.most_held, more.most_held),
            most_weight=min(here.most_weight, more.most_weight),
        )
        rows[place] = replace(rows[place], outlook=most)
    return tuple(rows)


def worth(one: Outlook) -> tuple[bool, int, int]:
    """What decides between two plans."""
    return one.kept, one.weight, one.held


def most_tables(market: Market) -> int:
    """A number of tables beyond which more bring nothing.

    Formula   tables that are closed at times, plus the most meetings at once: min(participants / 2,
              meetings); at least the tables that there are
    """
    at_once = min(len(market.participants) // 2, len(market.meetings))
    return max(len(market.tables), sum(bool(one.closed) for one in market.tables) + at_once)


def bound_tables(market: Market) -> set[int]:
    """Tables that a host sits at or a meeting is pinned to."""
    hosts = {one.table for one in market.participants}
    return {one for one in hosts.union(one.table for one in market.meetings) if one is not None}


def with_tables_open(market: Market, number: int) -> Market:
    """The market with so many tables; those that go keep their number and are never open.

    Errors    OutOfRange where fewer are left than somebody is bound to
    """
    own = bound_tables(market)
    if number < len(own):
        raise OutOfRange(f"{number} tables; somebody is bound to {len(own)}")
    others = [one for one in range(len(market.tables)) if one not in own]
    staying = own.union(others[: number - len(own)])
    every = frozenset(range(len(market.slots)))
    tables = [
        table if one in staying else replace(table, closed=every)
        for one, table in enumerate(market.tables)
    ]
    place = market.tables[-1].place if market.tables else 0
    tables += [Table(place=place)] * (number - len(market.tables))
    return replace(market, tables=tuple(tables))


def one_more_slot(market: Market, *, steps: int = STEPS, seed: int = 0) -> OneMoreSlot:
    """What one more slot at the end of a session would bring, session by session.

    Errors    WrongShape (seed, steps)
    """
    checked(steps, seed)
    now, plan = outlook(market, steps, seed)
    last = {slot.session: number for number, slot in enumerate(market.slots)}
    tried = []
    for session, after in sorted(last.items(), key=lambda one: one[1]):
        longer, moved = with_slot(market, after), [later(one, after) for one in plan]
        tried.append(SlotTried(session, after, outlook(longer, steps, seed, moved)[0]))
    return OneMoreSlot(now, tuple(tried))


def with_slot(market: Market, after: int) -> Market:
    """The market with one more slot behind a slot, which it resembles in all things.

    Whoever is free in `after` is free in the new slot, tables closed in it are closed, a session
    that a meeting is to be `within` is longer by it. It takes as long, after the same pause as
    before `after`; where it runs into later slots of the day, they begin later by that much.
    """

    def moved(slots: frozenset[int]) -> frozenset[int]:
        new = {after + 1} if after in slots else set()
        return frozenset(one + (one > after) for one in slots).union(new)

    slots = market.slots
    new = next_slot(slots, after)
    following = list(slots[after + 1 :])
    if following and new.end is not None and (start := following[0].start) is not None:
        delay = max(0, new.end - start) if following[0].day == new.day else 0
        following = [delayed(one, delay) if one.day == new.day else one for one in following]
    return replace(
        market,
        slots=(*slots[: after + 1], new, *following),
        tables=tuple(replace(one, closed=moved(one.closed)) for one in market.tables),
        participants=tuple(
            replace(one, free=moved(one.free), rest=moved(one.rest)) for one in market.participants
        ),
        meetings=tuple(
            replace(
                one,
                slot=None if one.slot is None else one.slot + (one.slot > after),
                within=None if one.within is None else moved(one.within),
            )
            for one in market.meetings
        ),
        published=tuple(later(one, after) for one in market.published),
    )


def next_slot(slots: Sequence[Slot], after: int) -> Slot:
    """A slot like another one, right behind it."""
    one = slots[after]
    if one.start is None or one.end is None:
        return replace(one, name="")
    before = slots[after - 1] if after else one
    pause = 0
    if before.session == one.session and before.end is not None and after:
        pause = max(0, one.start - before.end)
    return replace(one, start=one.end + pause, end=2 * one.end + pause - one.start, name="")


def delayed(slot: Slot, minutes: int) -> Slot:
    """A slot that begins and ends later."""
    if slot.start is None or slot.end is None:
        return slot
    return replace(slot, start=slot.start + minutes, end=slot.end + minutes)


def later(one: Placed, after: int) -> Placed:
    """A meeting of a plan under the numbers that slots have once there is one more."""
    return replace(one, slot=one.slot + (one.slot > after))


def price_of_minimum(
    market: Market, minimum: int, *, steps: int = STEPS, seed: int = 0
) -> PriceOfMinimum:
    """What it costs to guarantee newcomers a number of meetings, against no guarantee at all.

    Errors    WrongShape (seed, steps); OutOfRange (minimum below 0)
    """
    checked(steps, seed)
    if minimum < 0:
        raise OutOfRange(f"minimum {minimum}: 0 or more")
    with_it = replace(market, newcomers=minimum)
    without, freely = outlook(replace(market, newcomers=0), steps, seed)
    guaranteed, plan = outlook(with_it, steps, seed, freely)
    if guaranteed.kept and worth(guaranteed) > worth(without):
        without, freely = guaranteed, plan  # nobody has to ask for what is given anyway
    return PriceOfMinimum(
        minimum=minimum,
        newcomers=len(needs(with_it)),
        without=without,
        reach_without=reaching(with_it, freely),
        guaranteed=guaranteed,
        reach=reaching(with_it, plan),
    )


def needs(market: Market) -> dict[int, int]:
    """Meetings guaranteed to the parties of newcomers, by party; those that wish for none left out.

    Formula   min(minimum, wishes)
    """
    newcomers = {
        market.party_of(number) for number, one in enumerate(market.participants) if one.newcomer
    }
    wanted = market.wanted_by
    return {
        party: min(market.newcomers, len(wanted[party]))
        for party in sorted(newcomers)
        if party in wanted
    }


def reaching(market: Market, plan: Sequence[Placed]) -> int:
    """How many parties of newcomers have what is guaranteed to them."""
    held = {one.meeting for one in plan}
    wanted = market.wanted_by
    return sum(len(held.intersection(wanted[one])) >= need for one, need in needs(market).items())


def checked(steps: int, seed: int) -> None:
    """Refuse what is no budget and no seed."""
    checked_seed(seed)
    if steps < 0:
        raise WrongShape(f"steps: {steps}; 0 or more")


def outlook(
    market: Market, steps: int, seed: int, start: Sequence[Placed] = ()
) -> tuple[Outlook, list[Placed]]:
    """What a plan of so many steps holds, with that plan; fewer steps where it reaches the bound.

    Takes     start: a plan that the search begins with, as far as it fits
    """
    market = replace(market, published=tuple(start))
    found = seatings(market)
    own = arrays(market, found)
    most = bound(market, [], found)
    weights = np.array([one.weight for one in market.meetings], np.int64)

    def holds_most() -> bool:
        is_held = search.slots >= 0
        if is_held.sum() < most.held or weights[is_held].sum() < most.weight:
            return False
        return within_rules(market, placed(search), own)

    search = begin(market, own, seed)
    if not holds_most():
        go_on(search, steps, holds_most)
    end(search)
    plan = placed(search)
    if market.walking:
        plan, _late = with_tables(market, plan)
    held = np.array([one.meeting for one in plan], np.int64)
    weight = int(weights[held].sum())
    return Outlook(held.size, weight, most.held, most.weight, within_rules(market, plan, own)), plan
