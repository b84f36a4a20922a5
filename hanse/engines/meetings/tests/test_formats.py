import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.meetings.clash import counting_clash
from hanse.engines.meetings.faults import Unreadable
from hanse.engines.meetings.formats.b2bsop import read_b2bsop
from hanse.engines.meetings.formats.changes import read_changes
from hanse.engines.meetings.formats.pairs import read_pairs
from hanse.engines.meetings.formats.timetable import read_plan
from hanse.engines.meetings.market import Meeting, Participant
from hanse.engines.meetings.plan import plan
from hanse.engines.meetings.repair import Absent, SlotDelayed, SlotRemoved, TableClosed, WishAdded
from hanse.engines.meetings.timetable import Status

FAIR = """% a fair
nBusiness = 3; nMeetings = 3;
nTables = 2; nTotalSlots = 4; nMorningSlots = 2;
requested = [| 1, 2, 1, | 2, 3, 2, | 1, 3, 3, |];
meetingsxBusiness = [{1, 2, 4}, {1, 2, 3}, {1, 3, 4}];
nMeetingsBusiness = [2, 2, 2];
forbidden = [{0}, {0, 4}, {0}];
fixed = [0, 0, 4];
precedences = [{}, {1}, {},];
"""


def test_the_public_form_counts_from_one():
    market = read_b2bsop(FAIR)
    assert len(market.tables) == 2
    assert [slot.session for slot in market.slots] == [0, 0, 1, 1]
    assert [one.free for one in market.participants] == [
        frozenset({0, 1, 2, 3}),
        frozenset({0, 1, 2}),
        frozenset({0, 1, 2, 3}),
    ]
    assert market.meetings == (
        Meeting(((0,), (1,)), mandatory=True, within=frozenset({0, 1})),
        Meeting(((1,), (2,)), mandatory=True, within=frozenset({2, 3}), after=(0,)),
        Meeting(((0,), (2,)), mandatory=True, slot=3),
    )
    assert market.fairness == 2
    assert read_b2bsop(FAIR, fairness=None).fairness is None


def test_order_space_and_derived_items_do_not_matter():
    lines = re.sub("%.*", "", FAIR).split(";")
    lean = [one for one in lines if "xBusiness" not in one and "nMeetingsBusiness" not in one]
    assert read_b2bsop(";".join(reversed(lean[:-1])) + ";") == read_b2bsop(FAIR)
    spread = FAIR.removeprefix("% a fair").replace(" ", "\n\t% said\n")
    assert read_b2bsop(spread) == read_b2bsop(FAIR)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("| 1, 2, 1,", "| 1, 9, 1,", "meeting 1: participant 9 is not from 1 to 3"),
        ("| 1, 2, 1,", "| 0, 2, 1,", "meeting 1: participant 0 is not from 1 to 3"),
        ("| 1, 2, 1,", "| 1, 1, 1,", "participant 1 cannot meet themselves"),
        ("| 1, 2, 1,", "| 1, 2, 4,", "session 4"),
        ("| 1, 2, 1,", "| 1, 2,", "2 elements, 3 expected"),
        ("| 2, 3, 2,", "", "requested: 2 elements, 3 expected"),
        ("{0, 4}", "{0, 5}", "participant 2: slot 5 is not from 0 to 4"),
        ("fixed = [0, 0, 4]", "fixed = [0, 0, 5]", "meeting 3: slot 5"),
        ("fixed = [0, 0, 4]", "fixed = [0, 0]", "fixed: 2 elements, 3 expected"),
        ("{}, {1}, {},", "{}, {2}, {},", "meeting 2: it cannot be held before itself"),
        ("{}, {1}, {},", "{}, {7}, {},", "meeting 2: meeting 7 is not from 1 to 3"),
        ("nMorningSlots = 2", "nMorningSlots = 5", "nMorningSlots 5 is not from 0 to 4"),
        ("nTables = 2", "nTables = -1", "-1 tables"),
        ("nTables = 2", "nTables = 99999999999", "line 3: 99999999999 is too large"),
        ("nBusiness = 3", "nBusiness = 300000", "300000 participants"),
        ("nTables = 2;", "", "nTables missing"),
        ("nTables = 2;", "nTables = 2; nTables = 2;", "line 3: nTables is given twice"),
        ("nTables = 2;", "nChairs = 2;", "line 3: nChairs is not known"),
        ("nTables = 2;", "nTables = {2};", "line 3: a number expected"),
        ("nTables = 2;", "nTables = 2.5;", "line 3: '.' does not belong here"),
        ("[2, 2, 2]", "[2, 2, 1]", "nMeetingsBusiness of participant 3: 1, but `requested` has 2"),
        ("{1, 2, 4}", "{1, 2, 3}", "participant 1 and `requested` disagree about meeting 2"),
    ],
)
def test_what_is_wrong_in_the_public_form_is_said(old, new, says):
    assert old in FAIR
    with pytest.raises(Unreadable, match=re.escape(says)):
        read_b2bsop(FAIR.replace(old, new, 1))


def test_a_file_that_ends_too_soon_is_refused_wherever_it_ends():
    whole = FAIR.rstrip()
    for end in range(len(whole)):
        with pytest.raises(Unreadable):
            read_b2bsop(whole[:end])


@given(st.text(st.sampled_from("[]{}|;=,%01 nT\n")))
def test_no_text_breaks_the_reader_of_the_public_form(text):
    with pytest.raises(Unreadable):
        read_b2bsop(text)


def test_fairness_below_zero_is_refused():
    with pytest.raises(Unreadable, match="fairness -1"):
        read_b2bsop(FAIR, fairness=-1)


@pytest.mark.parametrize(
    ("old", "new", "kind", "meetings"),
    [
        ("nTables = 2", "nTables = 0", "meeting", (0,)),
        ("{}, {1}, {},", "{2}, {1}, {},", "precedence", (0, 1)),
        ("fixed = [0, 0, 4]", "fixed = [3, 0, 4]", "meeting", (0,)),
        ("| 1, 2, 1, | 2, 3, 2,", "| 1, 2, 1, | 1, 3, 2,", "pins", (1, 2)),
    ],
)
def test_what_can_be_read_and_not_be_held_is_a_clash(old, new, kind, meetings):
    text = re.sub(r"meetingsxBusiness.*\nnMeetingsBusiness.*\n", "", FAIR).replace(old, new, 1)
    text = text.replace("[0, 0, 4]", "[0, 4, 4]") if kind == "pins" else text
    market = read_b2bsop(text)
    found = plan(market)
    assert found.status == Status.INFEASIBLE
    assert (found.clash.kind, set(found.clash.meetings)) == (kind, set(meetings))
    assert found.clash == counting_clash(market)


@pytest.mark.parametrize(("slots", "status"), [(0, Status.INFEASIBLE), (1, Status.OPTIMAL)])
def test_no_slot_and_one_slot(slots, status):
    text = f"""nBusiness = 2; nMeetings = 1; nTables = 1; nTotalSlots = {slots}; nMorningSlots = 0;
    requested = [| 1, 2, 3 |]; forbidden = [{{}}, {{}}]; fixed = [0]; precedences = [{{}}];"""
    assert plan(read_b2bsop(text)).status == status


def test_the_same_two_may_meet_twice_in_the_public_form():
    text = """nBusiness = 2; nMeetings = 2; nTables = 1; nTotalSlots = 2; nMorningSlots = 2;
    requested = [| 1, 2, 3 | 2, 1, 3 |]; forbidden = [{}, {}];
    fixed = [0, 0]; precedences = [{}, {}];"""
    found = plan(read_b2bsop(text))
    assert (found.status, found.value.held) == (Status.OPTIMAL, 2)


PAIRS = {
    "name": "a fair",
    "participants": 3,
    "slots": 2,
    "tables": 1,
    "blocked": [[0], [], []],
    "meetings": [[0, 1], [1, 2]],
}


def test_pairs_count_from_zero():
    market = read_pairs(json.dumps(PAIRS))
    assert market.name == "a fair"
    assert market.participants[0] == Participant(free=frozenset({1}))
    assert market.meetings == (Meeting(((0,), (1,))), Meeting(((1,), (2,))))
    assert market.fairness is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"meetings": [[0, 3]]}, "meetings, 0: participant 3 is not from 0 to 2"),
        ({"meetings": [[0, -1]]}, "participant -1"),
        ({"meetings": [[1, 1]]}, "participant 1 cannot meet themselves"),
        ({"meetings": [[0, 1], [1, 0]]}, "meetings, 1: the same two as in meeting 0"),
        ({"meetings": [[0, 1, 2]]}, "3 participants, 2 expected"),
        ({"meetings": [0]}, "meetings, 0: a list is expected"),
        ({"meetings": [[0, True]]}, "a number is expected"),
        ({"meetings": [[0, 1.0]]}, "a number is expected"),
        ({"meetings": 3}, "meetings: a list is expected"),
        ({"blocked": [[0], []]}, "blocked: 2 elements, 3 expected"),
        ({"blocked": [[0], [], [2]]}, "blocked, participant 2: slot 2 is not from 0 to 1"),
        ({"tables": -1}, "-1 tables"),
        ({"slots": "2"}, "slots: a number is expected"),
        ({"participants": 10**9}, "1000000000 participants"),
    ],
)
def test_what_is_wrong_in_pairs_is_said(change, says):
    with pytest.raises(Unreadable, match=re.escape(says)):
        read_pairs(json.dumps(PAIRS | change))


@pytest.mark.parametrize("left", ["participants", "slots", "tables", "blocked", "meetings"])
def test_each_key_of_pairs_is_needed(left):
    with pytest.raises(Unreadable, match=left):
        read_pairs(json.dumps({key: value for key, value in PAIRS.items() if key != left}))


def test_pairs_that_end_too_soon_are_refused_wherever_they_end():
    whole = json.dumps(PAIRS)
    for end in range(len(whole)):
        with pytest.raises(Unreadable):
            read_pairs(whole[:end])
    with pytest.raises(Unreadable):
        read_pairs("[" * 100_000)


@pytest.mark.parametrize(("tables", "slots", "held"), [(0, 2, 0), (1, 1, 1), (1, 0, 0)])
def test_pairs_without_tables_or_slots(tables, slots, held):
    told = PAIRS | {"tables": tables, "slots": slots, "blocked": [[], [], []]}
    found = plan(read_pairs(json.dumps(told)), steps=1000)
    assert found.value.held == held
    assert len(found.unscheduled) == 2 - held


def test_changes_count_as_their_file_does():
    market = read_b2bsop(FAIR)
    told = {
        "now": 2,
        "changes": [
            {"kind": "absent", "participant": 3},
            {"kind": "table_closed", "table": 1, "from": 4},
            {"kind": "slot_removed", "slot": 4},
            {"kind": "slot_delayed", "slot": 3, "minutes": 10},
            {"kind": "wish_added", "participants": [1, 3], "weight": 2},
        ],
    }
    assert read_changes(json.dumps(told), market, origin=1) == (
        1,
        [
            Absent(2, 1),
            TableClosed(0, 3),
            SlotRemoved(3),
            SlotDelayed(2, 10),
            WishAdded(Meeting(((0,), (2,)), weight=2)),
        ],
    )


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ([], "is expected"),
        ({"now": 0}, "is expected"),
        ({"now": 9, "changes": []}, "now: there is no slot 9"),
        ({"now": -1, "changes": []}, "now: there is no slot -1"),
        ({"changes": []}, "now is None"),
        ({"now": True, "changes": []}, "now is True"),
        ({"now": 0, "changes": [3]}, "change 0: kind is one of absent"),
        ({"now": 0, "changes": [{"kind": "fire"}]}, "change 0: kind is one of absent"),
        ({"now": 0, "changes": [{"kind": "absent"}]}, "change 0: participant is None"),
        (
            {"now": 0, "changes": [{"kind": "absent", "participant": 0, "form": 1}]},
            "change 0: unknown key 'form'",
        ),
        (
            {"now": 0, "changes": [{"kind": "wish_added", "participants": [1]}]},
            "change 0: participants are two or three numbers",
        ),
        (
            {"now": 0, "changes": [{"kind": "wish_added", "participants": [1, "x"]}]},
            "change 0: participant is 'x'",
        ),
    ],
)
def test_what_is_wrong_in_changes_is_said(told, says):
    with pytest.raises(Unreadable, match=re.escape(says)):
        read_changes(json.dumps(told), read_b2bsop(FAIR))


@pytest.mark.parametrize("text", ["", "{", '{"now": 0, "changes": [', "[" * 100_000])
def test_changes_that_end_too_soon_are_refused(text):
    with pytest.raises(Unreadable):
        read_changes(text, read_b2bsop(FAIR))


PLACE = {"meeting": 0, "slot": 0, "table": 0}
CERTIFICATE = {"unit": 1, "prices": {}, "table": 0}


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ([], "a plan is an object"),
        ({}, "'meetings' is missing"),
        ({"meetings": "none"}, "meetings: a list is expected"),
        ({"meetings": [PLACE, 7]}, "meetings[1]: an object is expected"),
        ({"meetings": [PLACE | {"slot": "a"}]}, "meetings[0]: 'a' is no whole number"),
        ({"meetings": [{"meeting": 0}]}, "meetings[0]: 'slot' is missing"),
        ({"meetings": [PLACE | {"participants": 3}]}, "meetings[0]: numbers: a list is expected"),
        (
            {"meetings": [], "unscheduled": [{"meeting": 0, "reason": "nonsense"}]},
            "unscheduled[0]: 'nonsense' is not a valid Reason",
        ),
        ({"meetings": [], "value": "all"}, "value: an object is expected"),
        ({"meetings": [], "bound": 3}, "bound: an object is expected"),
        (
            {
                "meetings": [],
                "bound": {
                    "weight": 0, "held": 0, "breaks": 0,
                    "certificates": {
                        "weight": CERTIFICATE | {"prices": {"a": 1}}, "held": CERTIFICATE,
                    },
                },
            },
            "prices: 'a' is no participant",
        ),
        ({"meetings": [], "clash": [1]}, "clash: an object is expected"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_plan_is_said_with_its_place(told, says):
    with pytest.raises(Unreadable, match=re.escape(says)):
        read_plan(json.dumps(told))
