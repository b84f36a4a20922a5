"""Events and plans as JSON: there and back, and what is wrong is said."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.meetings.faults import (
    MeetingTwice,
    OutOfRange,
    SelfMeeting,
    UnknownNumber,
    Unreadable,
)
from hanse.engines.meetings.formats.event import digest, event_form, market_of, read_event
from hanse.engines.meetings.formats.timetable import plan_form, plan_text, read_plan
from hanse.engines.meetings.market import Market, Meeting, Participant, Placed, Slot, Table
from hanse.engines.meetings.tests.test_checking import MARKET, WHOLE

SLOTS = st.frozensets(st.integers(0, 2))
PEOPLE = st.builds(
    Participant,
    free=SLOTS,
    party=st.none(),
    most=st.dictionaries(st.integers(0, 1), st.integers(0, 3)),
    most_in_a_row=st.none() | st.integers(0, 3),
    rest=SLOTS,
    table=st.none() | st.just(0),
    online=st.booleans(),
    newcomer=st.booleans(),
    name=st.text(max_size=5),
)
MARKETS = st.builds(
    lambda people, weight, fairness: Market(
        slots=(Slot(start=0, end=20), Slot(session=1, start=25, end=45), Slot(day=1)),
        tables=(Table(closed=frozenset({1}), name="Ä"),),
        participants=tuple(people),
        meetings=(Meeting(((0,), (1,)), weight=weight, within=frozenset({0, 2})),),
        fairness=fairness,
        published=(Placed(0, 0, None, (0, 1)),),
    ),
    st.lists(PEOPLE, min_size=2, max_size=2),
    st.integers(1, 9),
    st.none() | st.integers(0, 3),
)


@given(MARKETS)
def test_an_event_comes_back_as_it_was(market):
    told = json.dumps(event_form(market))
    assert read_event(told) == market
    assert digest(read_event(told)) == digest(market)


@pytest.mark.parametrize("origin", [0, 1])
def test_a_plan_comes_back_as_it_was(origin):
    text = plan_text(plan_form(MARKET, WHOLE, origin=origin))
    assert read_plan(text) == WHOLE
    assert json.loads(text)["meetings"][0]["meeting"] == origin


def form(**more):
    return {
        "form": "hanse-event-1",
        "slots": [{}, {}],
        "tables": [{}],
        "participants": [{"free": [0, 1]}, {"free": [0, 1]}],
        "meetings": [{"sides": [[0], [1]]}],
        **more,
    }


@pytest.mark.parametrize(
    ("change", "fault", "says"),
    [
        ({"form": "other"}, Unreadable, "form"),
        ({"slots": None}, Unreadable, "slots"),
        ({"slotz": []}, Unreadable, "slotz"),
        ({"participants": [{}]}, Unreadable, "'free' is missing"),
        ({"participants": [{"free": ["x"]}]}, Unreadable, "participant 0, free"),
        ({"participants": [{"free": [True]}]}, Unreadable, "no whole number"),
        ({"participants": [{"free": [5]}]}, UnknownNumber, "participant 0: there is no slot 5"),
        ({"meetings": [{"sides": [[0], [7]]}]}, UnknownNumber, "no participant 7"),
        ({"meetings": [{"sides": [[0], [0]]}]}, SelfMeeting, "themselves"),
        ({"meetings": [{"sides": [[0]]}]}, OutOfRange, "two or three sides"),
        ({"meetings": [{"sides": [[0], [1]], "weight": 0}]}, OutOfRange, "weight"),
        ({"meetings": [{"sides": [[0], [1]], "after": [0]}]}, SelfMeeting, "before itself"),
        ({"meetings": [{"sides": [[0], [1]]}, {"sides": [[1], [0]]}]}, MeetingTwice, "0 and 1"),
        ({"slots": [{"start": 5, "end": 5}, {}]}, OutOfRange, "slot 0 ends"),
        ({"fairness": -1}, OutOfRange, "fairness"),
        ({"walking": [[0, 1]]}, OutOfRange, "square"),
    ],
)
def test_what_is_wrong_is_said(change, fault, says):
    with pytest.raises(fault, match=says):
        market_of(form(**change))


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"meetings": 1}', "[" * 5000, "NaN"])
def test_no_text_breaks_the_readers(text):
    with pytest.raises(Unreadable):
        read_event(text)
    with pytest.raises(Unreadable):
        read_plan(text)
