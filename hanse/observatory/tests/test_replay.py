"""The peers' reference cases, played: all agree, or are documented differences."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from hanse.engines.differences import DIFFERENCES
from hanse.observatory.cli import observatory
from hanse.observatory.transfers.replay.tolerance import compared

REFERENCE = Path(os.environ.get("HANSE_DATA", "/nowhere")).parent / "reference"
FILES = sorted(REFERENCE.glob("*/*cases.json"))
MOST_DELIBERATE = 0.03


def replayed(path: Path) -> tuple[int, dict]:
    run = CliRunner().invoke(observatory, ["replay", str(path), "--format", "json"])
    return run.exit_code, json.loads(run.stdout)


@pytest.mark.skipif(not FILES, reason=f"no reference cases in {REFERENCE}")
@pytest.mark.pack
def test_every_reference_case_agrees_or_is_a_documented_difference():
    cases = []
    for path in FILES:
        code, found = replayed(path)
        failed = [c for c in found["cases"] if not c["passed"] and not c["deliberate"]]
        assert (code, failed, found["failed"]) == (0, [], 0), path
        cases += found["cases"]
    deliberate = [case for case in cases if case["deliberate"]]
    assert len(cases) > 250
    assert len(deliberate) <= MOST_DELIBERATE * len(cases)
    assert {case["deliberate"].partition(":")[0] for case in deliberate} <= set(DIFFERENCES)


def written(tmp_path, **changed) -> Path:
    case = {
        "id": "one",
        "function": "herfindahl",
        "input": {"matrix": [[1, 1], [3, 1]]},
        "params": {},
        "expected": [0.5, 0.625],
        "tolerance": {"rel": 1e-9},
        **changed,
    }
    path = tmp_path / "cases.json"
    path.write_text(json.dumps({"peer": "EconGeo", "cases": [case]}))
    return path


def test_a_case_that_agrees_passes(tmp_path):
    code, found = replayed(written(tmp_path))
    assert (code, found["passed"]) == (0, 1)
    assert found["cases"][0]["deviation"] < 1e-15


@pytest.mark.parametrize(
    "changed",
    [
        {"expected": [0.5, 0.6]},
        {"expected": [0.5]},
        {"expected": [0.5, None]},
        {"function": "nothing_of_the_kind"},
        {"input": {"matrix": "not/there.csv"}},
        {"input": {"matrix": [[1, -1], [3, 1]]}},
        {"input": {}},
        {"deliberate": "because I say so"},
    ],
)
def test_a_case_that_does_not_agree_fails(tmp_path, changed):
    if changed == {"deliberate": "because I say so"}:
        changed = {**changed, "expected": [9, 9]}
    code, found = replayed(written(tmp_path, **changed))
    assert (code, found["failed"], found["deliberate"]) == (1, 1, 0)


def test_a_mark_that_names_a_documented_difference_counts(tmp_path):
    path = written(tmp_path, expected=[9, 9], deliberate="econgeo-rounds-outputs")
    code, found = replayed(path)
    assert (code, found["failed"], found["deliberate"]) == (0, 0, 1)


def test_shared_files_lie_under_the_folder_given(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "m.csv").write_text("region,a,b\nR1,1,1\nR2,3,1\n")
    path = written(tmp_path, input={"matrix": "shared: m.csv"})
    run = CliRunner().invoke(
        observatory, ["replay", str(path), "--data", str(tmp_path / "shared"), "--format", "json"]
    )
    assert json.loads(run.stdout)["passed"] == 1


def test_a_file_that_is_none_is_refused_in_words(tmp_path):
    for text in ("{", "[]x", '{"cases": [{"id": 1}]}', "7"):
        path = tmp_path / "cases.json"
        path.write_text(text)
        run = CliRunner().invoke(observatory, ["replay", str(path)])
        assert run.exit_code == 1
        assert "no file of reference cases" in run.output
    assert "no file" in CliRunner().invoke(observatory, ["replay", "nowhere.json"]).output


def test_tolerances_are_read_as_the_cases_write_them():
    assert compared([1.0], [1.04], {"monte_carlo": "within about 5 % relative"}).passed
    assert not compared([1.0], [1.06], {"monte_carlo": "within about 5 % relative"}).passed
    curve = {"r": [0, 20], "lo": [1.0, 1.0]}
    found = {"r": [0, 20], "lo": [9.0, 1.0]}
    assert compared(curve, found, {"monte_carlo": "5 % relative for r >= 15"}).passed
    scored = {"rel": 0.02, "compare": "after z-score; rounded"}
    assert compared([1.0, 2.0, 3.0], [10.0, 20.0, 30.0], scored).passed
    assert not compared([1.0, 2.0, 3.0], [10.0, 30.0, 20.0], scored).passed
    assert compared([0.0, 1.0], [1e-14, 1.0], {"rel": 1e-9}).passed
    assert not compared(["a"], ["b"], {"exact": True}).passed
