"""Tables last: slot by slot the matching with the fewest changes and the shortest walks."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from hanse.engines.meetings.limits import within_limits
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.measures import breaks_of

Costs = NDArray[np.int64]
NEVER, TOO_FAR, CHANGE, MINUTE, MOVED = 10**15, 10**12, 10**6, 100, 1
SWEEPS, MORE_SWEEPS = 2, 20  # more as long as somebody would come too late


def with_tables(market: Market, plan: Sequence[Placed]) -> tuple[list[Placed], list[Placed]]:
    """A plan with its tables, and the meetings of it that no table can be given.

    Each slot is a minimum-cost matching of its meetings and the open tables, given the tables of
    the slots before and, from the second sweep on, after it. Fixed and pinned tables are kept. What
    then still cannot be walked to in time goes to another slot, or is left over.

    Order     meetings reached in time; changes of table; minutes walked; tables of the published
              plan kept; the number of the table. Minutes count 100 at most 10,000 of them, so that
              a change of table outweighs every walk
    """
    tables = {one.meeting: one.table for one in plan}
    held = {one.meeting: one for one in plan}
    agenda = agendas(market, plan)
    by_slot: list[list[Placed]] = [[] for _ in market.slots]
    for one in sorted(plan, key=lambda one: one.meeting):
        if market.at_table(one.participants):
            by_slot[one.slot].append(one)
            tables[one.meeting] = bound_table(market, one.meeting, one.participants)
    late: set[int] = set()
    for sweep in range(MORE_SWEEPS):
        before = dict(tables)
        for slot, meetings in enumerate(by_slot):
            assign(market, slot, meetings, agenda, tables)
        late = too_late(market, held, agenda, tables, by_slot) if market.walking else set()
        if tables == before or (sweep + 1 >= SWEEPS and not late):
            break
    if not late:
        return [replace(one, table=tables[one.meeting]) for one in plan], []
    kept = [replace(one, table=tables[one.meeting]) for one in plan if one.meeting not in late]
    return elsewhere(market, kept, [held[number] for number in sorted(late)])


def agendas(market: Market, plan: Sequence[Placed]) -> list[dict[int, int]]:
    """Meetings of each participant by slot, in the order of the slots."""
    agenda: list[dict[int, int]] = [{} for _ in market.participants]
    for one in sorted(plan, key=lambda one: one.slot):
        for person in one.participants:
            agenda[person][one.slot] = one.meeting
    return agenda


def bound_table(market: Market, meeting: int, participants: tuple[int, ...]) -> int | None:
    """The table to which a meeting is bound: pinned, or that of a host who sits; None: any."""
    bound = {market.participants[one].table for one in participants}
    bound.add(market.meetings[meeting].table)
    bound.discard(None)
    return min((one for one in bound if one is not None), default=None)


def neighbours(
    market: Market, one: Placed, agenda: Sequence[dict[int, int]]
) -> list[tuple[int, int, int]]:
    """Meetings before and after one for those who sit in it, of the same day: (slot, slot, other).

    The first slot is the earlier one.
    """
    found = []
    day = market.slots[one.slot].day
    for person in one.participants:
        slots = list(agenda[person])
        place = slots.index(one.slot)
        if place and market.slots[slots[place - 1]].day == day:
            earlier = slots[place - 1]
            found.append((earlier, one.slot, agenda[person][earlier]))
        if place + 1 < len(slots) and market.slots[slots[place + 1]].day == day:
            later = slots[place + 1]
            found.append((one.slot, later, agenda[person][later]))
    return found


def in_time(market: Market, earlier: int, later: int, here: int, there: int) -> bool:
    """Whether one can walk from a table in a slot to another table in a later slot.

    Formula   walking[place of here, place of there] <= start of later - end of earlier, where both
              are known
    """
    start, end = market.slots[later].start, market.slots[earlier].end
    if start is None or end is None or not market.walking:
        return True
    return market.walking[market.tables[here].place][market.tables[there].place] <= start - end


def move_costs(market: Market, earlier: int, later: int, other: int, *, after: bool) -> Costs:
    """What each table costs somebody who is at table `other` in the slot before (or after)."""
    cost = np.full(len(market.tables), CHANGE, np.int64)
    cost[other] = 0
    if not market.walking:
        return cost
    for table in range(len(market.tables)):
        here, there = (table, other) if after else (other, table)
        places = market.tables[here].place, market.tables[there].place
        cost[table] += MINUTE * min(9_999, market.walking[places[0]][places[1]])
        if not in_time(market, earlier, later, here, there):
            cost[table] += TOO_FAR
    return cost


def assign(
    market: Market,
    slot: int,
    meetings: Sequence[Placed],
    agenda: Sequence[dict[int, int]],
    tables: dict[int, int | None],
) -> None:
    """Give the meetings of one slot their tables, given those of all other slots."""
    if not meetings:
        return
    published = {one.meeting: one.table for one in market.published}
    closed = [number for number, table in enumerate(market.tables) if slot in table.closed]
    known: dict[tuple[int, int, bool, int], Costs] = {}
    costs = np.zeros((len(meetings), len(market.tables)), np.int64)
    for row, one in enumerate(meetings):
        for earlier, later, other in neighbours(market, one, agenda):
            table = tables.get(other)
            if table is not None:
                after = earlier == slot
                key = (earlier, later, after, table)
                if key not in known:
                    known[key] = move_costs(market, earlier, later, table, after=after)
                costs[row] += known[key]
        kept = published.get(one.meeting)
        if kept is not None:
            costs[row, kept] -= MOVED
        bound = bound_table(market, one.meeting, one.participants)
        if bound is not None:
            own = costs[row, bound]
            costs[row] = NEVER
            costs[row, bound] = own
    costs[:, closed] = NEVER
    rows, columns = linear_sum_assignment(costs)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        tables[meetings[row].meeting] = column


def too_late(
    market: Market,
    held: dict[int, Placed],
    agenda: Sequence[dict[int, int]],
    tables: dict[int, int | None],
    by_slot: Sequence[Sequence[Placed]],
) -> set[int]:
    """The meetings that have to go so that everybody reaches the others in time, in slot order."""
    gone: set[int] = set()
    for meetings in by_slot:
        for one in meetings:
            here = tables[one.meeting]
            for earlier, later, other in neighbours(market, one, agenda):
                there = tables.get(other)
                if later != one.slot or other in gone or here is None or there is None:
                    continue
                if not in_time(market, earlier, later, there, here):
                    gone.add(lighter(market, held[other], one))
    return gone


def lighter(market: Market, first: Placed, second: Placed) -> int:
    """Which of two meetings had better go: never a pinned or mandatory one, then the lighter."""
    return max(
        (second, first),
        key=lambda one: (
            market.meetings[one.meeting].slot is None,
            not market.meetings[one.meeting].mandatory,
            -market.meetings[one.meeting].weight,
        ),
    ).meeting


def elsewhere(
    market: Market, kept: list[Placed], late: Sequence[Placed]
) -> tuple[list[Placed], list[Placed]]:
    """Meetings that lost their slot, held in another where that breaks no rule; and the rest."""
    left = []
    for one in late:
        found = another_place(market, kept, one)
        if found is None:
            left.append(one)
        else:
            kept.append(found)
    while orphans := [one for one in kept if not order_kept(market, kept, one.meeting, one.slot)]:
        left += orphans
        kept = [one for one in kept if one not in orphans]
    return kept, left


def another_place(market: Market, kept: Sequence[Placed], one: Placed) -> Placed | None:
    """A slot and a table in which a meeting can be held beside all others, with fewest breaks."""
    agenda = agendas(market, kept)
    table_of = {other.meeting: other.table for other in kept}
    taken = {(other.slot, other.table) for other in kept}
    bound = bound_table(market, one.meeting, one.participants)
    people = [market.participants[person] for person in one.participants]
    best: tuple[int, Placed] | None = None
    for slot in sorted(market.slots_for(one.meeting, one.participants)):
        if any(slot in agenda[person] for person in one.participants):
            continue
        if not order_kept(market, kept, one.meeting, slot):
            continue
        busy = [sorted([*agenda[person], slot]) for person in one.participants]
        if not all(within_limits(market, who, own) for who, own in zip(people, busy, strict=True)):
            continue
        breaks = [breaks_of(who, own, market.slots) for who, own in zip(people, busy, strict=True)]
        if market.fairness is not None and max(breaks) > market.fairness:
            continue
        trial = replace(one, slot=slot, table=None)
        near = neighbours(market, trial, agendas(market, [*kept, trial]))
        for table in range(len(market.tables)) if bound is None else (bound,):
            if (slot, table) in taken or slot in market.tables[table].closed:
                continue
            if all(reached(market, near_one, slot, table, table_of) for near_one in near):
                if best is None or sum(breaks) < best[0]:
                    best = sum(breaks), replace(trial, table=table)
                break
    return best[1] if best else None


def reached(
    market: Market,
    near: tuple[int, int, int],
    slot: int,
    table: int,
    table_of: dict[int, int | None],
) -> bool:
    """Whether one can walk between a table in a slot and the meeting before or after it."""
    earlier, later, other = near
    there = table_of[other]
    if there is None:
        return True
    here_first = earlier == slot
    first, second = (table, there) if here_first else (there, table)
    return in_time(market, earlier, later, first, second)


def order_kept(market: Market, kept: Sequence[Placed], meeting: int, slot: int) -> bool:
    """Whether a meeting in this slot comes after all before it and before all after it."""
    slot_of = {one.meeting: one.slot for one in kept}
    earlier = market.meetings[meeting].after
    return all(slot_of.get(one, slot) < slot for one in earlier) and all(
        slot_of[one.meeting] > slot for one in kept if meeting in market.meetings[one.meeting].after
    )
