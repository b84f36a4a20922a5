from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.encoding import NotProvable, encode
from hanse.engines.meetings.improving import Neighbourhoods
from hanse.engines.meetings.market import Market, Meeting, Participant, Placed, Slot, Table
from hanse.engines.meetings.oracle import A_SLICE, Budget, Cut, Oracle, smaller_core
from hanse.engines.meetings.plan import plan
from hanse.engines.meetings.proof import prove
from hanse.engines.meetings.proving import ANNEALED, is_for_solver
from hanse.engines.meetings.tests.events import broken_rules, pairs
from hanse.engines.meetings.tests.mandatory import (
    breaks_in,
    fewest_by_trying,
    is_fair,
    mandatory_events,
    only,
    plans_of,
)
from hanse.engines.meetings.timetable import Status

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(mandatory_events())
def test_the_fewest_breaks_are_those_of_all_plans(market):
    best = fewest_by_trying(market)
    event("no plan" if best is None else "breaks" if best else "no breaks")
    found = prove(market)
    if best is None:
        assert (found.status, found.slots) == (Status.INFEASIBLE, None)
        return
    assert (found.status, found.lower, found.upper) == (Status.OPTIMAL, best, best)
    assert found.slots in set(plans_of(market))
    assert is_fair(market, found.slots)
    assert sum(breaks_in(market, found.slots)) == best


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(mandatory_events(), st.sampled_from([0, 200, ANNEALED, ANNEALED + 30, None]))
def test_every_answer_is_accepted_by_the_checker(market, steps):
    found = plan(market, steps=steps)
    assert check(market, found).faults == ()
    best = fewest_by_trying(market)
    if best is None:
        assert found.status in (Status.INFEASIBLE, Status.STOPPED)
        assert steps is not None or not market.meetings or found.clash is not None
    else:
        assert found.status != Status.INFEASIBLE
        assert found.bound.breaks <= best
        assert steps is not None or found.value.breaks == best


def crowded(people=24, slots=8, tables=9, wishes=66, seed=1, **terms):
    """An event whose meetings all must be held, with little room."""
    chance = np.random.default_rng(seed)
    busy = np.zeros((people, slots), bool)
    who = []
    while len(who) < wishes:
        one, other = sorted(chance.choice(people, 2, replace=False).tolist())
        free = np.flatnonzero(~busy[one] & ~busy[other])
        if len(free) and (one, other) not in who:
            busy[[one, other], chance.choice(free)] = True
            who.append((one, other))
    market = pairs(people, slots, tables, who, **terms)
    return replace(market, meetings=tuple(replace(one, mandatory=True) for one in market.meetings))


def slots_of(found):
    return {one.meeting: one.slot for one in found.meetings}


def test_a_crowded_event_is_planned_to_the_proved_fewest():
    market = crowded(fairness=2)
    found = plan(market)
    assert found.status == Status.OPTIMAL
    assert found.value.held == len(market.meetings)
    assert found.value.breaks == found.bound.breaks
    assert "breaks" in found.proved
    assert broken_rules(market, found.meetings) == set()
    assert check(market, found).faults == ()


def test_a_run_that_is_stopped_while_the_solver_works_is_a_run_with_fewer_steps():
    market = crowded(wishes=72)
    heard = []

    def after_some_slices(now):
        heard.append(now)
        return now.steps > ANNEALED + 2_000

    cut = plan(market, progress=after_some_slices)
    assert cut.steps > ANNEALED
    assert cut.status == Status.FEASIBLE
    again = plan(market, steps=cut.steps)
    assert repr(again) == repr(cut)
    assert repr(plan(market, steps=cut.steps, seconds=1000)) == repr(cut)
    told = [(one.bound.breaks, -one.value.breaks) for one in heard if one.steps >= ANNEALED]
    assert told == sorted(told)
    assert cut.bound.breaks >= told[-1][0]


@pytest.mark.parametrize("seconds", [0.0, 0.6])
def test_seconds_are_a_cap_on_the_solver_too(seconds):
    market = crowded(wishes=72)
    capped = plan(market, seconds=seconds)
    assert repr(plan(market, steps=capped.steps)) == repr(capped)


def test_steps_made_are_never_more_than_those_allowed():
    market = crowded(wishes=72)
    found = plan(market, steps=ANNEALED + 1_000)
    assert found.steps == ANNEALED + 1_000
    nearly = prove(market, steps=1)
    assert nearly.steps == 1
    assert prove(market, steps=0).status == Status.STOPPED


def test_a_plan_to_start_from_is_kept_until_there_is_a_better_one():
    market = crowded(wishes=72)
    first = plan(market, steps=ANNEALED)
    assert first.status == Status.FEASIBLE
    from_it = prove(market, incumbent=first.meetings, steps=21)
    assert from_it.upper == first.value.breaks
    assert dict(enumerate(from_it.slots)) == slots_of(first)


@pytest.mark.parametrize("wrong", ["too few", "a slot that is taken", "unfair"])
def test_a_plan_that_breaks_a_rule_is_no_start(wrong):
    market = pairs(3, 4, 2, [(0, 1), (0, 2)], fairness=0)
    market = replace(
        market, meetings=tuple(replace(one, mandatory=True) for one in market.meetings)
    )
    slots = {"too few": [0], "a slot that is taken": [1, 1], "unfair": [0, 2]}[wrong]
    who = [(0, 1), (0, 2)]
    start = [Placed(number, slot, None, who[number]) for number, slot in enumerate(slots)]
    found = prove(market, incumbent=start)
    assert (found.status, found.upper) == (Status.OPTIMAL, 0)
    assert abs(found.slots[0] - found.slots[1]) == 1


def test_neighbourhoods_find_the_plan_without_breaks():
    market = pairs(7, 6, 3, [(one, one + 1) for one in range(6)])
    market = replace(
        market, meetings=tuple(replace(one, mandatory=True) for one in market.meetings)
    )
    near = Neighbourhoods(encode(market), Budget(), seed=0)
    best = (0, 2, 4, 0, 3, 5)
    with near.oracle:
        for _ in range(200):
            upper = sum(breaks_in(market, best))
            if upper == 0:
                break
            if found := near.better(best, upper, 0):
                assert sum(breaks_in(market, found)) < upper
                best = found
    assert sum(breaks_in(market, best)) == 0


def test_budget_counts_conflicts_of_the_solver():
    formula = encode(crowded(wishes=72)).formula
    budget = Budget(most=500)
    with Oracle(formula, budget) as oracle:
        assert oracle.ask((), 100) in (True, None)
        assert A_SLICE <= budget.made <= 100 + A_SLICE
        while budget.made < 500:
            oracle.ask()
        with pytest.raises(Cut):
            oracle.ask()
    assert budget.steps == 500 <= budget.made


class Listed:
    """An oracle for which certain sets of assumptions cannot hold together."""

    def __init__(self, *clashes):
        self.clashes = clashes
        self.found = []

    def ask(self, assumptions, conflicts=None):
        self.found = next((list(one) for one in self.clashes if one <= set(assumptions)), None)
        return self.found is None

    def core(self):
        return self.found


@given(st.lists(st.sets(st.integers(1, 9), min_size=1), min_size=1, max_size=3))
def test_a_core_is_made_as_small_as_it_can_be(clashes):
    oracle = Listed(*clashes)
    core, sure = smaller_core(oracle, list(range(1, 10)), 10, 100)
    assert sure
    assert not oracle.ask(core)
    assert all(oracle.ask([one for one in core if one != left]) for left in core)


def test_a_search_that_is_given_up_does_not_say_that_a_core_is_smallest():
    core, sure = smaller_core(Listed({1, 2, 3}), [1, 2, 3, 4], 10, 1)
    assert not sure
    assert {1, 2, 3} <= set(core)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"meetings": (Meeting(((0,), (1,))),)}, "not mandatory"),
        ({"meetings": (Meeting(((0,), (1, 2)), mandatory=True),)}, "several may sit"),
        ({"meetings": (Meeting(((0,), (1,)), mandatory=True, table=0),)}, "table"),
        ({"participants": (Participant(frozenset({0}), most_in_a_row=1),) * 3}, "in a row"),
        ({"participants": (Participant(frozenset({0}), table=0),) * 3}, "table"),
        ({"walking": ((0, 5), (5, 0))}, "walk"),
    ],
)
def test_rules_that_the_solver_does_not_know_are_named(change, says):
    plain = Market(
        slots=(Slot(), Slot()),
        tables=(Table(),),
        participants=(Participant(frozenset({0, 1})),) * 3,
        meetings=(Meeting(((0,), (1,)), mandatory=True),),
    )
    assert is_for_solver(plain)
    assert prove(plain).status == Status.OPTIMAL
    other = replace(plain, **change)
    assert not is_for_solver(other)
    with pytest.raises(NotProvable, match=says):
        prove(other)


def test_large_events_are_left_to_the_annealing():
    market = pairs(200, 30, 100, [(one, one + 1) for one in range(199)] * 4)
    must = tuple(replace(one, mandatory=True) for one in market.meetings)
    assert not is_for_solver(replace(market, meetings=must))
    assert is_for_solver(only(replace(market, meetings=must), range(50)))


def test_meetings_are_not_alike_where_somebody_has_a_limit():
    plain = Participant(frozenset({0, 1}))
    market = Market(
        slots=(Slot(session=0), Slot(session=1)),
        tables=(Table(), Table()),
        participants=(plain, replace(plain, most={0: 0}), plain),
        meetings=tuple(Meeting(((0,), (other,)), mandatory=True) for other in (1, 2)),
    )
    assert prove(market).slots == (1, 0)
