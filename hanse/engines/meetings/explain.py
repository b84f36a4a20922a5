"""Which meetings cannot all be held, found by searching where counting finds nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from hanse.engines.meetings.clauses import Formula
from hanse.engines.meetings.encoding import encode, fairness_rules, groups_of
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.measures import must
from hanse.engines.meetings.oracle import Budget, Cut, Oracle, smaller_core
from hanse.engines.meetings.timetable import Clash

TRY = 2_000  # conflicts spent on doing without one more meeting


def searched_clash(market: Market, budget: Budget) -> Clash:
    """A set of meetings that cannot all be held, in a market that is known to have no plan.

    Gives   kind "search", with the meetings and who is in them; without meetings when all could be
            held but for fairness: then participants who cannot all be treated so. `smallest` is
            false where a part might do, because the budget or the search ended before that was
            known
    """
    everything = Clash("search", tuple(range(len(market.meetings))), smallest=False)
    try:
        return clash_of_meetings(market, budget) or clash_of_fairness(market, budget) or everything
    except Cut:
        return everything


def clash_of_musts(market: Market, budget: Budget) -> Clash | None:
    """Meetings that must be held and cannot all be, where others may be left out; None: not seen.

    Only meetings in which nobody can take another's place are looked at, and only the rules that
    the clauses know: what cannot be kept then cannot be kept at all.
    """
    numbers = [
        number
        for number, meeting in enumerate(market.meetings)
        if must(market, number) and all(len(side) == 1 for side in meeting.sides)
    ]
    at = {number: place for place, number in enumerate(numbers)}
    musts = tuple(
        replace(meeting, after=tuple(at[one] for one in meeting.after if one in at))
        for meeting in map(market.meetings.__getitem__, numbers)
    )
    try:
        clash = clash_of_meetings(replace(market, meetings=musts, published=()), budget)
    except Cut:
        return None
    return clash and replace(clash, meetings=tuple(numbers[one] for one in clash.meetings))


def clash_of_meetings(market: Market, budget: Budget) -> Clash | None:
    """Meetings that no plan holds, fair or not; None: all can be held."""
    formula, held = plain_formula(market)
    number_of = {literal: number for number, literal in enumerate(held)}
    with Oracle(formula, budget) as oracle:
        if oracle.ask(held):
            return None
        core, sure = smallest_known(oracle)
    meetings = tuple(sorted(number_of[one] for one in core))
    people = {side[0] for one in meetings for side in market.meetings[one].sides}
    return Clash("search", meetings, tuple(sorted(people)), (), smallest=sure)


def clash_of_fairness(market: Market, budget: Budget) -> Clash | None:
    """Participants who cannot all have as few breaks as fairness asks for."""
    encoding = encode(market)
    fair: dict[int, int] = {}
    for person, rules in enumerate(fairness_rules(encoding, market.fairness)):
        if rules:
            fair[encoding.formula.fresh()] = person
            encoding.formula.clauses.extend([-encoding.formula.variables, *one] for one in rules)
    with Oracle(encoding.formula, budget) as oracle:
        if oracle.ask(list(fair)):
            return None
        core, sure = smallest_known(oracle)
    return Clash("search", (), tuple(sorted(fair[one] for one in core)), (), smallest=sure)


def smallest_known(oracle: Oracle) -> tuple[list[int], bool]:
    """The last core, made as small as the budget allows."""
    core = oracle.core()
    try:
        while oracle.ask(core, TRY) is False and len(oracle.core()) < len(core):
            core = oracle.core()
        return smaller_core(oracle, core, TRY, len(core))
    except Cut:
        return core, False


def plain_formula(market: Market) -> tuple[Formula, list[int]]:
    """The rules for the meetings that are held, and by meeting the literal that it is."""
    formula = Formula()
    people = [tuple(side[0] for side in meeting.sides) for meeting in market.meetings]
    held = [formula.fresh() for _ in people]
    meets: list[dict[int, int]] = []
    for number, both in enumerate(people):
        slots = sorted(market.slots_for(number, both))
        meets.append({slot: formula.fresh() for slot in slots})
        formula.add(-held[number], *meets[number].values())
        formula.at_most_one(meets[number].values())
    keep_order(formula, market, meets)
    for person in range(len(market.participants)):
        mine = [number for number, both in enumerate(people) if person in both]
        keep_limits(formula, market, person, [meets[one] for one in mine])
    for slot, tables in enumerate(market.open_tables):
        seated = {
            number: literals[slot]
            for number, literals in enumerate(meets)
            if slot in literals and market.at_table(people[number])
        }
        if len(seated) > tables:
            formula.at_most(groups_of(formula, people, seated), tables)
    return formula, held


def keep_order(formula: Formula, market: Market, meets: Sequence[Mapping[int, int]]) -> None:
    """No meeting in the slot of one that must be held before it, or in an earlier one."""
    for number, meeting in enumerate(market.meetings):
        for earlier in meeting.after:
            for (slot, late), (other, early) in product(
                meets[number].items(), meets[earlier].items()
            ):
                if other >= slot:
                    formula.add(-late, -early)


def keep_limits(
    formula: Formula, market: Market, person: int, mine: Sequence[Mapping[int, int]]
) -> None:
    """One meeting of a participant at a time, and no more than their limits allow."""
    limits = market.participants[person]
    for slot in range(len(market.slots)):
        formula.at_most_one([one[slot] for one in mine if slot in one])
    everywhere = [(slot, literal) for one in mine for slot, literal in one.items()]
    for session, most in sorted(limits.most.items()):
        inside = [one for slot, one in everywhere if market.slots[slot].session == session]
        formula.at_most(inside, most)
    if limits.most_in_all is not None:
        formula.at_most([literal for _, literal in everywhere], limits.most_in_all)
