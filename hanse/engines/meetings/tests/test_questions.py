from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanse.engines.faults import WrongShape
from hanse.engines.meetings.bound import bound
from hanse.engines.meetings.faults import OutOfRange
from hanse.engines.meetings.market import Market, Participant, Slot, Table
from hanse.engines.meetings.questions import (
    bound_tables,
    most_tables,
    one_more_slot,
    outlook,
    price_of_minimum,
    tables_needed,
    with_slot,
    with_tables_open,
)
from hanse.engines.meetings.tests.events import events, pairs

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
STEPS = 500


def strangers(couples, slots, tables):
    """Couples who wish to meet each other alone."""
    return pairs(
        2 * couples, slots, tables, [(2 * couple, 2 * couple + 1) for couple in range(couples)]
    )


def test_six_couples_in_two_slots_need_three_tables():
    found = tables_needed(strangers(6, 2, 5), steps=STEPS)
    assert (found.fewest, found.enough) == (3, 3)
    held = {one.tables: one.outlook.held for one in found.rows}
    assert held == {1: 2, 2: 4, 3: 6, 4: 6, 5: 6, 6: 6} | {n: held[n] for n in held if n > 6}
    assert all(one.outlook.held == one.outlook.most_held for one in found.rows)
    assert found.each_below == 2.0


def test_an_event_without_tables_is_told_how_many():
    found = tables_needed(strangers(4, 2, 0), steps=STEPS)
    assert (found.fewest, found.enough) == (2, 2)
    assert found.rows[0].tables == 0
    assert found.rows[0].outlook.held == 0


def test_nobody_needs_a_table():
    assert tables_needed(Market((), (), (), ()), steps=0).enough == 0
    assert tables_needed(pairs(2, 3, 4, []), steps=0).enough == 0
    online = Participant(free=frozenset({0}), online=True)
    market = replace(strangers(1, 1, 1), participants=(online, online))
    found = tables_needed(market, steps=0)
    assert (found.fewest, found.enough, found.rows[0].outlook.held) == (0, 0, 1)


def test_a_host_keeps_their_table():
    market = strangers(3, 1, 3)
    host = replace(market.participants[0], table=2)
    market = replace(market, participants=(host, *market.participants[1:]))
    assert bound_tables(market) == {2}
    closed = [bool(one.closed) for one in with_tables_open(market, 2).tables]
    assert closed == [False, True, False]
    assert tables_needed(market, steps=STEPS).rows[0].tables == 1
    with pytest.raises(OutOfRange):
        with_tables_open(market, 0)


@QUICK
@given(events(), st.integers(0, 5))
def test_more_tables_never_lower_the_bound(market, more):
    fewest = len(bound_tables(market))
    held = [bound(with_tables_open(market, fewest + one), []).held for one in range(more + 2)]
    assert held == sorted(held)


@QUICK
@given(events(most_people=5, most_slots=3, most_meetings=5))
def test_nobody_needs_more_than_most_tables(market):
    known = bound(with_tables_open(market, most_tables(market)), [])
    more, _plan = outlook(with_tables_open(market, most_tables(market) + 2), STEPS, 0)
    assert more.held <= known.held
    assert more.weight <= known.weight


@QUICK
@given(events())
def test_the_curve_of_tables_rises(market):
    found = tables_needed(market, steps=STEPS)
    numbers = [one.tables for one in found.rows]
    assert numbers == sorted(set(numbers))
    assert {found.fewest, found.enough, len(market.tables)} <= set(numbers)
    assert found.fewest <= found.enough
    outlooks = [one.outlook for one in found.rows]
    worths = [(one.kept, one.weight, one.held) for one in outlooks]
    assert worths == sorted(worths)
    assert all(one.weight <= one.most_weight and one.held <= one.most_held for one in outlooks)
    assert found == tables_needed(market, steps=STEPS)


def test_one_more_slot_where_somebody_is_full():
    # 0 wishes for three meetings and has two slots, the first in the morning, one in the afternoon
    market = replace(pairs(4, 2, 2, [(0, 1), (0, 2), (0, 3)]), slots=(Slot(0), Slot(1)))
    found = one_more_slot(market, steps=STEPS)
    assert (found.now.held, found.now.most_held) == (2, 2)
    assert [(one.session, one.after, one.outlook.held) for one in found.sessions] == [
        (0, 0, 3), (1, 1, 3),
    ]  # fmt: skip


def test_one_more_slot_helps_only_when_they_are_there():
    market = replace(pairs(3, 2, 2, [(0, 1), (0, 2)]), slots=(Slot(0), Slot(1)))
    people = tuple(replace(one, free=frozenset({1})) for one in market.participants)
    found = one_more_slot(replace(market, participants=people), steps=STEPS)
    assert [one.outlook.held for one in found.sessions] == [1, 2]
    assert [one.outlook.most_held for one in found.sessions] == [1, 2]


def test_no_slot_has_no_session():
    assert one_more_slot(Market((), (), (), ()), steps=0).sessions == ()


def test_a_slot_more_moves_all_numbers_behind_it():
    market = replace(
        pairs(2, 3, 1, [(0, 1)]),
        slots=(
            Slot(0, start=0, end=20, name="first"),
            Slot(0, start=25, end=45),
            Slot(1, start=60, end=80),
        ),
        participants=(
            Participant(free=frozenset({0, 1}), rest=frozenset({2})),
            Participant(free=frozenset({1, 2})),
        ),
        tables=(Table(closed=frozenset({1, 2})),),
    )
    meeting = replace(market.meetings[0], slot=2, within=frozenset({1, 2}))
    found = with_slot(replace(market, meetings=(meeting,)), 1)
    assert [(one.session, one.start, one.end) for one in found.slots] == [
        (0, 0, 20), (0, 25, 45), (0, 50, 70), (1, 70, 90),
    ]  # fmt: skip
    assert [one.free for one in found.participants] == [{0, 1, 2}, {1, 2, 3}]
    assert found.participants[0].rest == {3}
    assert found.tables[0].closed == {1, 2, 3}
    assert (found.meetings[0].slot, found.meetings[0].within) == (3, {1, 2, 3})


@QUICK
@given(events())
def test_a_slot_more_costs_nothing(market):
    found = one_more_slot(market, steps=STEPS)
    for one in found.sessions:
        longer = with_slot(market, one.after)
        assert [slot.day for slot in longer.slots] == sorted(slot.day for slot in longer.slots)
        assert one.outlook.most_weight >= found.now.most_weight
        assert one.outlook.most_held >= found.now.most_held
    if found.now.kept and not market.walking and market.fairness is None:
        assert all(one.outlook.weight >= found.now.weight for one in found.sessions)


def crowded():
    """One slot, one who is wanted by two: by somebody known for weight 5, by a newcomer for 1."""
    market = pairs(3, 1, 3, [(0, 1), (1, 2)])
    people = (*market.participants[:2], replace(market.participants[2], newcomer=True))
    meetings = (replace(market.meetings[0], weight=5), market.meetings[1])
    return replace(market, participants=people, meetings=meetings)


def test_a_minimum_has_its_price():
    found = price_of_minimum(crowded(), 1, steps=STEPS)
    assert (found.newcomers, found.reach_without, found.reach) == (1, 0, 1)
    assert (found.without.weight, found.guaranteed.weight) == (5, 1)
    assert (found.weight, found.meetings) == (4, 0)
    assert found.guaranteed.kept


def test_no_minimum_costs_nothing():
    found = price_of_minimum(replace(crowded(), newcomers=1), 0, steps=STEPS)
    assert (found.weight, found.meetings, found.reach) == (0, 0, 1)


def test_a_minimum_that_cannot_be_kept_is_said():
    market = crowded()
    two = (*market.meetings, replace(market.meetings[0], sides=((0,), (2,))))
    found = price_of_minimum(replace(market, meetings=two), 2, steps=STEPS)
    assert not found.guaranteed.kept
    assert (found.newcomers, found.reach) == (1, 0)


@QUICK
@given(events(), st.integers(0, 3))
def test_a_minimum_never_earns_weight(market, minimum):
    found = price_of_minimum(market, minimum, steps=STEPS)
    if found.guaranteed.kept:
        assert found.weight >= 0
        assert found.reach == found.newcomers
    assert found == price_of_minimum(market, minimum, steps=STEPS)


def test_a_fair_is_answered_beside_its_bound():
    chance = np.random.default_rng(5)
    wishes = set()
    while len(wishes) < 150:
        one, other = sorted(chance.choice(50, 2, replace=False).tolist())
        wishes.add((one, other))
    found = tables_needed(pairs(50, 12, 30, sorted(wishes)), steps=50_000)
    assert found.fewest == found.enough == 13  # 150 meetings in 12 slots
    held = {one.tables: one.outlook.held for one in found.rows}
    assert (held[13], held[12], held[11]) == (150, 144, 132)


@pytest.mark.parametrize("terms", [{"steps": -1}, {"seed": -1}])
def test_bad_terms_are_refused(terms):
    market = crowded()
    for ask in (tables_needed, one_more_slot, lambda m, **t: price_of_minimum(m, 1, **t)):
        with pytest.raises(WrongShape):
            ask(market, **terms)
    with pytest.raises(OutOfRange):
        price_of_minimum(market, -1)
