"""An event whose meetings are all mandatory, as clauses: who meets when, and how many breaks.

Literals
meets[m][t]    meeting m is held in slot t
busy[p][t]     p is in a meeting in t
done[p][t][k]  p has had k meetings or more when t ends; so that p's number of meetings, known in
               advance, bounds where the busy slots can be
gaps[p][j]     p has more than j breaks

What follows and is said all the same, because a solver would find it slowly: where meetings of p
have to be early or late, so many of p's busy slots are; a participant without breaks who has begun
goes on until the last meeting; meetings that differ only in a participant who has no other one are
held in the order of their numbers. Tables are counted over groups of meetings that share somebody,
of which one can be held at a time: the groups are far fewer than the meetings.

Source of the model: Bofill et al., JAIR 74 (2022), with busy slots counted as they propose.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hanse.engines.faults import Unfit
from hanse.engines.meetings.clauses import Formula, Literal, negated
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.measures import must


class NotProvable(Unfit):
    """An event with a rule that the clauses do not know; the message says which."""

    code = "not_provable"


@dataclass
class Encoding:
    """The clauses of an event, and which literals mean what. `possible`: a meeting has no slot."""

    formula: Formula
    people: list[tuple[int, ...]]
    meetings_of: list[list[int]]
    alike: list[list[int]]
    slots: list[frozenset[int]]
    meets: list[dict[int, int]] = field(default_factory=list)
    busy: list[dict[int, int]] = field(default_factory=list)
    gaps: list[list[int]] = field(default_factory=list)
    possible: bool = True

    def plan(self, model: Iterable[int]) -> tuple[int, ...]:
        """Slot by meeting in a model of the clauses."""
        true = set(model)
        return tuple(
            next(slot for slot, literal in held.items() if literal in true) for held in self.meets
        )

    def literals(self, plan: Sequence[int]) -> list[int] | None:
        """What is true in a plan, with meetings that are alike put in order; None: no plan."""
        slot_of = list(plan)
        for same in self.alike:
            for meeting, slot in zip(same, sorted(plan[one] for one in same), strict=True):
                slot_of[meeting] = slot
        if any(slot not in held for slot, held in zip(slot_of, self.meets, strict=True)):
            return None
        return [held[slot] for slot, held in zip(slot_of, self.meets, strict=True)]


def why_not_provable(market: Market) -> str | None:
    """The rule of the event that the clauses do not know; None: they know all."""
    reasons = {
        "a meeting is not mandatory": not all(
            must(market, number) for number in range(len(market.meetings))
        ),
        "several may sit for a side": any(
            len(side) != 1 for meeting in market.meetings for side in meeting.sides
        ),
        "a table is asked for": any(one.table is not None for one in market.meetings)
        or any(one.table is not None for one in market.participants),
        "rest after meetings in a row": any(
            one.most_in_a_row is not None for one in market.participants
        ),
        "time to walk": any(minutes for row in market.walking for minutes in row),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def encode(market: Market) -> Encoding:
    """All rules but fairness, and the breaks of each participant.

    Errors  NotProvable
    """
    if reason := why_not_provable(market):
        raise NotProvable(reason)
    people = [tuple(side[0] for side in meeting.sides) for meeting in market.meetings]
    meetings_of: list[list[int]] = [[] for _ in market.participants]
    for number, both in enumerate(people):
        for person in both:
            meetings_of[person].append(number)
    slots = [market.slots_for(number, both) for number, both in enumerate(people)]
    alike = alike_meetings(market, people, meetings_of, slots)
    encoding = Encoding(Formula(), people, meetings_of, alike, slots)
    after = [set(meeting.after) for meeting in market.meetings]
    for same in alike:
        for earlier, later in pairwise(same):
            after[later].add(earlier)
    narrow(encoding, after)
    if not all(encoding.slots):
        encoding.possible = False
        return encoding
    add_meetings(encoding, after)
    add_busy(encoding, len(market.slots))
    add_limits(encoding, market)
    add_tables(encoding, market)
    most = most_breaks(market, meetings_of)
    encoding.gaps = [
        add_breaks(encoding, market, person, most) for person in range(len(meetings_of))
    ]
    return encoding


def most_breaks(market: Market, meetings_of: Sequence[Sequence[int]]) -> int:
    """No participant has more in a plan that is fair."""
    possible = [max(0, len(meetings) - 1) for meetings in meetings_of]
    if market.fairness is None:
        return max(possible, default=0)
    return min(possible, default=0) + market.fairness


def alike_meetings(
    market: Market,
    people: Sequence[tuple[int, ...]],
    meetings_of: Sequence[Sequence[int]],
    slots: Sequence[frozenset[int]],
) -> list[list[int]]:
    """Rows of meetings that can change places: the same people but for some who have no other.

    Who has no other must be without limits, which might allow them one slot and not another.
    """
    ordered = {one for meeting in market.meetings for one in meeting.after}
    limited = [bool(one.most) or one.most_in_all is not None for one in market.participants]
    found: dict[tuple[tuple[int, ...], frozenset[int], bool], list[int]] = {}
    for number, both in enumerate(people):
        others = tuple(sorted(one for one in both if len(meetings_of[one]) > 1))
        if number in ordered or market.meetings[number].after or len(others) == len(both):
            continue
        if any(limited[one] for one in both if one not in others):
            continue
        if len(others) == 1:
            kind = (others, slots[number], market.at_table(both))
            found.setdefault(kind, []).append(number)
    return [same for same in found.values() if len(same) > 1]


def narrow(encoding: Encoding, after: Sequence[set[int]]) -> None:
    """Take away slots that a meeting with one slot left needs, or that an order rules out."""
    slots, changed = encoding.slots, True
    while changed and all(slots):
        changed = False
        for number, left in enumerate(slots):
            if len(left) == 1:
                for person in encoding.people[number]:
                    for other in encoding.meetings_of[person]:
                        if other != number and slots[other] & left:
                            slots[other] -= left
                            changed = True
            for earlier in after[number]:
                if slots[number] and slots[earlier]:
                    first, last = min(slots[earlier]), max(slots[number])
                    later = frozenset(slot for slot in slots[number] if slot > first)
                    sooner = frozenset(slot for slot in slots[earlier] if slot < last)
                    changed |= (later, sooner) != (slots[number], slots[earlier])
                    slots[number], slots[earlier] = later, sooner


def add_meetings(encoding: Encoding, after: Sequence[set[int]]) -> None:
    """Each meeting in one slot, and in the order that is asked for."""
    formula = encoding.formula
    encoding.meets = [{slot: formula.fresh() for slot in sorted(one)} for one in encoding.slots]
    by_end: dict[int, list[tuple[int, Literal]]] = {}
    in_order = {number for number, earlier in enumerate(after) if earlier}.union(*after)
    for number, held in enumerate(encoding.meets):
        formula.add(*held.values())
        if number in in_order:
            by_end[number] = add_order(formula, held)
        else:
            formula.at_most_one(held.values())
    for number, earlier in enumerate(after):
        for one in sorted(earlier):
            for slot, over in by_end[number]:
                formula.imply(over, value_at(by_end[one], slot - 1))


def add_order(formula: Formula, held: dict[int, int]) -> list[tuple[int, Literal]]:
    """(slot, literal "held in this slot or before") for each slot in which it can be held."""
    over: list[tuple[int, Literal]] = []
    before: Literal = False
    *early, last = held
    for slot in early:
        now = formula.fresh()
        formula.add(-held[slot], now)
        formula.imply(before, now)
        formula.imply(before, -held[slot])
        formula.add(-now, before, held[slot])
        over.append((slot, now))
        before = now
    formula.imply(before, -held[last])
    return [*over, (last, True)]


def value_at(over: Sequence[tuple[int, Literal]], slot: int) -> Literal:
    """The literal "held in this slot or before"."""
    return next((literal for one, literal in reversed(over) if one <= slot), False)


def add_busy(encoding: Encoding, slots: int) -> None:
    """A participant is busy in a slot if and only if in one of their meetings, and in one alone."""
    formula = encoding.formula
    for meetings in encoding.meetings_of:
        busy: dict[int, int] = {}
        for slot in range(slots):
            held = [encoding.meets[one][slot] for one in meetings if slot in encoding.meets[one]]
            if held:
                busy[slot] = formula.fresh()
                formula.add(-busy[slot], *held)
                for one in held:
                    formula.add(-one, busy[slot])
                formula.at_most_one(held)
        encoding.busy.append(busy)


def add_limits(encoding: Encoding, market: Market) -> None:
    """Most meetings of a participant in a session, and in all."""
    formula = encoding.formula
    for busy, person in zip(encoding.busy, market.participants, strict=True):
        for session, most in sorted(person.most.items()):
            inside = [one for slot, one in busy.items() if market.slots[slot].session == session]
            formula.at_most(inside, most)
        if person.most_in_all is not None:
            formula.at_most(list(busy.values()), person.most_in_all)


def add_tables(encoding: Encoding, market: Market) -> None:
    """No more meetings in a slot than tables, said twice.

    Groups of meetings are few where few people meet many; that the busy participants of a slot are
    no more than the seats speaks of the same literals as the breaks do.
    """
    formula = encoding.formula
    seated = [market.at_table(both) for both in encoding.people]
    for slot, tables in enumerate(market.open_tables):
        held = {
            number: literals[slot]
            for number, literals in enumerate(encoding.meets)
            if slot in literals and seated[number]
        }
        if len(held) <= tables:
            continue
        sides = max(len(encoding.people[number]) for number in held)
        busy = {
            person: own[slot]
            for person, own in enumerate(encoding.busy)
            if slot in own and all(seated[number] for number in encoding.meetings_of[person])
        }
        formula.at_most(groups_of(formula, encoding.people, held, busy), tables)
        formula.at_most(list(busy.values()), sides * tables)


def groups_of(
    formula: Formula,
    people: Sequence[tuple[int, ...]],
    held: Mapping[int, int],
    busy: Mapping[int, int] | None = None,
) -> list[int]:
    """Literals "one of these meetings is held", for groups that share somebody; few, by greed.

    Takes   held: by meeting the literal that it is held, in one slot
            busy: by participant the literal that they are in a meeting in it, which stands for the
            group of all their meetings: the clauses of tables and of breaks then speak of the same
    """
    left, found = set(held), []
    whole = Counter(person for number in held for person in people[number])
    while left:
        groups: dict[int, list[int]] = {}
        for number in sorted(left):
            for person in people[number]:
                groups.setdefault(person, []).append(number)
        person = max(groups, key=lambda one: (len(groups[one]), -one))
        group = groups[person]
        left.difference_update(group)
        known = (busy or {}).get(person) if len(group) == whole[person] else None
        found.append(known or int(formula.any_of([held[one] for one in group])))
    return found


def add_breaks(encoding: Encoding, market: Market, person: int, most: int) -> list[int]:
    """Literals "more than 0 breaks", ..., "more than `most`", as far as there can be so many."""
    number = len(encoding.meetings_of[person])
    if number <= 1:
        return []
    done = add_done(encoding, person, len(market.slots))
    add_early_and_late(encoding, person, done)
    gaps: list[int] = []
    for ends in add_gap_ends(encoding, market, person):
        gaps = count_on(encoding.formula, gaps, ends, min(number - 1, most + 1))
    rests = market.participants[person].rest
    if gaps and not rests and len({slot.day for slot in market.slots}) == 1:
        for now, then in pairwise(done):
            for already in range(1, number):
                encoding.formula.add(gaps[0], negated(now[already]), then[already + 1])
    return gaps


def add_done(encoding: Encoding, person: int, slots: int) -> list[list[Literal]]:
    """By slot and k, "k meetings or more when it ends"; constants where that is known."""
    formula, busy = encoding.formula, encoding.busy[person]
    number = len(encoding.meetings_of[person])
    before: list[Literal] = [True, *[False] * (number + 1)]
    rows: list[list[Literal]] = []
    for slot in range(slots):
        if slot not in busy:
            rows.append(before)
            continue
        to_come = sum(later > slot for later in busy)
        now: list[Literal] = [True]
        for k in range(1, number + 1):
            possible = before[k] is not False or before[k - 1] is not False
            now.append(number - to_come >= k or (possible and formula.fresh()))
        now.append(False)
        for k in range(1, number + 2):
            formula.imply(before[k], now[k])
            formula.add(negated(before[k - 1]), -busy[slot], now[k])
            formula.imply(now[k], before[k], before[k - 1])
            formula.imply(now[k], before[k], busy[slot])
        rows.append(now)
        before = now
    return rows


def add_early_and_late(encoding: Encoding, person: int, done: list[list[Literal]]) -> None:
    """Meetings that all lie between two slots make as many slots there busy."""
    formula, number = encoding.formula, len(encoding.meetings_of[person])
    spans = [
        (min(encoding.meets[one]), max(encoding.meets[one])) for one in encoding.meetings_of[person]
    ]
    for slot in range(len(done)):
        over = sum(last <= slot for _, last in spans)
        to_come = sum(first > slot for first, _ in spans)
        formula.add(done[slot][over])
        formula.add(negated(done[slot][number - to_come + 1]))
    for first, last in sorted(set(spans)):
        inside = sum(first <= one and other <= last for one, other in spans)
        for k in range(1, number + 1):
            if first > 0:
                formula.imply(done[first - 1][k], done[last][min(k + inside, number + 1)])


def add_gap_ends(encoding: Encoding, market: Market, person: int) -> list[Literal]:
    """Literals "a break ends where this slot begins", for the slots in which one can."""
    formula, busy = encoding.formula, encoding.busy[person]
    rest = market.participants[person].rest
    ends: list[Literal] = []
    begun: Literal = False  # somewhere on this day
    row: Literal = False  # the slot before was busy, or a rest that follows one that was
    for slot, where in enumerate(market.slots):
        if slot and where.day != market.slots[slot - 1].day:
            begun = row = False
        if slot in busy:
            if begun is not False:
                end = formula.fresh()
                formula.add(-busy[slot], row, negated(begun), end)
                formula.add(-end, busy[slot])
                formula.imply(row, -end)
                formula.add(-end, begun)
                ends.append(end)
            row = either(formula, busy[slot], row) if slot in rest else busy[slot]
            begun = either(formula, begun, busy[slot])
        elif slot not in rest:
            row = False
    return ends


def either(formula: Formula, one: Literal, other: Literal) -> Literal:
    """A literal that is true if one of the two is."""
    return formula.any_of([literal for literal in (one, other) if literal is not False])


def count_on(formula: Formula, sofar: list[int], event: Literal, most: int) -> list[int]:
    """Literals "more than j" of a count that goes on by one event, `most` of them at most."""
    known: list[Literal] = [True, *sofar, False]
    now: list[int] = []
    for j in range(1, min(len(known), most + 1)):
        more = formula.fresh()
        formula.imply(known[j], more)
        formula.add(negated(known[j - 1]), negated(event), more)
        formula.add(-more, known[j], event)
        formula.add(-more, known[j], known[j - 1])
        now.append(more)
    return now


def fairness_rules(encoding: Encoding, fairness: int | None) -> list[list[list[int]]]:
    """By participant the clauses "no more breaks than the fewest of anybody and `fairness`"."""
    if fairness is None:
        return [[] for _ in encoding.gaps]
    formula = encoding.formula
    floor = [formula.fresh() for _ in range(min(map(len, encoding.gaps), default=0))]
    for j, all_have_more in enumerate(floor):
        formula.clauses.extend([-all_have_more, gaps[j]] for gaps in encoding.gaps)
    return [
        [[-gaps[j], *floor[j - fairness : j - fairness + 1]] for j in range(fairness, len(gaps))]
        for gaps in encoding.gaps
    ]
