"""The objectives of a plan, counted by the checker's own code."""

from fractions import Fraction
from itertools import pairwise

from hanse.engines.meetings.checking.ground import Ground
from hanse.engines.meetings.timetable import Values


def breaks_of(ground: Ground, person: int) -> int:
    """Idle gaps between the meetings of one participant; see `measures.breaks_of`."""
    who, busy = ground.market.participants[person], sorted(ground.at[person])
    found = 0
    for place, (earlier, later) in enumerate(pairwise(busy)):
        between = set(range(earlier + 1, later))
        if ground.day(earlier) != ground.day(later) or not between - who.rest:
            continue
        row = [slot for slot in busy[: place + 1] if ground.day(slot) == ground.day(earlier)]
        length = 1
        while length < len(row) and row[-1 - length] == earlier - length:
            length += 1
        found += not (len(between) == 1 and length == who.most_in_a_row)
    return found


def values_of(ground: Ground) -> Values:
    """All objectives; see `timetable.Values`."""
    market, held = ground.market, ground.held.keys()
    must = {
        number
        for number, one in enumerate(market.meetings)
        if one.mandatory or one.slot is not None
    }
    changes = walking = 0
    for person, at in enumerate(ground.at):
        for earlier, later in pairwise(sorted(at)):
            tables = at[earlier].table, at[later].table
            same_day = ground.day(earlier) == ground.day(later)
            changes += same_day and None not in tables and tables[0] != tables[1]
            walking += ground.way(person, earlier, later)
    before = {(one.meeting, one.slot, one.table) for one in market.published}
    after = {(one.meeting, one.slot, one.table) for one in ground.plan.meetings}
    return Values(
        mandatory=len(must & held),
        weight=sum(market.meetings[number].weight for number in held),
        held=len(held),
        least_share=least_share(ground),
        breaks=sum(breaks_of(ground, person) for person in range(len(ground.at))),
        changes=changes,
        walking=walking,
        distance=len({meeting for meeting, _slot, _table in before ^ after}),
    )


def least_share(ground: Ground) -> Fraction:
    """Smallest share of its meetings that a party has held."""
    wishes: dict[tuple[str, int], set[int]] = {}
    for number, one in enumerate(ground.market.meetings):
        for side in one.sides:
            party = ground.market.participants[side[0]].party
            who = ("alone", side[0]) if party is None else ("party", party)
            wishes.setdefault(who, set()).add(number)
    shares = (Fraction(len(ones & ground.held.keys()), len(ones)) for ones in wishes.values())
    return min(shares, default=Fraction(1))
