"""The objectives of a plan, counted. The search counts with arrays; this is the definition."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

from hanse.engines.meetings.market import Market, Participant, Placed, Slot
from hanse.engines.meetings.timetable import Values


def breaks_of(person: Participant, busy: Iterable[int], slots: Sequence[Slot]) -> int:
    """Idle gaps of a participant: maximal groups of slots of one day between two of their meetings.

    A gap whose slots are all wanted for rest is none, nor is a gap of one slot after a row of
    `most_in_a_row` meetings. The length of a gap does not matter, nor does it whether the
    participant could have met in it.

    Formula   Σ over pairs (s, t) of meetings that follow each other on a day, t > s + 1, of
              [there is a slot between s and t outside rest, and not (t = s + 2 and the row
              that ends in s has most_in_a_row meetings)]
    Source    Bofill et al., JAIR 74 (2022): with neither rest nor limit, number of maximal rows - 1
    """
    held = sorted(busy)
    breaks, row = 0, 1
    for earlier, later in pairwise(held):
        if slots[earlier].day != slots[later].day:
            row = 1
        elif later == earlier + 1:
            row += 1
        else:
            idle = any(slot not in person.rest for slot in range(earlier + 1, later))
            rested = later == earlier + 2 and row == person.most_in_a_row
            breaks += idle and not rested
            row = 1
    return breaks


def values_of(market: Market, plan: Sequence[Placed]) -> Values:
    """All objectives of a plan, in their order."""
    held = {one.meeting for one in plan}
    by_person: list[dict[int, Placed]] = [{} for _ in market.participants]
    for one in plan:
        for person in one.participants:
            by_person[person][one.slot] = one
    changes, walking = moves(market, by_person)
    return Values(
        mandatory=sum(must(market, number) for number in held),
        weight=sum(market.meetings[number].weight for number in held),
        held=len(held),
        least_share=min(
            (
                Fraction(len(held.intersection(wanted)), len(wanted))
                for wanted in market.wanted_by.values()
            ),
            default=Fraction(1),
        ),
        breaks=sum(
            breaks_of(person, busy, market.slots)
            for person, busy in zip(market.participants, by_person, strict=True)
        ),
        changes=changes,
        walking=walking,
        distance=distance(market.published, plan),
    )


def must(market: Market, meeting: int) -> bool:
    """Whether a plan without it is none: mandatory, or pinned to a slot."""
    wanted = market.meetings[meeting]
    return wanted.mandatory or wanted.slot is not None


def moves(market: Market, by_person: Sequence[dict[int, Placed]]) -> tuple[int, int]:
    """Changes of table and minutes walked from a meeting to the next one of the same day."""
    changes = walking = 0
    for busy in by_person:
        for earlier, later in pairwise(sorted(busy)):
            here, there = busy[earlier].table, busy[later].table
            if market.slots[earlier].day != market.slots[later].day:
                continue
            if here is None or there is None:
                continue
            changes += here != there
            if market.walking:
                walking += market.walking[market.tables[here].place][market.tables[there].place]
    return changes, walking


def distance(published: Sequence[Placed], plan: Sequence[Placed]) -> int:
    """Meetings of either plan that the other does not hold in the same slot at the same table."""
    before = {one.meeting: (one.slot, one.table) for one in published}
    after = {one.meeting: (one.slot, one.table) for one in plan}
    return sum(before.get(one) != after.get(one) for one in before.keys() | after.keys())
