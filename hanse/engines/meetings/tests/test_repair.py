from dataclasses import replace
from time import process_time

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hanse.engines.faults import WrongShape
from hanse.engines.meetings.market import Meeting, Placed
from hanse.engines.meetings.plan import plan
from hanse.engines.meetings.repair import (
    Absent,
    SlotRemoved,
    TableClosed,
    WishAdded,
    changed,
    repair,
)
from hanse.engines.meetings.tests.events import broken_rules, events, pairs
from hanse.engines.meetings.timetable import Status

RELAXED = {"fairness", "newcomers", "mandatory"}


@st.composite
def broken_events(draw):
    market = replace(draw(events(most_meetings=12)), walking=())
    slot = st.integers(0, len(market.slots) - 1)
    person = st.integers(0, len(market.participants) - 1)
    kinds = [
        st.builds(Absent, person, slot),
        st.builds(SlotRemoved, slot),
        st.builds(
            lambda one, other: WishAdded(Meeting(sides=((one,), (other,)))), person, person
        ).filter(lambda wish: len(set(wish.meeting.sides)) > 1),
    ]
    if market.tables:
        kinds.append(st.builds(TableClosed, st.integers(0, len(market.tables) - 1), slot))
    changes = draw(st.lists(st.one_of(kinds), min_size=1, max_size=3))
    return market, changes, draw(st.integers(0, len(market.slots)))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(broken_events())
def test_options_keep_the_past_and_the_rules(event):
    market, changes, now = event
    before = plan(market, steps=100)
    assume(before.status != Status.STOPPED)
    past = [one for one in before.meetings if one.slot < now]
    options = repair(market, before.meetings, changes, now)
    assert 1 <= len(options) <= 3
    assert not options[0].moved
    after = changed(market, changes)
    for option in options:
        assert [one for one in option.meetings if one.slot < now] == past
        to_come = [one for one in option.meetings if one.slot >= now]
        assert broken_rules(after, to_come) - {"precedence"} <= RELAXED
        kept = {one.meeting for one in option.meetings} | set(option.lost)
        assert {one.meeting for one in before.meetings} <= kept
    saved = [len(option.saved) for option in options]
    assert saved == sorted(set(saved))


FULL = pairs(4, 2, 2, [(0, 1), (2, 3), (0, 2)])
HELD = (Placed(0, 0, 0, (0, 1)), Placed(1, 0, 1, (2, 3)), Placed(2, 1, 0, (0, 2)))


def test_nothing_moves_where_nothing_is_hit():
    (only,) = repair(FULL, HELD, [Absent(3, 1)], 0)
    assert (only.meetings, only.told, only.lost) == (HELD, (), ())


def test_another_table_is_no_move_of_others():
    (only,) = repair(
        replace(FULL, tables=(*FULL.tables, *FULL.tables)), HELD, [TableClosed(0, 0)], 0
    )
    assert only.saved == (0, 2)
    assert only.moved == ()
    assert only.told == (0, 1, 2)


def test_who_is_away_is_missed_by_those_they_would_have_met():
    (only,) = repair(FULL, HELD, [Absent(3, 0)], 0)
    assert (only.lost, only.told) == ((1,), (2, 3))


def test_a_colleague_steps_in():
    market = replace(FULL, meetings=(*FULL.meetings[:1], Meeting(sides=((2,), (1, 3)))))
    (only,) = repair(market, HELD[:2], [Absent(3, 0)], 0)
    assert only.meetings[1] == Placed(1, 1, 0, (2, 1))


def test_a_second_option_moves_one_meeting_for_a_wish():
    market = pairs(4, 2, 2, [(0, 1), (2, 3)])
    people = (*market.participants[:3], replace(market.participants[3], free=frozenset({0})))
    market = replace(market, participants=people)
    held = (Placed(0, 0, 0, (0, 1)), Placed(1, 0, 1, (2, 3)))
    wish = WishAdded(Meeting(sides=((0,), (3,)), within=frozenset({0})))
    first = repair(market, held, [wish], 0)
    assert [one.saved for one in first] == [()]  # 2 and 3 can meet in slot 0 alone
    market = replace(market, participants=(*people[:3], FULL.participants[3]))
    stay, go = repair(market, held, [wish], 0)
    assert (stay.saved, stay.moved) == ((), ())
    assert go.saved == (2,)
    assert set(go.moved) == {0, 1}


def test_meetings_that_have_begun_never_move():
    wish = WishAdded(Meeting(sides=((1,), (3,)), within=frozenset({0})))
    (only,) = repair(FULL, HELD, [wish], 1)
    assert (only.meetings, only.lost) == (HELD, (3,))


def test_a_table_closed_twice_is_closed():
    once = repair(FULL, HELD, [TableClosed(1, 0)], 0)
    assert once == repair(FULL, HELD, [TableClosed(1, 0), TableClosed(1, 0)], 0)


@pytest.mark.parametrize("change", [Absent(9, 0), TableClosed(9, 0), SlotRemoved(9)])
def test_unknown_numbers_are_refused(change):
    with pytest.raises(WrongShape):
        repair(FULL, HELD, [change], 0)


def test_a_thousand_people_are_repaired_at_once():
    wishes = [(one, (one + step) % 1000) for one in range(1000) for step in range(1, 6)]
    market = pairs(1000, 24, 230, [tuple(sorted(one)) for one in wishes])
    before = plan(market, steps=0)
    start = process_time()
    options = repair(market, before.meetings, [Absent(5, 3), TableClosed(7, 2)], 2)
    assert process_time() - start < 0.5
    assert options[0].moved == ()
