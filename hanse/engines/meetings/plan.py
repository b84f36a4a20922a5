"""A plan for an event: bound, insertion, annealing, proof where it is small, tables, reasons."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from time import monotonic

import numpy as np

from hanse.engines.faults import WrongShape
from hanse.engines.meetings.arrays import (
    FIRST,
    NEED,
    PEOPLE,
    SIDES,
    Arrays,
    Seatings,
    arrays,
    seatings,
)
from hanse.engines.meetings.board import ALL_COST
from hanse.engines.meetings.bound import bound, fewest_breaks, most_meetings
from hanse.engines.meetings.clash import counting_clash
from hanse.engines.meetings.fairness import breaks_by_person, without_unfair
from hanse.engines.meetings.formats.event import digest
from hanse.engines.meetings.market import Market, Placed
from hanse.engines.meetings.measures import must, values_of
from hanse.engines.meetings.proof import Proof
from hanse.engines.meetings.proving import (
    ANNEALED,
    Allowed,
    clash_behind,
    is_for_solver,
    placed_by,
    proved,
)
from hanse.engines.meetings.reasons import reasons
from hanse.engines.meetings.repair import Option
from hanse.engines.meetings.search import BLOCK, Search, begin, end, go_on
from hanse.engines.meetings.tables import with_tables
from hanse.engines.meetings.timetable import Bound, Progress, Status, Timetable, Values
from hanse.engines.random_numbers import checked_seed

LEAST_STEPS, STEPS_BY_MEETING, MOST_STEPS = 500_000, 2_000, 15_000_000
SPEAK_EVERY = 8  # blocks, about 100,000 steps
QUIET = 10  # times as long as it took to speak
END_BY_MEETING = 2e-4  # seconds kept back for tables and reasons under a cap

Listener = Callable[[Progress], bool]


def plan(
    market: Market,
    *,
    steps: int | None = None,
    seed: int = 0,
    seconds: float | None = None,
    progress: Listener | None = None,
) -> Timetable:
    """The best plan found within a budget of steps, with what is known of its quality.

    The same market, seed and steps give the same plan on any machine. A run that `seconds` or
    `progress` cut off says how many steps it made; a run with that many steps gives the same plan.

    Takes     steps: proposals of the annealing, then, for events in which all must be held and that
              are small, those of the solver; None: by the size of the event, or as many as fit
              where there are seconds; progress: is told how the run stands, after insertion and
              about every 100,000 steps (less often where telling takes long); True stops it
    Gives     status optimal where each objective down to the breaks is proved, infeasible where
              counting or the solver proves that no plan holds all that it must, stopped where the
              search found no plan within the rules (whether there is one it cannot say)
    Errors    WrongShape (seed, steps, seconds)
    """
    started = monotonic()
    checked_seed(seed)
    if steps is not None and steps < 0:
        raise WrongShape(f"steps: {steps}; 0 or more")
    if seconds is not None and not seconds >= 0:
        raise WrongShape(f"seconds: {seconds}; 0 or more")
    if clash := counting_clash(market):
        return Timetable(Status.INFEASIBLE, clash=clash, seed=seed, input=digest(market))
    found, small = seatings(market), is_for_solver(market)
    known = arrays(market, found)
    search = begin(market, known, seed)
    if not small and misses_musts(market, search) and (clash := clash_behind(market)):
        return Timetable(Status.INFEASIBLE, clash=clash, seed=seed, input=digest(market))
    first = bound(market, placed(search), found)
    limit = default_steps(market) if steps is None and seconds is None and not small else steps
    reserve = END_BY_MEETING * len(market.meetings)
    blocks, best, silent_until, halted = 0, -1, 0.0, False

    def speak(now: Progress | None = None) -> bool:
        nonlocal silent_until, halted
        begun = monotonic()
        if progress is None or begun < silent_until:
            return False
        halted = progress(now or standing(market, search, first))
        silent_until = monotonic() + QUIET * (monotonic() - begun)
        return halted

    def stop() -> bool:
        nonlocal blocks, best
        blocks += 1
        if seconds is not None and monotonic() - started + reserve >= seconds:
            return True
        if blocks % SPEAK_EVERY:
            return False
        cost = int(search.record[ALL_COST])
        if cost != best and nothing_better(market, search, first, found):
            return True
        best = cost
        return speak()

    if not speak() and not nothing_better(market, search, first, found):
        most = 2**62 if limit is None else limit
        go_on(search, min(most, ANNEALED) if small else most, stop)
    end(search)
    proof = None
    if small and not halted and not nothing_better(market, search, first, found):
        deadline = None if seconds is None else started + seconds - reserve
        allowed = Allowed(search.steps, limit, deadline, seed)
        proof = proved(market, placed(search), first, allowed, speak if progress else None)
    answer = timetable(market, search, first, found, seed, proof)
    return replace(answer, input=digest(market))


def repaired(market: Market, option: Option) -> Timetable:
    """An option of a repair as a plan of the event after the changes, with bound and reasons."""
    return Timetable(
        status=Status.FEASIBLE,
        meetings=option.plan,
        unscheduled=reasons(market, option.plan),
        value=option.values,
        bound=bound(market, option.plan),
        input=digest(market),
    )


def default_steps(market: Market) -> int:
    """The budget where none is given: by the number of meetings, within limits."""
    steps = STEPS_BY_MEETING * len(market.meetings)
    return min(MOST_STEPS, max(LEAST_STEPS, steps)) // BLOCK * BLOCK


def misses_musts(market: Market, search: Search) -> bool:
    """Whether something that must be held found no place yet."""
    return any(
        must(market, number) and slot < 0 for number, slot in enumerate(search.slots.tolist())
    )


def placed(search: Search) -> list[Placed]:
    """The best plan so far, in the order of its meetings, without tables."""
    real = int(search.arrays.sizes[PEOPLE])
    plan = []
    for meeting in np.flatnonzero(search.slots >= 0).tolist():
        row = search.arrays.seating[search.seats[meeting], :SIDES].tolist()
        who = tuple(one for one in row if 0 <= one < real)
        plan.append(Placed(meeting, int(search.slots[meeting]), None, who))
    return plan


def standing(market: Market, search: Search, known: Bound) -> Progress:
    """How a run stands: the values of the best plan so far; tables are not given yet."""
    value = values_of(replace(market, published=()), placed(search))
    return Progress(steps=search.steps, value=value, bound=known)


def nothing_better(market: Market, search: Search, known: Bound, found: Seatings) -> bool:
    """Whether the plan on the board holds what the bound allows with as few breaks as possible."""
    _, held, cost = search.record.tolist()
    if held < known.held:
        return False
    plan = [int(one) for one in np.flatnonzero(search.slots >= 0)]
    if sum(market.meetings[one].weight for one in plan) < known.weight:
        return False
    if cost == 0:
        return True
    # Where other meetings could be held instead, these may have fewer breaks.
    everything = bool(held == placeable(search.arrays))
    return everything and bool(cost == fewest_breaks(market, plan, found))


def placeable(known: Arrays) -> int:
    """How many meetings have a slot that some seating can have."""
    return int((np.diff(known.meeting[:, FIRST]) > 0).sum())


def timetable(
    market: Market,
    search: Search,
    known: Bound,
    found: Seatings,
    seed: int,
    proof: Proof | None = None,
) -> Timetable:
    """Tables, reasons and proof of the plan that the search, or the solver, has ended with."""
    steps = proof.steps if proof else search.steps
    if proof and proof.status == Status.INFEASIBLE:
        return Timetable(Status.INFEASIBLE, clash=proof.clash, seed=seed, steps=steps)
    held, left = with_tables(market, (proof and placed_by(market, proof)) or placed(search))
    held = without_unfair(market, held) if left else held
    held.sort(key=lambda one: one.meeting)
    value = values_of(market, held)
    final = replace(known, breaks=fewest_breaks(market, [one.meeting for one in held], found))
    if proof and proof.lower > final.breaks:
        final = replace(final, breaks=proof.lower, breaks_proved_by="search")
    if not within_rules(market, held, search.arrays):
        return Timetable(Status.STOPPED, bound=final, seed=seed, steps=steps)
    unheld = reasons(market, held)
    proved = proved_objectives(market, value, final, search.arrays, found)
    return Timetable(
        status=Status.OPTIMAL if "breaks" in proved else Status.FEASIBLE,
        meetings=tuple(held),
        unscheduled=unheld,
        value=value,
        bound=final,
        proved=proved,
        seed=seed,
        steps=steps,
    )


def within_rules(market: Market, held: list[Placed], known: Arrays) -> bool:
    """Whether a plan holds what it must: mandatory meetings, newcomers' own, fairness."""
    numbers = {one.meeting for one in held}
    if any(must(market, one) and one not in numbers for one in range(len(market.meetings))):
        return False
    wanted = market.wanted_by.values()
    counts = [len(numbers.intersection(own)) for own in wanted]
    if any(count < need for count, need in zip(counts, known.party[:, NEED], strict=True)):
        return False
    if market.fairness is None:
        return True
    breaks = breaks_by_person(market, held)
    return max(breaks, default=0) - min(breaks, default=0) <= market.fairness


def proved_objectives(
    market: Market, value: Values, known: Bound, own: Arrays, found: Seatings
) -> tuple[str, ...]:
    """The objectives, in their order, in which nothing better exists given those before.

    A plan within the rules holds all that it must. Breaks are proved where there are none, or as
    few as possible and every meeting is held that has a slot in common.
    """
    everything = value.held == placeable(own)
    facts = {
        "mandatory": True,
        "weight": value.weight == known.weight,
        "held": value.held == known.held or everything,
        "least_share": value.least_share >= largest_share(market, own, found),
        "breaks": value.breaks == 0 or (everything and value.breaks == known.breaks),
        "changes": value.changes == 0,
        "walking": value.walking == 0,
        "distance": value.distance == 0,
    }
    proved = []
    for name, known_best in facts.items():
        if not known_best:
            break
        proved.append(name)
    return tuple(proved)


def largest_share(market: Market, own: Arrays, found: Seatings) -> Fraction:
    """No plan has a larger smallest share: of each party, what its people can hold at most."""
    most = most_meetings(market, found)
    room: dict[int, int] = {}
    for person in range(len(market.participants)):
        party = market.party_of(person)
        room[party] = room.get(party, 0) + int(most[person])
    possible = np.diff(own.meeting[:, FIRST]) > 0
    shares = [
        Fraction(min(room[party], sum(bool(possible[one]) for one in wanted)), len(wanted))
        for party, wanted in market.wanted_by.items()
    ]
    return min(shares, default=Fraction(1))
