"""The planner's questions, asked from the command line."""

import json

import pytest
from click.testing import CliRunner

from hanse.meetings.cli import meetings


@pytest.fixture
def six_couples(tmp_path):
    """Two slots in two sessions, five tables, six couples, the first of them newcomers."""
    path = tmp_path / "couples.json"
    people = [{"free": [0, 1], "newcomer": who < 2} for who in range(12)]
    wishes = [{"sides": [[2 * one], [2 * one + 1]]} for one in range(6)]
    told = {
        "form": "hanse-event-1",
        "slots": [{"session": 0}, {"session": 1}],
        "tables": [{}] * 5,
        "participants": people,
        "meetings": wishes,
    }
    path.write_text(json.dumps(told))
    return path


def ask(path, *words):
    return CliRunner().invoke(meetings, ["ask", str(path), "--steps", "200", *words])


def test_tables(six_couples):
    told = json.loads(ask(six_couples, "--tables", "--json").stdout)
    assert (told["fewest"], told["enough"], told["each_below"]) == (3, 3, 2.0)
    assert told["rows"][0] == {
        "tables": 1, "held": 2, "weight": 2, "most_held": 2, "most_weight": 2, "kept": True,
    }  # fmt: skip
    said = ask(six_couples, "--tables").stdout
    assert "3 tables hold as much as any more; at least 3 are needed for that" in said
    assert "each below costs about 2.0 meetings" in said
    assert said == ask(six_couples, "--tables").stdout


def test_slot(six_couples):
    told = json.loads(ask(six_couples, "--slot", "--json").stdout)
    assert told["now"]["held"] == 6
    assert [(one["after"], one["held"]) for one in told["sessions"]] == [(0, 6), (1, 6)]
    assert "one more after slot 1" in ask(six_couples, "--slot").stdout


def test_minimum(six_couples):
    told = json.loads(ask(six_couples, "--minimum", "1", "--json").stdout)
    assert (told["meetings"], told["newcomers"], told["reach"]) == (0, 2, 2)
    assert "it costs 0 meetings" in ask(six_couples, "--minimum", "1").stdout


@pytest.mark.parametrize("words", [(), ("--tables", "--slot"), ("--minimum", "-1")])
def test_one_question_at_a_time(six_couples, words):
    assert ask(six_couples, *words).exit_code == 2
