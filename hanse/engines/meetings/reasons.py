"""Why a meeting is not held, as far as the plan shows it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hanse.engines.meetings.limits import within_limits
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.tables import agendas, bound_table
from hanse.engines.meetings.timetable import Reason, Unheld


@dataclass(frozen=True)
class Way:
    """One way in which a meeting could have been held, and what stands in it.

    kept_out   participants who are in another meeting in the slot, or would break a limit
    meetings   the other meetings of those
    limits     whether a limit is among it, so that not only these meetings stand in the way
    full       whether no table that it may use is left
    """

    participants: tuple[int, ...]
    slot: int
    kept_out: frozenset[int]
    meetings: frozenset[int]
    limits: bool
    full: bool


@dataclass(frozen=True)
class Plan:
    """A plan as it is looked up: who is where, which tables are taken."""

    market: Market
    held: dict[int, Placed]
    agenda: list[dict[int, int]]
    taken: list[dict[int, int]]  # by slot: the meeting at each table
    staying: frozenset[int]


def reasons(market: Market, plan: Sequence[Placed]) -> tuple[Unheld, ...]:
    """Every meeting that is not held, with the first of the reasons that is true of the plan.

    Order     no_common_slot, pinned_clash, participant_full, tables_full, displaces_heavier,
              not_proven
    """
    taken: list[dict[int, int]] = [{} for _ in market.slots]
    for one in plan:
        if one.table is not None:
            taken[one.slot][one.table] = one.meeting
    held = {one.meeting: one for one in plan}
    view = Plan(market, held, agendas(market, plan), taken, those_staying(market, plan))
    return tuple(
        why_unheld(view, number)
        for number in range(len(market.meetings))
        if number not in view.held
    )


def why_unheld(plan: Plan, meeting: int) -> Unheld:
    """The reason for one meeting.

    no_common_slot     no seating has a slot in common
    pinned_clash       in each slot of each seating somebody is in a pinned meeting; detail: those
    participant_full   in each slot of each seating the participant of one and the same side is in a
                       meeting or would break a limit; detail: the participants of that side
    tables_full        some slot finds a seating idle and within its limits, and in each such slot
                       all tables that it may use are taken; detail: those slots
    displaces_heavier  in each slot of each seating the meetings that those who sit have there, or
                       where they are idle the lightest one at a table that it may use, weigh at
                       least as much together, or one of them is mandatory, pinned or must come
                       before a held one; detail: the meetings that are in the way at least cost
    not_proven         none of these: a limit, a precedence or the fairness stands in some way
    """
    found = list(ways(plan, meeting))
    if not found:
        return Unheld(meeting, Reason.NO_COMMON_SLOT)
    pinned = [pinned_ones(plan, way) for way in found]
    if all(pinned):
        clashes = frozenset.union(*pinned)
        return Unheld(meeting, Reason.PINNED_CLASH, tuple(sorted(clashes)))
    for number, side in enumerate(plan.market.meetings[meeting].sides):
        if all(way.participants[number] in way.kept_out for way in found):
            return Unheld(meeting, Reason.PARTICIPANT_FULL, tuple(sorted(side)))
    idle = [way for way in found if not way.kept_out]
    if idle and all(way.full for way in idle):
        slots = tuple(sorted({way.slot for way in idle}))
        return Unheld(meeting, Reason.TABLES_FULL, slots)
    prices = [price(plan, meeting, way) for way in found]
    weight = plan.market.meetings[meeting].weight
    if all(one is None or one[0] >= weight for one in prices):
        known = [one for one in prices if one is not None]
        return Unheld(meeting, Reason.DISPLACES_HEAVIER, min(known)[1] if known else ())
    return Unheld(meeting, Reason.NOT_PROVEN)


def ways(plan: Plan, meeting: int) -> Iterator[Way]:
    """Every seating and slot in which a meeting could be held if nothing else were."""
    market = plan.market
    for participants in market.seatings(meeting):
        if len(set(participants)) < len(participants):
            continue
        tabled = market.at_table(participants)
        bound = bound_table(market, meeting, participants) if tabled else None
        for slot in sorted(market.slots_for(meeting, participants)):
            out, others, limits = set(), set(), False
            for person in participants:
                busy = plan.agenda[person]
                if slot in busy:
                    out.add(person)
                    others.add(busy[slot])
                elif not within_limits(market, market.participants[person], sorted([*busy, slot])):
                    out.add(person)
                    limits = True
            taken = plan.taken[slot]
            full = tabled and (
                len(taken) >= market.open_tables[slot] if bound is None else bound in taken
            )
            yield Way(participants, slot, frozenset(out), frozenset(others), limits, full)


def pinned_ones(plan: Plan, way: Way) -> frozenset[int]:
    """The pinned meetings in a way."""
    return frozenset(one for one in way.meetings if plan.market.meetings[one].slot is not None)


def price(plan: Plan, meeting: int, way: Way) -> tuple[int, tuple[int, ...]] | None:
    """What a direct exchange costs: the weight of the meetings that would leave, and their numbers.

    None where one of them cannot leave. 0 where nothing that could leave would make room.
    """
    market = plan.market
    leaving = set(way.meetings)
    if way.limits:
        return 0, ()
    if way.full:
        bound = bound_table(market, meeting, way.participants)
        at_table = [one for table, one in plan.taken[way.slot].items() if bound in (None, table)]
        if not leaving.intersection(at_table):
            leaving.add(lightest(plan, at_table))
    if leaving & plan.staying:
        return None
    return sum(market.meetings[one].weight for one in leaving), tuple(sorted(leaving))


def lightest(plan: Plan, meetings: Sequence[int]) -> int:
    """The lightest of some held meetings, one that can leave if there is one."""
    weights = plan.market.meetings
    return min(meetings, key=lambda one: (one in plan.staying, weights[one].weight, one))


def those_staying(market: Market, plan: Sequence[Placed]) -> frozenset[int]:
    """Held meetings that cannot leave: mandatory, pinned, or before another held one."""
    found: set[int] = set()
    for one in plan:
        wanted = market.meetings[one.meeting]
        found.update(wanted.after)
        if wanted.mandatory or wanted.slot is not None:
            found.add(one.meeting)
    return frozenset(found)
