from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from hanse.engines.meetings.limits import within_limits
from hanse.engines.meetings.market import Placed
from hanse.engines.meetings.plan import plan
from hanse.engines.meetings.reasons import reasons
from hanse.engines.meetings.tests.events import events, pairs
from hanse.engines.meetings.timetable import Reason, Status, Unheld

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def ways(market, meeting):
    return [
        (who, slot) for who in market.seatings(meeting) for slot in market.slots_for(meeting, who)
    ]


def occupied(market, held, person, slot):
    busy = [one.slot for one in held if person in one.participants]
    own = market.participants[person]
    return slot in busy or not within_limits(market, own, sorted([*busy, slot]))


def is_true(market, held, unheld):
    """Whether a reason of the first four says what the plan shows."""
    possible = ways(market, unheld.meeting)
    if unheld.reason == Reason.NO_COMMON_SLOT:
        return not possible
    if unheld.reason == Reason.PARTICIPANT_FULL:
        side = market.meetings[unheld.meeting].sides.index(unheld.detail)
        return all(occupied(market, held, who[side], slot) for who, slot in possible)
    if unheld.reason == Reason.TABLES_FULL:
        idle = [
            (who, slot)
            for who, slot in possible
            if not any(occupied(market, held, one, slot) for one in who)
        ]
        usable = [
            table
            for who, slot in idle
            for table in range(len(market.tables))
            if slot not in market.tables[table].closed
            and {market.participants[one].table for one in who}
            | {market.meetings[unheld.meeting].table}
            <= {None, table}
            and not any((one.slot, one.table) == (slot, table) for one in held)
        ]
        return {slot for _, slot in idle} == set(unheld.detail) and not usable
    return all(
        any(
            one.slot == slot and set(one.participants) & set(who)
            for one in held
            if one.meeting in unheld.detail and market.meetings[one.meeting].slot is not None
        )
        for who, slot in possible
    )


@QUICK
@given(events(most_meetings=14))
def test_reasons_are_true_of_the_plan(market):
    found = plan(market, steps=300)
    if found.status == Status.STOPPED:
        return
    literal = (
        Reason.NO_COMMON_SLOT,
        Reason.PARTICIPANT_FULL,
        Reason.TABLES_FULL,
        Reason.PINNED_CLASH,
    )
    for unheld in found.unscheduled:
        if unheld.reason in literal:
            assert is_true(market, found.meetings, unheld)


CROSSED = pairs(4, 2, 4, [(0, 1), (0, 2), (1, 3)])
PLAN = [Placed(1, 0, 0, (0, 2)), Placed(2, 1, 0, (1, 3))]


def heavier(number, **terms):
    meetings = list(CROSSED.meetings)
    meetings[number] = replace(meetings[number], **terms)
    return replace(CROSSED, meetings=tuple(meetings))


@pytest.mark.parametrize(
    ("market", "answer"),
    [
        (CROSSED, Unheld(0, Reason.DISPLACES_HEAVIER, (1,))),
        (heavier(0, weight=2), Unheld(0, Reason.NOT_PROVEN)),
        (heavier(1, slot=0), Unheld(0, Reason.DISPLACES_HEAVIER, (2,))),
        (heavier(0, within=frozenset({0})), Unheld(0, Reason.PARTICIPANT_FULL, (0,))),
        (heavier(0, within=frozenset()), Unheld(0, Reason.NO_COMMON_SLOT)),
    ],
)
def test_each_has_its_reason(market, answer):
    assert reasons(market, PLAN) == (answer,)


def test_pinned_meetings_in_each_slot_are_named():
    market = heavier(1, slot=0)
    meetings = (*market.meetings[:2], replace(market.meetings[2], slot=1))
    found = reasons(replace(market, meetings=meetings), PLAN)
    assert found == (Unheld(0, Reason.PINNED_CLASH, (1, 2)),)
