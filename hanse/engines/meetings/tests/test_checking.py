"""The checker finds every fault that somebody puts into a plan."""

from dataclasses import replace
from fractions import Fraction

import pytest

from hanse.engines.meetings.checking import check
from hanse.engines.meetings.market import Market, Meeting, Participant, Placed, Slot, Table
from hanse.engines.meetings.timetable import (
    Bound,
    Certificate,
    Reason,
    Status,
    Timetable,
    Unheld,
    Values,
)

ALL = frozenset(range(4))
NOTHING = Certificate(1, {}, 0)


def people(count: int, **more) -> tuple[Participant, ...]:
    return tuple(Participant(ALL, **more) for _ in range(count))


def pair(one: int, other: int, **more) -> Meeting:
    return Meeting(((one,), (other,)), **more)


def at(meeting: int, slot: int, table: int | None, *who: int) -> Placed:
    return Placed(meeting, slot, table, who)


MARKET = Market(
    slots=tuple(Slot() for _ in range(4)),
    tables=(Table(), Table()),
    participants=people(4),
    meetings=(pair(0, 1), pair(2, 3), pair(0, 2), pair(1, 3)),
)
WHOLE = Timetable(
    Status.OPTIMAL,
    meetings=(at(0, 0, 0, 0, 1), at(1, 0, 1, 2, 3), at(2, 1, 0, 0, 2), at(3, 1, 1, 1, 3)),
    value=Values(0, 4, 4, Fraction(1), 0, 2, 0, 4),
    bound=Bound(4, 4, 0, NOTHING, NOTHING),
    proved=("weight", "breaks"),
)


def faults(market: Market, *placed: Placed, **more) -> str:
    plan = replace(WHOLE, meetings=placed, value=None, bound=None, proved=(), **more)
    return "; ".join(map(str, check(market, plan).faults))


def test_a_sound_plan_has_no_fault():
    verdict = check(MARKET, WHOLE)
    assert verdict.faults == ()
    assert verdict.unchecked == ()
    assert verdict.values == WHOLE.value


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({0: at(0, 9, 0, 0, 1)}, "no such meeting or slot"),
        ({0: at(0, 0, 7, 0, 1)}, "no table 7"),
        ({0: at(0, 0, 0, 0, 9)}, "unknown participants"),
        ({1: at(0, 2, 1, 0, 1)}, "answered 2 times"),
        ({0: at(0, 0, 0, 1, 0)}, "not one of each side"),
        ({0: at(0, 1, 0, 0, 1)}, "in 2 meetings in slot 1"),
        ({0: at(0, 0, 1, 0, 1)}, "taken 2 times"),
        ({0: at(0, 0, None, 0, 1)}, "none for people on site"),
    ],
)
def test_each_fault_in_a_plan_is_named(change, says):
    placed = [change.get(number, one) for number, one in enumerate(WHOLE.meetings)]
    assert says in faults(MARKET, *placed)


@pytest.mark.parametrize(
    ("person", "placed", "says"),
    [
        (Participant(frozenset({1, 2})), [at(0, 0, 0, 0, 1)], "not one that"),
        (Participant(ALL, most={0: 1}), [at(0, 0, 0, 0, 1), at(2, 1, 0, 0, 2)], "at most 1"),
        (Participant(ALL, most_in_all=1), [at(0, 0, 0, 0, 1), at(2, 1, 0, 0, 2)], "at most 1"),
        (Participant(ALL, most_in_a_row=1), [at(0, 0, 0, 0, 1), at(2, 1, 0, 0, 2)], "in a row"),
        (Participant(ALL, table=1), [at(0, 0, 0, 0, 1)], "table 0 is not theirs"),
    ],
)
def test_each_limit_of_a_participant_is_looked_at(person, placed, says):
    market = replace(MARKET, participants=(person, *people(3)))
    assert says in faults(market, *placed)


def test_rules_of_the_event_are_looked_at():
    closed = replace(MARKET, tables=(Table(closed=frozenset({0})), Table()))
    assert "closed in slot 0" in faults(closed, at(0, 0, 0, 0, 1))
    after = replace(MARKET, meetings=(pair(0, 1), pair(2, 3, after=(0,)), *MARKET.meetings[2:]))
    assert "not held before it" in faults(after, at(0, 1, 0, 0, 1), at(1, 1, 1, 2, 3))
    must = replace(MARKET, meetings=(pair(0, 1, mandatory=True), *MARKET.meetings[1:]))
    assert "meeting 0 is mandatory and not held" in faults(must)
    assert "neither held nor explained" in faults(MARKET)
    fair = replace(MARKET, fairness=0)
    assert "differ by 1" in faults(fair, at(0, 0, 0, 0, 1), at(2, 2, 0, 0, 2))
    slots = tuple(Slot(start=20 * one, end=20 * one + 18) for one in range(4))
    far = replace(MARKET, slots=slots, tables=(Table(0), Table(1)), walking=((0, 5), (5, 0)))
    assert "5 minutes to walk" in faults(far, at(0, 0, 0, 0, 1), at(2, 1, 1, 0, 2))


def test_people_online_take_no_table():
    market = replace(MARKET, participants=people(4, online=True), tables=())
    assert "table" not in faults(market, at(0, 0, None, 0, 1))
    offline = replace(market, slots=(Slot(online=False), *MARKET.slots[1:]))
    assert "not one that" in faults(offline, at(0, 0, None, 0, 1))


def test_a_gap_over_night_a_lunch_and_a_rest_are_no_breaks():
    held = (at(0, 0, 0, 0, 1), at(2, 2, 0, 0, 2))
    plan = replace(WHOLE, meetings=held, value=None, bound=None, proved=())
    assert check(MARKET, plan).values.breaks == 1
    night = replace(MARKET, slots=(Slot(), Slot(), Slot(day=1), Slot(day=1)))
    assert check(night, plan).values.breaks == 0
    lunch = replace(MARKET, participants=people(4, rest=frozenset({1})))
    assert check(lunch, plan).values.breaks == 0
    rested = replace(MARKET, participants=people(4, most_in_a_row=1))
    assert check(rested, plan).values.breaks == 0


def test_a_bound_must_follow_from_its_certificate():
    for bound, says in [
        (Bound(3, 4, 0, NOTHING, NOTHING), "bound of weight: 3 is said, 4 follows"),
        (Bound(4, 4, 0, Certificate(0, {}), NOTHING), "no unit"),
        (Bound(4, 4, 0, Certificate(1, {0: -1}), NOTHING), "below zero"),
        (Bound(5, 5, 0, NOTHING, NOTHING), "bound is 5"),
    ]:
        assert says in "; ".join(map(str, check(MARKET, replace(WHOLE, bound=bound)).faults))
    # One slot, three who want to meet in pairs: prices of a half prove that one pair is the most.
    triangle = Market(
        slots=(Slot(),),
        tables=(Table(), Table()),
        participants=tuple(Participant(frozenset({0})) for _ in range(3)),
        meetings=(pair(0, 1), pair(1, 2), pair(0, 2)),
    )
    half = Certificate(2, {0: 1, 1: 1, 2: 1})
    plan = Timetable(
        Status.FEASIBLE,
        meetings=(at(0, 0, 0, 0, 1),),
        unscheduled=(
            Unheld(1, Reason.PARTICIPANT_FULL, (1,)),
            Unheld(2, Reason.PARTICIPANT_FULL, (0,)),
        ),
        bound=Bound(1, 1, 0, half, half),
        proved=("weight",),
    )
    assert check(triangle, plan).faults == ()


@pytest.mark.parametrize(
    ("reason", "detail", "is_so"),
    [
        (Reason.NO_COMMON_SLOT, (), False),
        (Reason.PARTICIPANT_FULL, (0,), True),
        (Reason.PARTICIPANT_FULL, (2,), False),
        (Reason.TABLES_FULL, (0,), False),
        (Reason.PINNED_CLASH, (0,), False),
        (Reason.NOT_PROVEN, (), True),
    ],
)
def test_a_reason_must_be_true_of_the_plan(reason, detail, is_so):
    busy = Participant(frozenset({0}))
    market = replace(MARKET, participants=(busy, *people(3)))
    unheld = (Unheld(2, reason, detail),)
    said = faults(market, at(0, 0, 0, 0, 1), unscheduled=unheld)
    assert (f"{reason} is not so" not in said) is is_so


def test_full_tables_are_a_reason():
    market = replace(MARKET, tables=(Table(),), slots=(Slot(), Slot()), participants=tuple(
        Participant(frozenset({0})) for _ in range(4)
    ))  # fmt: skip
    told = (Unheld(1, Reason.TABLES_FULL, (0,)),)
    assert "tables_full" not in faults(market, at(0, 0, 0, 0, 1), unscheduled=told)
    wrong = (Unheld(1, Reason.TABLES_FULL, (1,)),)
    assert "tables_full is not so" in faults(market, at(0, 0, 0, 0, 1), unscheduled=wrong)
