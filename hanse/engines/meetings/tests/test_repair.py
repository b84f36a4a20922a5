"""Repair: what began never moves, nothing moves that need not, the fewest hear of it."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.faults import OutOfRange, UnknownNumber
from hanse.engines.meetings.market import Market, Meeting, Participant, Placed, Slot, Table
from hanse.engines.meetings.repair import (
    Absent,
    SlotDelayed,
    SlotRemoved,
    TableClosed,
    WishAdded,
    repair,
)
from hanse.engines.meetings.seating import Board, Seat
from hanse.engines.meetings.timetable import Status, Timetable

ALL = frozenset(range(4))


def event(pairs, *, people=5, slots=4, tables=2, **more) -> Market:
    return Market(
        slots=tuple(Slot(start=30 * one, end=30 * one + 25) for one in range(slots)),
        tables=tuple(Table() for _ in range(tables)),
        participants=tuple(Participant(frozenset(range(slots))) for _ in range(people)),
        meetings=tuple(Meeting(((one,), (other,))) for one, other in pairs),
        **more,
    )


def first_fit(market: Market) -> list[Placed]:
    board = Board(market)
    for number in range(len(market.meetings)):
        for seat in board.places(number):
            if board.blockers(number, seat) == () and (place := board.with_table(number, seat)):
                board.seat(number, place)
                break
    return [one for number in sorted(board.seats) if (one := board.placed(number))]


def faults(market: Market, plan) -> tuple[str, ...]:
    must = tuple(replace(one, mandatory=False) for one in market.meetings)
    found = check(replace(market, meetings=must), Timetable(Status.STOPPED, meetings=tuple(plan)))
    return found.faults


def test_a_table_that_closes_costs_no_move_where_another_is_free():
    market = event([(0, 1), (2, 3)], tables=3)
    plan = first_fit(market)
    after, options = repair(market, plan, [TableClosed(plan[0].table, 0)], 0)
    (only,) = options
    assert only.name == "still"
    assert (only.saved, only.lost, only.moved) == ((0,), (), ())
    assert only.told == (0, 1)
    assert faults(after, only.plan) == ()


def test_whoever_is_absent_meets_nobody_and_their_slots_are_used():
    market = event([(0, 1), (1, 2)], slots=1, tables=1)
    plan = first_fit(market)
    assert [one.meeting for one in plan] == [0]
    _after, options = repair(market, plan, [Absent(0, 0)], 0)
    assert options[0].lost == (0,)
    assert options[0].gained == (1,)
    assert options[0].told == (0, 1, 2)


def test_what_began_never_moves():
    market = event([(0, 1), (2, 3)], tables=2)
    plan = first_fit(market)
    assert {one.slot for one in plan} == {0}
    _after, options = repair(market, plan, [Absent(0, 0), TableClosed(1, 0)], 1)
    assert options[0].plan == tuple(plan)
    assert options[0].broken == ()
    with pytest.raises(OutOfRange, match="has begun"):
        repair(market, plan, [SlotRemoved(0)], 1)


def test_a_closed_table_closed_again_is_closed_once():
    market = event([(0, 1)], tables=2)
    plan = first_fit(market)
    once = repair(market, plan, [TableClosed(0, 0)], 0)
    assert repair(market, plan, [TableClosed(0, 0), TableClosed(0, 0)], 0) == once


def test_a_wish_that_arrives_makes_room_by_one_move():
    # 0 and 1 are free together in slot 0 alone, where 1 meets 2, who could meet later as well.
    market = event([(1, 2)], people=3, slots=2)
    people = (replace(market.participants[0], free=frozenset({0})), *market.participants[1:])
    market = replace(market, participants=people)
    plan = [Placed(0, 0, 0, (1, 2))]
    after, options = repair(market, plan, [WishAdded(Meeting(((0,), (1,))))], 0)
    still, most = options
    assert (still.name, still.gained) == ("still", ())
    assert (most.name, most.gained, most.moved, most.told) == ("most", (1,), (0,), (0, 1, 2))
    assert faults(after, most.plan) == ()


def test_what_must_follow_a_meeting_falls_with_it():
    market = event([(0, 1), (2, 3)])
    follows = replace(market.meetings[1], after=(0,))
    market = replace(market, meetings=(market.meetings[0], follows))
    plan = [Placed(0, 0, 0, (0, 1)), Placed(1, 1, 0, (2, 3))]
    _after, (only,) = repair(market, plan, [Absent(0, 0)], 0)
    assert (only.broken, only.lost) == ((0, 1), (0, 1))


def test_a_slot_that_is_late_is_lost_where_it_runs_into_the_next():
    market = event([(0, 1)])
    plan = first_fit(market)
    _after, (little,) = repair(market, plan, [SlotDelayed(0, 5)], 0)
    assert little.broken == little.moved == ()
    assert little.told == (0, 1)  # of their hour
    after, (much,) = repair(market, plan, [SlotDelayed(0, 10)], 0)
    assert much.broken == (0,)
    assert much.plan[0].slot != 0
    assert not after.slots[0].onsite


def test_numbers_that_name_nothing_are_refused():
    market = event([(0, 1)])
    for change in (Absent(9, 0), TableClosed(9, 0), SlotRemoved(9)):
        with pytest.raises(OutOfRange):
            repair(market, [], [change], 0)
    with pytest.raises(UnknownNumber):
        repair(market, [], [WishAdded(Meeting(((0,), (9,))))], 0)


PAIRS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda one: one[0] < one[1]),
    min_size=2,
    max_size=6,
    unique=True,
)
CHANGES = st.one_of(
    st.builds(Absent, st.integers(0, 4), st.integers(0, 3)),
    st.builds(TableClosed, st.integers(0, 1), st.integers(0, 3)),
    st.builds(SlotRemoved, st.integers(1, 2)),
)


@settings(deadline=None, max_examples=150)
@given(PAIRS, CHANGES, st.integers(0, 1), st.integers(1, 2))
def test_options_keep_all_rules_and_tell_the_fewest(pairs, change, now, tables):
    market = event(pairs, slots=3, tables=max(tables, getattr(change, "table", 0) + 1))
    plan = first_fit(market)
    after, options = repair(market, plan, [change], now)
    assert 1 <= len(options) <= 3
    for one in options:
        assert faults(after, one.plan) == ()
        began = [place for place in plan if place.slot < now]
        assert all(place in one.plan for place in began)
    still = options[0]
    assert still.moved == ()
    fewest = fewest_told(after, plan, set(still.broken), now)
    if fewest is not None:
        # All that broke can be held: one option does so, and none does by telling fewer people.
        whole = [one for one in options if not one.lost]
        assert whole
        alone = {
            person
            for one in whole[:1]
            for number in (*one.moved, *one.broken)
            for place in plan
            if place.meeting == number
            for person in place.participants
        }
        assert len(alone) == fewest


def fewest_told(market: Market, plan, broken: set[int], now: int) -> int | None:
    """By trying everything: people of meetings that change, where all meetings of the plan hold."""
    later = [one for one in plan if one.slot >= now]
    began = Board(market, now)
    for one in plan:
        if one.slot < now:
            began.seat(one.meeting, Seat(one.slot, one.table, one.participants))
    choices = [
        [
            (one, slot)
            for slot in sorted(market.slots_for(one.meeting, one.participants))
            if slot >= now
        ]
        for one in later
    ]
    best: int | None = None
    for chosen in product(*choices):
        taken: set[tuple[int, int]] = set(began.at)
        count = [sum(slot == at for _one, at in chosen) for slot in range(len(market.slots))]
        if any(count[slot] > market.open_tables[slot] for slot in range(len(market.slots))):
            continue
        cells = [(person, slot) for one, slot in chosen for person in one.participants]
        if len({*cells}) < len(cells) or taken & {*cells}:
            continue
        told = {
            person
            for one, slot in chosen
            if slot != one.slot or one.meeting in broken
            for person in one.participants
        }
        best = len(told) if best is None else min(best, len(told))
    return best
