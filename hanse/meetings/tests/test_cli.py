"""`hanse meetings plan`, `check` and `repair`, as somebody with files and a terminal uses them."""

import json

import pytest
from click.testing import CliRunner

from hanse.meetings.cli import meetings

TRIANGLE = {
    "participants": 4,
    "slots": 3,
    "tables": 1,
    "blocked": [[], [], [], [2]],
    "meetings": [[0, 1], [0, 2], [1, 2], [0, 3]],
}
# Two mandatory meetings of one participant, one slot.
CROWDED = """
nBusiness = 3; nMeetings = 2; nTables = 2; nTotalSlots = 1; nMorningSlots = 1;
requested = [| 1,2,3, | 1,3,3 |];
forbidden = [ {0}, {0}, {0} ]; fixed = [0, 0]; precedences = [ {}, {} ];
"""


def run(*words):
    return CliRunner().invoke(meetings, [str(one) for one in words])


@pytest.fixture
def event(tmp_path):
    path = tmp_path / "event.json"
    path.write_text(json.dumps(TRIANGLE))
    return path


@pytest.fixture
def plan(event, tmp_path):
    path = tmp_path / "plan.json"
    assert run("plan", event, "--steps", 1000, "--out", path).exit_code == 0
    return path


def test_a_plan_says_value_bound_and_budget(event, tmp_path):
    done = run("plan", event, "--steps", 1000, "--json")
    told = json.loads(done.stdout)
    assert told["held"] == told["bound"]["held"] == 3
    assert told["of"] == 4
    assert told["steps"] <= 1000
    assert told["seed"] == 0


def test_the_same_steps_give_the_same_bytes(event, plan, tmp_path):
    again = tmp_path / "again.json"
    run("plan", event, "--steps", 1000, "--out", again)
    assert again.read_bytes() == plan.read_bytes()


def test_a_plan_is_checked(event, plan):
    done = run("check", event, plan)
    assert done.exit_code == 0
    assert done.stdout.endswith("valid\n")


def test_each_fault_is_said(event, plan, tmp_path):
    told = json.loads(plan.read_text())
    told["meetings"][1] = {**told["meetings"][1], "slot": told["meetings"][0]["slot"]}
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(told))
    done = run("check", event, wrong)
    assert done.exit_code == 1
    assert "fault: " in done.stdout


def test_a_plan_of_another_event_is_told_apart(event, plan, tmp_path):
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**TRIANGLE, "tables": 2}))
    done = run("check", other, plan)
    assert done.exit_code == 1
    assert "digest" in done.stdout


def test_a_plan_from_elsewhere_needs_slots_and_tables_alone(event, tmp_path):
    plain = tmp_path / "plain.json"
    rows = [{"meeting": 0, "slot": 0, "table": 0}, {"meeting": 1, "slot": 1, "table": 0}]
    left = [{"meeting": one, "reason": "not_proven"} for one in (2, 3)]
    plain.write_text(json.dumps({"meetings": rows, "unscheduled": left}))
    done = run("check", event, plain)
    assert done.exit_code == 0
    assert "held 2 of 4" in done.stdout


def test_numbers_are_those_of_the_file(tmp_path):
    event, plain = tmp_path / "event.dzn", tmp_path / "plain.json"
    event.write_text(CROWDED.replace("nTotalSlots = 1", "nTotalSlots = 2"))
    rows = [{"meeting": 1, "slot": 1, "table": 1}, {"meeting": 2, "slot": 2, "table": 2}]
    plain.write_text(json.dumps({"meetings": rows}))
    assert run("check", event, plain).exit_code == 0


def test_an_event_without_a_plan_ends_with_2_and_says_why(tmp_path):
    event = tmp_path / "event.dzn"
    event.write_text(CROWDED)
    done = run("plan", event)
    assert done.exit_code == 2
    assert "participant" in done.stdout
    assert json.loads(run("plan", event, "--json").stdout)["status"] == "infeasible"


def test_what_happened_is_repaired(event, plan, tmp_path):
    changes, out = tmp_path / "changes.json", tmp_path / "options"
    changes.write_text(json.dumps({"now": 0, "changes": [{"kind": "absent", "participant": 1}]}))
    done = run("repair", event, plan, changes, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    options = json.loads(done.stdout)["options"]
    assert 1 <= len(options) <= 3
    assert all(one["lost"] >= 1 for one in options)
    assert {path.stem for path in out.glob("*.json")} == {one["option"] for one in options}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no JSON"),
        (json.dumps({**TRIANGLE, "meetings": [[0, 9]]}), "participant 9"),
        (json.dumps({**TRIANGLE, "meetings": [[1, 1]]}), "themselves"),
        (json.dumps({**TRIANGLE, "meetings": [[0, 1], [1, 0]]}), "same two"),
        (json.dumps({**TRIANGLE, "tables": -1}), "tables"),
    ],
)
def test_wrong_events_are_said_in_a_line(tmp_path, text, said):
    path = tmp_path / "event.json"
    path.write_text(text)
    done = run("plan", path)
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output
