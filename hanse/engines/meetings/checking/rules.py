"""Which rules a plan breaks, each fault with the numbers that it is about."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hanse.engines.meetings.checking.ground import Ground
from hanse.engines.meetings.checking.values import breaks_of
from hanse.engines.meetings.findings import Finding, finding
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.timetable import Status, Timetable


def misnumbered(market: Market, plan: Timetable) -> Iterator[Finding]:
    """Numbers that name nothing, and meetings that the plan answers more than once."""
    people, meetings = range(len(market.participants)), range(len(market.meetings))
    for one in plan.meetings:
        if one.meeting not in meetings or one.slot not in range(len(market.slots)):
            yield finding("unknown_place", meeting=one.meeting, slot=one.slot)
        elif one.table is not None and one.table not in range(len(market.tables)):
            yield finding("unknown_table", meeting=one.meeting, table=one.table)
        elif any(person not in people for person in one.participants):
            yield finding("unknown_people", meeting=one.meeting, people=one.participants)
    if plan.bound is not None:
        for certificate in (plan.bound.weight_certificate, plan.bound.held_certificate):
            if unknown := [person for person in certificate.prices if person not in people]:
                yield finding("unknown_prices", people=unknown[:5])
    if plan.clash and (unknown := [one for one in plan.clash.meetings if one not in meetings]):
        yield finding("unknown_clash", meetings=unknown[:5])
    answered = Counter(one.meeting for one in plan.meetings)
    answered.update(one.meeting for one in plan.unscheduled)
    for number, count in answered.items():
        if number not in meetings:
            yield finding("unknown_meeting", meeting=number)
        elif count > 1:
            yield finding("answered_often", meeting=number, count=count)


def broken(ground: Ground) -> Iterator[Finding]:
    """Every rule of the event that the plan does not keep."""
    seated = Counter(
        (person, one.slot) for one in ground.plan.meetings for person in one.participants
    )
    for (person, slot), count in seated.items():
        if count > 1:
            yield finding("person_twice", person=person, count=count, slot=slot)
    for (slot, table), count in ground.used.items():
        if count > 1 and table is not None:
            yield finding("table_twice", table=table, count=count, slot=slot)
    for one in ground.plan.meetings:
        yield from misplaced(ground, one)
    for person, at in enumerate(ground.at):
        yield from filter(None, (ground.exceeds(person, at), *hurried(ground, person)))
    if ground.plan.status in (Status.OPTIMAL, Status.FEASIBLE):
        yield from unanswered(ground)
        yield from short(ground)
    if ground.plan.status == Status.INFEASIBLE and ground.plan.meetings:
        yield finding("held_though_impossible")
    breaks = [breaks_of(ground, person) for person in range(len(ground.at))]
    most = ground.market.fairness
    if most is not None and breaks and max(breaks) - min(breaks) > most:
        yield finding("fairness", count=max(breaks) - min(breaks), most=most)


def misplaced(ground: Ground, one: Placed) -> Iterator[Finding]:
    """What is wrong with where a meeting is and who sits in it."""
    market = ground.market
    wanted = market.meetings[one.meeting]
    if len(one.participants) != len(wanted.sides) or any(
        person not in side for person, side in zip(one.participants, wanted.sides, strict=False)
    ):
        yield finding("sides", meeting=one.meeting, people=one.participants)
        return
    if one.slot not in ground.possible(one.meeting, one.participants):
        yield finding("slot", meeting=one.meeting, slot=one.slot)
    if ground.sits(one.participants) != (one.table is not None):
        yield finding("table_or_online", meeting=one.meeting)
    elif one.table is not None and one.table not in ground.tables(one.meeting, one.participants):
        yield finding("table", meeting=one.meeting, table=one.table)
    elif one.table is not None and one.slot in market.tables[one.table].closed:
        yield finding("table_closed", meeting=one.meeting, table=one.table, slot=one.slot)
    for before in wanted.after:
        if before not in ground.held or ground.held[before].slot >= one.slot:
            yield finding("order", meeting=one.meeting, before=before)


def hurried(ground: Ground, person: int) -> Iterator[Finding]:
    """Ways that are longer than the time between two meetings."""
    for earlier, later in pairwise(sorted(ground.at[person])):
        ends, starts = ground.market.slots[earlier].end, ground.market.slots[later].start
        minutes = ground.way(person, earlier, later)
        if ends is not None and starts is not None and minutes > starts - ends:
            yield finding("walk", person=person, minutes=minutes, slot=earlier, left=starts - ends)


def unanswered(ground: Ground) -> Iterator[Finding]:
    """Meetings of which the plan says nothing, and mandatory ones that it does not hold."""
    explained = {one.meeting for one in ground.plan.unscheduled}
    for number, wanted in enumerate(ground.market.meetings):
        if number in ground.held:
            continue
        if number not in explained:
            yield finding("unexplained", meeting=number)
        if wanted.mandatory or wanted.slot is not None:
            yield finding("mandatory", meeting=number)


def short(ground: Ground) -> Iterator[Finding]:
    """Parties of newcomers with fewer meetings than they are guaranteed."""
    market = ground.market
    if not market.newcomers:
        return
    wishes: dict[int, set[int]] = {}
    for number, one in enumerate(market.meetings):
        for side in one.sides:
            wishes.setdefault(market.party_of(side[0]), set()).add(number)
    for party in {
        market.party_of(one) for one, who in enumerate(market.participants) if who.newcomer
    }:
        wanted = wishes.get(party, set())
        held = len(wanted & ground.held.keys())
        if held < min(market.newcomers, len(wanted)):
            yield finding("newcomers", party=party, count=held, least=market.newcomers)
