"""The checker sees for itself that the meetings of a clash cannot all be held."""

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.checking import clashes as checked
from hanse.engines.meetings.checking.ground import Ground
from hanse.engines.meetings.findings import finding
from hanse.engines.meetings.market import Market, Meeting, Participant, Slot, Table
from hanse.engines.meetings.plan import plan
from hanse.engines.meetings.tests.mandatory import mandatory_events, only, plans_of
from hanse.engines.meetings.timetable import Clash, Status, Timetable

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
CLAIM = finding("impossible_unseen")


def stated(*meetings: int) -> Timetable:
    return Timetable(Status.INFEASIBLE, clash=Clash("search", meetings))


def crowded(people: int, slots: int, tables: int, *pairs: tuple[int, int], **more) -> Market:
    """All are free always, and all meetings are mandatory."""
    return Market(
        slots=tuple(Slot() for _ in range(slots)),
        tables=tuple(Table() for _ in range(tables)),
        participants=tuple(Participant(frozenset(range(slots)), **more) for _ in range(people)),
        meetings=tuple(Meeting(((one,), (two,)), mandatory=True) for one, two in pairs),
    )


@MANY
@given(mandatory_events(most_people=5, most_slots=4, most_meetings=6), st.data())
def test_it_sees_what_trying_every_plan_sees_and_nothing_else(market, data):
    numbers = list(range(len(market.meetings)))
    some = data.draw(st.lists(st.sampled_from(numbers), unique=True)) if numbers else []
    possible = any(True for _ in plans_of(only(market, some)))
    seen = checked.cannot_all_be_held(Ground(market, stated()), some)
    event("possible" if possible else "impossible")
    assert not (seen and possible)
    # Tables are counted there too, so that nothing which is impossible stays unseen.
    assert seen or possible


@MANY
@given(mandatory_events(most_people=5, most_slots=4, most_meetings=6))
def test_what_the_engine_calls_infeasible_is_seen_but_for_fairness(market):
    found = plan(market, steps=1_000)
    if found.status != Status.INFEASIBLE:
        return
    verdict = check(market, found)
    assert verdict.holds
    assert verdict.unchecked == (() if found.clash.meetings else (CLAIM,))


@pytest.mark.parametrize(
    "market",
    [
        pytest.param(crowded(12, 10, 9, *((0, one) for one in range(1, 12))), id="one person"),
        pytest.param(crowded(20, 3, 3, *((one, one + 10) for one in range(10))), id="tables"),
        pytest.param(
            crowded(9, 20, 9, *((0, one) for one in range(1, 9)), most_in_all=7), id="a limit"
        ),
    ],
)
def test_counting_sees_what_trying_could_not(market):
    everything = range(len(market.meetings))
    assert check(market, stated(*everything)).unchecked == ()
    assert check(market, stated(*everything[1:])).unchecked == (CLAIM,)


def test_a_chain_longer_than_the_slots_and_a_circle():
    market = crowded(24, 11, 12, *((one, one + 12) for one in range(12)))
    chain = tuple(
        replace(one, after=(number - 1,) if number else ())
        for number, one in enumerate(market.meetings)
    )
    long = replace(market, meetings=chain)
    assert check(long, stated(*range(12))).unchecked == ()
    assert check(long, stated(*range(11))).unchecked == (CLAIM,)
    circle = replace(long, meetings=(replace(chain[0], after=(2,)), *chain[1:]))
    assert check(circle, stated(0, 1, 2)).unchecked == ()


def test_what_need_not_be_held_makes_no_clash():
    market = crowded(3, 1, 2, (0, 1), (0, 2))
    assert check(market, stated(0, 1)).unchecked == ()
    free = replace(
        market, meetings=(market.meetings[0], replace(market.meetings[1], mandatory=False))
    )
    assert check(free, stated(0, 1)).unchecked == (CLAIM,)


def test_too_many_ways_are_left_unchecked(monkeypatch):
    market = crowded(4, 2, 2, (0, 1), (1, 2), (0, 2))
    assert check(market, stated(0, 1, 2)).unchecked == ()
    monkeypatch.setattr(checked, "MOST_LOOKS", 12)
    assert check(market, stated(0, 1, 2)).unchecked == (CLAIM,)


def test_a_claim_of_any_size_is_answered_soon():
    pairs = [(one % 300, 300 + one % 280) for one in range(3000)]
    market = crowded(600, 24, 200, *pairs)
    began = time.process_time()
    assert check(market, stated(*range(3000))).unchecked == (CLAIM,)
    assert time.process_time() - began < 10


def test_meetings_that_are_not_there_are_a_fault():
    assert not check(crowded(2, 1, 1, (0, 1)), stated(0, 7)).holds
