"""Which rules a plan breaks, each fault in words that name the numbers."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hanse.engines.meetings.checking.ground import Ground
from hanse.engines.meetings.checking.values import breaks_of
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.timetable import Status, Timetable


def misnumbered(market: Market, plan: Timetable) -> Iterator[str]:
    """Numbers that name nothing, and meetings that the plan answers more than once."""
    people, meetings = range(len(market.participants)), range(len(market.meetings))
    for one in plan.meetings:
        if one.meeting not in meetings or one.slot not in range(len(market.slots)):
            yield f"meeting {one.meeting} in slot {one.slot}: no such meeting or slot"
        elif one.table is not None and one.table not in range(len(market.tables)):
            yield f"meeting {one.meeting}: there is no table {one.table}"
        elif any(person not in people for person in one.participants):
            yield f"meeting {one.meeting}: unknown participants {one.participants}"
    if plan.bound is not None:
        for certificate in (plan.bound.weight_certificate, plan.bound.held_certificate):
            if unknown := [person for person in certificate.prices if person not in people]:
                yield f"a certificate has prices of unknown participants {unknown[:5]}"
    if plan.clash and (unknown := [one for one in plan.clash.meetings if one not in meetings]):
        yield f"the clash names unknown meetings {unknown[:5]}"
    answered = Counter(one.meeting for one in plan.meetings)
    answered.update(one.meeting for one in plan.unscheduled)
    for number, count in answered.items():
        if number not in meetings:
            yield f"there is no meeting {number}"
        elif count > 1:
            yield f"meeting {number} is answered {count} times"


def broken(ground: Ground) -> Iterator[str]:
    """Every rule of the event that the plan does not keep."""
    seated = Counter(
        (person, one.slot) for one in ground.plan.meetings for person in one.participants
    )
    for (person, slot), count in seated.items():
        if count > 1:
            yield f"participant {person} is in {count} meetings in slot {slot}"
    for (slot, table), count in ground.used.items():
        if count > 1 and table is not None:
            yield f"table {table} is taken {count} times in slot {slot}"
    for one in ground.plan.meetings:
        yield from (f"meeting {one.meeting}: {fault}" for fault in misplaced(ground, one))
    for person, at in enumerate(ground.at):
        if fault := ground.exceeds(person, at):
            yield f"participant {person}: {fault}"
        yield from (f"participant {person}: {fault}" for fault in hurried(ground, person))
    if ground.plan.status in (Status.OPTIMAL, Status.FEASIBLE):
        yield from unanswered(ground)
        yield from short(ground)
    if ground.plan.status == Status.INFEASIBLE and ground.plan.meetings:
        yield "no plan is said to be possible, and meetings are held"
    breaks = [breaks_of(ground, person) for person in range(len(ground.at))]
    most = ground.market.fairness
    if most is not None and breaks and max(breaks) - min(breaks) > most:
        yield f"breaks differ by {max(breaks) - min(breaks)}, at most {most}"


def misplaced(ground: Ground, one: Placed) -> Iterator[str]:
    """What is wrong with where a meeting is and who sits in it."""
    market = ground.market
    wanted = market.meetings[one.meeting]
    if len(one.participants) != len(wanted.sides) or any(
        person not in side for person, side in zip(one.participants, wanted.sides, strict=False)
    ):
        yield f"{one.participants} are not one of each side"
        return
    if one.slot not in ground.possible(one.meeting, one.participants):
        yield f"slot {one.slot} is not one that its participants have for it"
    if ground.sits(one.participants) != (one.table is not None):
        yield "a table for people who are online, or none for people on site"
    elif one.table is not None and one.table not in ground.tables(one.meeting, one.participants):
        yield f"table {one.table} is not theirs"
    elif one.table is not None and one.slot in market.tables[one.table].closed:
        yield f"table {one.table} is closed in slot {one.slot}"
    for before in wanted.after:
        if before not in ground.held or ground.held[before].slot >= one.slot:
            yield f"meeting {before} is not held before it"


def hurried(ground: Ground, person: int) -> Iterator[str]:
    """Ways that are longer than the time between two meetings."""
    for earlier, later in pairwise(sorted(ground.at[person])):
        ends, starts = ground.market.slots[earlier].end, ground.market.slots[later].start
        minutes = ground.way(person, earlier, later)
        if ends is not None and starts is not None and minutes > starts - ends:
            yield f"{minutes} minutes to walk after slot {earlier}, and {starts - ends} to do it in"


def unanswered(ground: Ground) -> Iterator[str]:
    """Meetings of which the plan says nothing, and mandatory ones that it does not hold."""
    explained = {one.meeting for one in ground.plan.unscheduled}
    for number, wanted in enumerate(ground.market.meetings):
        if number in ground.held:
            continue
        if number not in explained:
            yield f"meeting {number} is neither held nor explained"
        if wanted.mandatory or wanted.slot is not None:
            yield f"meeting {number} is mandatory and not held"


def short(ground: Ground) -> Iterator[str]:
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
            yield f"newcomers of party {party} have {held} meetings, at least {market.newcomers}"
