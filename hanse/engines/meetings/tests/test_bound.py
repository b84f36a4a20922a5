from itertools import combinations, pairwise

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanse.engines.meetings.arrays import seatings
from hanse.engines.meetings.bound import bound, certified, fewest_breaks, most_meetings
from hanse.engines.meetings.market import Participant, Slot
from hanse.engines.meetings.measures import breaks_of, values_of
from hanse.engines.meetings.tests.events import events, every_plan, pairs

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def proved_by(market, prices, weights):
    """The formula of the certificate, word by word."""
    y = prices.prices
    most = most_meetings(market, seatings(market))
    total = sum(price * int(most[person]) for person, price in y.items())
    total += prices.table * sum(market.open_tables)
    for number, weight in enumerate(weights):
        costs = [
            sum(y.get(one, 0) for one in who) + prices.table * market.at_table(who)
            for who in market.seatings(number)
            if market.slots_for(number, who)
        ]
        if costs:
            total += max(0, prices.unit * weight - min(costs))
    return total // prices.unit


@QUICK
@given(events())
def test_a_certificate_proves_its_bound(market):
    found = bound(market, [])
    weights = [one.weight for one in market.meetings]
    assert found.weight == proved_by(market, found.weight_certificate, weights)
    assert found.held == proved_by(market, found.held_certificate, [1] * len(weights))
    prices = [*found.weight_certificate.prices.values(), found.weight_certificate.table]
    assert min(prices) >= 0


def has_limits(person):
    """Limits of their own, which `every_plan` does not know."""
    limits = (person.most_in_all, person.most_in_a_row)
    return bool(person.most) or any(one is not None for one in limits)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(events(most_people=4, most_slots=3, most_meetings=5))
def test_no_plan_is_above_the_bound(market):
    found = bound(market, [])
    for plan in every_plan(market):
        if not any(has_limits(person) for person in market.participants):
            value = values_of(market, plan)
            assert value.weight <= found.weight
            assert value.held <= found.held


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(events(most_people=4, most_slots=4, most_meetings=4))
def test_no_plan_of_a_selection_has_fewer_breaks(market):
    for plan in every_plan(market):
        held = [one.meeting for one in plan]
        pins_kept = all(market.meetings[one.meeting].slot in (None, one.slot) for one in plan)
        rows_kept = all(person.most_in_a_row is None for person in market.participants)
        if pins_kept and rows_kept:
            assert fewest_breaks(market, held) <= values_of(market, plan).breaks


@QUICK
@given(
    st.frozensets(st.integers(0, 6), min_size=2),
    st.frozensets(st.integers(0, 6)),
    st.none() | st.integers(1, 3),
    st.integers(0, 7),
    st.data(),
)
def test_breaks_of_one_participant_are_counted_exactly(free, rest, row, split, data):
    size = data.draw(st.integers(2, len(free)))
    market = pairs(size + 1, 7, size, [(0, one) for one in range(1, size + 1)])
    slots = tuple(Slot(day=int(slot >= split)) for slot in range(7))
    person = Participant(free=free, rest=rest, most_in_a_row=row)
    market = type(market)(slots, market.tables, (person, *market.participants[1:]), market.meetings)
    possible = [
        breaks_of(person, busy, slots)
        for busy in combinations(sorted(free), size)
        if row is None or longest(busy, slots) <= row
    ]
    assert fewest_breaks(market, range(size)) == min(possible, default=0)


def longest(busy, slots):
    rows = [1]
    for before, after in pairwise(busy):
        same = after == before + 1 and slots[before].day == slots[after].day
        rows.append(rows[-1] + 1 if same else 1)
    return max(rows)


def test_half_meetings_are_rounded_away():
    triangle = pairs(3, 1, 3, [(0, 1), (1, 2), (0, 2)])
    found = bound(triangle, [])
    assert (found.weight, found.weight_certificate.unit) == (1, 2)
    assert certified(triangle, found.weight_certificate, np.ones(3, np.int64)) == 1
