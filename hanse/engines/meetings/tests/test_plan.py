from dataclasses import replace
from fractions import Fraction
from itertools import islice, pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hanse.engines.faults import WrongShape
from hanse.engines.meetings.arrays import arrays, seatings
from hanse.engines.meetings.market import Market, Meeting, Participant, Placed, Slot, Table
from hanse.engines.meetings.measures import values_of
from hanse.engines.meetings.plan import plan
from hanse.engines.meetings.search import BLOCK, HOT, temperatures
from hanse.engines.meetings.tests.events import broken_rules, events, every_plan, pairs
from hanse.engines.meetings.timetable import Reason, Status

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
STEPS = 3000


@QUICK
@given(events())
def test_every_plan_keeps_every_rule(market):
    found = plan(market, steps=STEPS)
    if found.status in (Status.OPTIMAL, Status.FEASIBLE):
        assert broken_rules(market, found.meetings) == set()
        assert found.value == values_of(market, found.meetings)
        held = {one.meeting for one in found.meetings}
        unheld = {one.meeting for one in found.unscheduled}
        assert held | unheld == set(range(len(market.meetings)))
        assert not held & unheld


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(events(most_people=14, most_slots=10, most_meetings=45))
def test_crowded_plans_keep_every_rule(market):
    found = plan(market, steps=20_000)
    if found.status in (Status.OPTIMAL, Status.FEASIBLE):
        assert broken_rules(market, found.meetings) == set()
        assert found.value.weight <= found.bound.weight
        assert found.value.breaks >= found.bound.breaks


@QUICK
@given(events())
def test_slots_of_a_seating_are_those_of_the_market(market):
    found = seatings(market)
    for meeting, who, slots in zip(found.meeting, found.who, found.slots, strict=True):
        own = {slot for slot in range(len(market.slots)) if slots >> slot & 1}
        assert own == market.slots_for(meeting, who)
    known = set(zip(found.meeting, found.who, strict=True))
    for meeting in range(len(market.meetings)):
        for who in market.seatings(meeting):
            assert ((meeting, who) in known) == bool(market.slots_for(meeting, who))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(events(most_people=4, most_slots=3, most_meetings=5, plain=True))
def test_small_plans_hold_the_most_and_prove_no_more_than_is_so(market):
    assume(len(market.meetings) > 1)
    found = plan(market, steps=20_000)
    best = max(
        (values_of(market, one) for one in every_plan(market)),
        key=lambda value: (value.weight, value.held, value.least_share, -value.breaks),
    )
    assert found.value.weight == best.weight
    assert found.value.held == best.held
    assert found.value.least_share == best.least_share
    # Which of equal choices has the fewest breaks is searched for, and not always found.
    assert found.value.breaks >= best.breaks
    if "breaks" in found.proved:
        assert found.value.breaks == best.breaks


@QUICK
@given(events(), st.integers(0, 2**63 - 1))
def test_the_same_seed_gives_the_same_plan(market, seed):
    assert repr(plan(market, steps=500, seed=seed)) == repr(plan(market, steps=500, seed=seed))


def fair(people=60, slots=10, tables=15, wishes=220, seed=4):
    chance = np.random.default_rng(seed)
    who = set()
    while len(who) < wishes:
        first, second = sorted(chance.choice(people, 2, replace=False).tolist())
        who.add((first, second))
    market = pairs(people, slots, tables, sorted(who))
    free = [frozenset(np.flatnonzero(chance.random(slots) > 0.2).tolist()) for _ in range(people)]
    people = tuple(Participant(free=one) for one in free)
    return replace(market, participants=people)


def test_a_run_cut_off_is_a_run_with_fewer_steps():
    market = fair()
    heard = []

    def third_time(now):
        heard.append(now)
        return len(heard) > 2

    cut = plan(market, progress=third_time)
    assert cut.steps % BLOCK == 0 < cut.steps
    assert repr(cut) == repr(plan(market, steps=cut.steps))
    values = [(one.value.weight, -one.value.breaks) for one in heard]
    assert values == sorted(values)


def test_each_round_begins_cooler_than_the_one_before_and_ends_cold():
    blocks = list(islice(temperatures(5000), 2000))
    begins = [block for block, (_, fresh) in enumerate(blocks) if fresh]
    warmth = [blocks[block][0] for block in begins]
    assert begins[0] == 0
    assert warmth[0] == pytest.approx(HOT)
    assert warmth == sorted(warmth, reverse=True)
    for before, after in pairwise(begins):
        assert blocks[after - 1][0] < blocks[after][0] <= blocks[before][0]
    assert all(after <= 1.4 * before for before, after in pairwise(begins[2:]))


def test_seconds_are_a_cap_alone():
    market = fair()
    capped = plan(market, seconds=0.2)
    assert repr(capped) == repr(plan(market, steps=capped.steps))
    assert repr(plan(market, steps=BLOCK, seconds=100)) == repr(plan(market, steps=BLOCK))


def test_a_fair_is_planned_to_its_bound():
    found = plan(fair(), steps=300_000)
    assert found.value.held == found.bound.held
    assert {"mandatory", "weight", "held"} <= set(found.proved)


def test_weighted_wishes_come_close_to_their_bound():
    market = fair(people=80, wishes=500)
    weights = np.random.default_rng(2).integers(1, 5, 500).tolist()
    meetings = tuple(
        replace(one, weight=weight) for one, weight in zip(market.meetings, weights, strict=True)
    )
    found = plan(replace(market, meetings=meetings), steps=300_000)
    assert found.value.weight >= 0.99 * found.bound.weight


def test_heavier_wishes_come_first():
    market = pairs(3, 1, 3, [(0, 1), (1, 2)])
    market = replace(market, meetings=(market.meetings[0], replace(market.meetings[1], weight=3)))
    found = plan(market, steps=0)
    assert [one.meeting for one in found.meetings] == [1]
    assert found.value.weight == found.bound.weight == 3
    assert found.unscheduled[0].reason == Reason.PARTICIPANT_FULL


def test_newcomers_come_before_weight():
    market = pairs(3, 1, 3, [(0, 1), (1, 2)], newcomers=1)
    meetings = (replace(market.meetings[0], weight=9), market.meetings[1])
    people = (*market.participants[:2], replace(market.participants[2], newcomer=True))
    market = replace(market, meetings=meetings, participants=people)
    assert [one.meeting for one in plan(market, steps=0).meetings] == [1]


def test_a_published_plan_is_kept_where_nothing_is_gained():
    market = fair(wishes=40)
    first = plan(market, steps=100_000)
    again = plan(replace(market, published=first.meetings), steps=0)
    assert again.value.distance == 0
    assert again.meetings == first.meetings


def test_no_participants_and_no_slots():
    empty = Market((), (), (), ())
    assert plan(empty).status == Status.OPTIMAL
    nobody_free = pairs(2, 0, 1, [(0, 1)])
    assert plan(nobody_free).unscheduled[0].reason == Reason.NO_COMMON_SLOT


def test_no_table():
    found = plan(pairs(2, 3, 0, [(0, 1)]))
    assert (found.value.held, found.bound.held) == (0, 0)
    assert found.unscheduled[0].reason == Reason.NO_COMMON_SLOT


def test_one_slot():
    found = plan(pairs(4, 1, 1, [(0, 1), (2, 3)]))
    assert found.value.held == found.bound.held == 1
    assert found.unscheduled[0].reason == Reason.TABLES_FULL
    assert found.unscheduled[0].detail == (0,)


def test_ten_thousand_requests_to_one_person():
    market = pairs(10_001, 20, 5, [(0, one) for one in range(1, 10_001)])
    found = plan(market, steps=BLOCK)
    assert found.value.held == found.bound.held == 20
    assert {one.reason for one in found.unscheduled} == {Reason.PARTICIPANT_FULL}
    assert {one.detail for one in found.unscheduled} == {(0,)}


def test_mandatory_meetings_that_cannot_be_held_are_named():
    market = pairs(2, 1, 1, [(0, 1), (0, 1)])
    both = tuple(replace(one, mandatory=True) for one in market.meetings)
    found = plan(replace(market, meetings=both), steps=100)
    assert found.status == Status.INFEASIBLE
    assert (found.clash.kind, found.clash.meetings) == ("participant", (0, 1))


def test_many_slots_need_more_words():
    wishes = [(one, other) for one in range(8) for other in range(one)] * 6
    found = plan(pairs(8, 150, 4, wishes), steps=50_000)
    assert found.value.held == len(wishes)
    assert found.value.breaks == 0
    assert found.status == Status.OPTIMAL


def test_walking_takes_time():
    slots = tuple(Slot(start=20 * one, end=20 * one + 15) for one in range(2))
    market = replace(
        pairs(3, 2, 2, [(0, 1), (0, 2)]),
        slots=slots,
        tables=(Table(place=0, closed=frozenset({1})), Table(place=1, closed=frozenset({0}))),
        walking=((0, 10), (10, 0)),
    )
    found = plan(market, steps=0)
    assert found.value.held == 1
    assert broken_rules(market, found.meetings) == set()


def test_changes_of_table_are_few():
    market = pairs(4, 2, 2, [(0, 1), (0, 2), (3, 1), (3, 2)])
    found = plan(market, steps=2000)
    assert found.value.held == 4
    assert found.value.changes == 2  # of each pair one stays


def test_a_colleague_takes_it():
    market = replace(pairs(4, 1, 2, [(0, 2)]), meetings=())
    people = tuple(
        replace(one, party=0 if who < 2 else None) for who, one in enumerate(market.participants)
    )
    meetings = (Meeting(sides=((0, 1), (2,))), Meeting(sides=((0, 1), (3,))))
    found = plan(replace(market, participants=people, meetings=meetings), steps=0)
    assert found.value.held == 2
    assert {one.participants[0] for one in found.meetings} == {0, 1}


def test_the_smallest_share_grows_without_loss_of_weight():
    market = pairs(4, 2, 3, [(0, 1), (0, 2), (0, 3)])
    market = replace(
        market,
        meetings=(*market.meetings, Meeting(sides=((1,), (2,))), Meeting(sides=((1,), (2,)))),
    )
    found = plan(market, steps=5000)
    best = max(
        values_of(market, one).least_share
        for one in every_plan(market)
        if len(one) == found.value.held
    )
    assert found.value.least_share == best >= Fraction(0)


@pytest.mark.parametrize("terms", [{"seed": -1}, {"steps": -1}, {"seconds": float("nan")}])
def test_bad_terms_are_refused(terms):
    with pytest.raises(WrongShape):
        plan(pairs(2, 1, 1, [(0, 1)]), **terms)


def test_arrays_of_days_leave_a_bit_between():
    market = replace(pairs(2, 4, 1, [(0, 1)]), slots=tuple(Slot(day=one // 2) for one in range(4)))
    assert arrays(market).slot[:, 0].tolist() == [0, 1, 3, 4]
    assert isinstance(plan(market, steps=0).meetings[0], Placed)
