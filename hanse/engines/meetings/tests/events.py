"""Random events with all that a market knows, and rules in their plainest form."""

from collections import Counter
from itertools import pairwise

from hypothesis import strategies as st

from hanse.engines.meetings.market import Market, Meeting, Participant, Placed, Slot, Table
from hanse.engines.meetings.measures import breaks_of


def pairs(count, slots, tables, wishes, **terms):
    """An event of pairs: everybody free in all slots."""
    return Market(
        slots=tuple(Slot() for _ in range(slots)),
        tables=tuple(Table() for _ in range(tables)),
        participants=tuple(Participant(free=frozenset(range(slots))) for _ in range(count)),
        meetings=tuple(Meeting(sides=tuple((one,) for one in who)) for who in wishes),
        **terms,
    )


@st.composite
def events(draw, *, most_people=7, most_slots=6, most_meetings=10, plain=False):
    """Markets of a few people; every rule occurs in some of them unless they are to be plain."""
    chance = st.booleans() if not plain else st.just(False)
    rarely = st.integers(0, 4).map(lambda number: number == 0) if not plain else st.just(False)
    count = draw(st.integers(2, most_people))
    size = draw(st.integers(1, most_slots))
    days = draw(st.integers(1, 2)) if not plain else 1
    numbers = st.integers(0, size - 1)
    clock = draw(chance)
    slots = tuple(
        Slot(
            session=slot * 2 // size,
            day=slot * days // size,
            start=slot * 20 if clock else None,
            end=slot * 20 + 15 if clock else None,
            onsite=not draw(rarely),
            online=not draw(rarely),
        )
        for slot in range(size)
    )
    tables = tuple(
        Table(place=draw(st.integers(0, 1)), closed=draw(st.frozensets(numbers, max_size=1)))
        for _ in range(draw(st.integers(0 if not plain else 1, 3)))
    )
    limit = st.none() | st.integers(0, 3)
    people = tuple(
        Participant(
            free=draw(st.frozensets(numbers, min_size=size // 2)),
            party=draw(st.none() | st.integers(0, 2)) if not plain else None,
            most=draw(st.dictionaries(st.integers(0, 1), st.integers(0, 3), max_size=1))
            if draw(rarely)
            else {},
            most_in_all=draw(limit) if draw(rarely) else None,
            most_in_a_row=draw(st.integers(1, 3)) if draw(rarely) else None,
            rest=draw(st.frozensets(numbers, max_size=2)) if draw(rarely) else frozenset(),
            table=draw(st.integers(0, len(tables) - 1)) if tables and draw(rarely) else None,
            online=draw(rarely),
            newcomer=draw(rarely),
        )
        for _ in range(count)
    )
    meetings = []
    for number in range(draw(st.integers(0, most_meetings))):
        sides = 3 if count > 2 and draw(rarely) else 2
        who = draw(st.permutations(range(count)))
        own = [(one,) for one in who[:sides]]
        if len(who) > sides and draw(rarely):
            own[0] = tuple(sorted((who[0], who[sides])))
        meetings.append(
            Meeting(
                sides=tuple(own),
                weight=draw(st.integers(1, 4)) if draw(chance) else 1,
                mandatory=draw(rarely) and draw(rarely),
                slot=draw(numbers) if draw(rarely) and draw(rarely) else None,
                table=draw(st.integers(0, len(tables) - 1)) if tables and draw(rarely) else None,
                within=draw(st.frozensets(numbers, min_size=1)) if draw(rarely) else None,
                after=(draw(st.integers(0, number - 1)),) if number and draw(rarely) else (),
            )
        )
    return Market(
        slots=slots,
        tables=tables,
        participants=people,
        meetings=tuple(meetings),
        walking=((0, 10), (10, 0)) if clock and draw(chance) else (),
        fairness=draw(st.integers(0, 2)) if draw(rarely) else None,
        newcomers=draw(st.integers(0, 2)),
    )


def broken_rules(market, plan):
    """Names of the rules that a plan breaks, each looked at one by one."""
    found = set()
    slot_of = {one.meeting: one.slot for one in plan}
    if len(slot_of) < len(plan):
        found.add("held twice")
    at = Counter((person, one.slot) for one in plan for person in one.participants)
    if any(count > 1 for count in at.values()):
        found.add("two meetings at once")
    places = Counter((one.table, one.slot) for one in plan if one.table is not None)
    if any(count > 1 for count in places.values()):
        found.add("two meetings at a table")
    for one in plan:
        found |= broken_by_meeting(market, one, slot_of)
    if any(
        (meeting.mandatory or meeting.slot is not None) and number not in slot_of
        for number, meeting in enumerate(market.meetings)
    ):
        found.add("mandatory")
    breaks = []
    for number, person in enumerate(market.participants):
        own = sorted((one.slot, one.table) for one in plan if number in one.participants)
        busy = [slot for slot, _ in own]
        breaks.append(breaks_of(person, busy, market.slots))
        found |= broken_by_person(market, person, busy, own)
        party = market.party_of(number)
        wanted = market.wanted_by.get(party, [])
        if person.newcomer and sum(m in slot_of for m in wanted) < min(
            market.newcomers, len(wanted)
        ):
            found.add("newcomers")
    if market.fairness is not None and max(breaks) - min(breaks) > market.fairness:
        found.add("fairness")
    return found


def broken_by_meeting(market, one, slot_of):
    found = set()
    meeting, slot = market.meetings[one.meeting], market.slots[one.slot]
    people = [market.participants[person] for person in one.participants]
    if one.participants not in market.seatings(one.meeting):
        found.add("seating")
    if any(one.slot not in person.free for person in people):
        found.add("availability")
    if meeting.within is not None and one.slot not in meeting.within:
        found.add("session")
    if meeting.slot not in (None, one.slot):
        found.add("pinned slot")
    if any(person.online for person in people) and not slot.online:
        found.add("online")
    if all(person.online for person in people):
        if one.table is not None:
            found.add("table online")
    elif one.table is None or one.slot in market.tables[one.table].closed or not slot.onsite:
        found.add("no table")
    elif any(bound not in (None, one.table) for bound in (p.table for p in people)):
        found.add("host's table")
    elif meeting.table not in (None, one.table):
        found.add("pinned table")
    if any(slot_of.get(before, one.slot) >= one.slot for before in meeting.after):
        found.add("precedence")
    return found


def broken_by_person(market, person, busy, own):
    found = set()
    sessions = Counter(market.slots[slot].session for slot in busy)
    if any(count > person.most.get(session, count) for session, count in sessions.items()):
        found.add("most in a session")
    if person.most_in_all is not None and len(busy) > person.most_in_all:
        found.add("most in all")
    if person.most_in_a_row is not None:
        row = 0
        for slot in range(len(market.slots)):
            if slot and market.slots[slot].day != market.slots[slot - 1].day:
                row = 0
            row = row + 1 if slot in busy else 0
            if row > person.most_in_a_row:
                found.add("most in a row")
    for (earlier, here), (later, there) in pairwise(own):
        if not market.walking or here is None or there is None:
            continue
        first, second = market.slots[earlier], market.slots[later]
        minutes = market.walking[market.tables[here].place][market.tables[there].place]
        if first.day == second.day and minutes > second.start - first.end:
            found.add("walking")
    return found


def every_plan(market):
    """All plans within the rules, by trying everything, with a first table that is free."""
    plans = [()]
    for number in range(len(market.meetings)):
        more = []
        for plan in plans:
            for who in market.seatings(number):
                for slot in sorted(market.slots_for(number, who)):
                    if any(one.slot == slot and set(one.participants) & set(who) for one in plan):
                        continue
                    if sum(one.slot == slot for one in plan) < market.open_tables[slot]:
                        more.append((*plan, Placed(number, slot, None, who)))
        plans += more
    return plans
