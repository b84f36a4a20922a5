"""Random events whose meetings must all be held, and every plan of them in its plainest form."""

from collections import Counter
from dataclasses import replace

from hypothesis import strategies as st

from hanse.engines.meetings.measures import breaks_of
from hanse.engines.meetings.tests.events import events


@st.composite
def mandatory_events(draw, *, most_people=6, most_slots=5, most_meetings=7):
    """Markets with every rule that the solver knows."""
    market = draw(
        events(most_people=most_people, most_slots=most_slots, most_meetings=most_meetings)
    )
    people = tuple(replace(one, table=None, most_in_a_row=None) for one in market.participants)
    meetings = tuple(
        replace(one, mandatory=True, table=None, sides=tuple(side[:1] for side in one.sides))
        for one in market.meetings
    )
    fairness = draw(st.none() | st.integers(0, 2))
    return replace(
        market, participants=people, meetings=meetings, walking=(), fairness=fairness, newcomers=0
    )


def only(market, numbers):
    """The event with these meetings alone; those to be held before them count if they are there."""
    place = {number: at for at, number in enumerate(numbers)}
    meetings = tuple(
        replace(one, after=tuple(place[before] for before in one.after if before in place))
        for one in (market.meetings[number] for number in numbers)
    )
    return replace(market, meetings=meetings)


def plans_of(market):
    """Every way to hold all meetings: slot by meeting; fairness is left aside."""
    people = [tuple(side[0] for side in one.sides) for one in market.meetings]

    def fits(slots, slot):
        number = len(slots)
        same = [one for one, other in enumerate(slots) if other == slot]
        if any(set(people[one]) & set(people[number]) for one in same):
            return False
        seated = sum(market.at_table(people[one]) for one in [*same, number])
        return not market.at_table(people[number]) or seated <= market.open_tables[slot]

    def go_on(slots):
        if len(slots) == len(people):
            if in_order(market, slots) and within_limits(market, people, slots):
                yield slots
            return
        for slot in sorted(market.slots_for(len(slots), people[len(slots)])):
            if fits(slots, slot):
                yield from go_on((*slots, slot))

    return go_on(())


def in_order(market, slots):
    return all(
        slots[before] < slots[number]
        for number, one in enumerate(market.meetings)
        for before in one.after
    )


def within_limits(market, people, slots):
    for number, one in enumerate(market.participants):
        own = [slot for slot, who in zip(slots, people, strict=True) if number in who]
        sessions = Counter(market.slots[slot].session for slot in own)
        if any(count > one.most.get(session, count) for session, count in sessions.items()):
            return False
        if one.most_in_all is not None and len(own) > one.most_in_all:
            return False
    return True


def breaks_in(market, slots):
    """Breaks by participant."""
    people = [tuple(side[0] for side in one.sides) for one in market.meetings]
    return [
        breaks_of(
            one,
            [slot for slot, who in zip(slots, people, strict=True) if number in who],
            market.slots,
        )
        for number, one in enumerate(market.participants)
    ]


def is_fair(market, slots):
    breaks = breaks_in(market, slots)
    return market.fairness is None or max(breaks) - min(breaks) <= market.fairness


def fewest_by_trying(market):
    """The fewest breaks over all plans within the rules; None where there is no plan."""
    return min(
        (sum(breaks_in(market, slots)) for slots in plans_of(market) if is_fair(market, slots)),
        default=None,
    )
