import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from hanse.cli import bench, bench_methods, bench_peers
from hanse.cli.bench_methods import WORKS, Bound, Check, Peer, cells

FOUND = {"seconds": 0.5, "before": 100.0, "peak": 180.0, "checks": []}


@pytest.mark.parametrize("name", WORKS)
def test_a_work_runs_on_tiny_inputs_and_is_as_near_as_it_should_be(name):
    work = WORKS[name]
    given = work.inputs(*work.tiny)
    for one in work.check(given, work.run(given)):
        assert one.value <= one.below, one


@pytest.mark.parametrize("name", WORKS)
def test_a_line_names_work_peer_ours_and_bound(name):
    work = WORKS[name]
    title, peer, ours, bound, _ = cells(work, work.peer, FOUND)
    assert title
    assert any(known in peer for known in ("EconGeo", "ecomplexity", "dbmss", "esda", "inequality"))
    assert ours == "0.5 s, 180 MB (+80)"
    assert bound == "none" or bound.endswith((": held", ": MISSED"))


def test_a_bound_is_held_by_time_memory_peer_and_error():
    peer = Peer("they", 40, 40, 800)
    assert Bound(seconds=1, mb=200, times=30, share=0.25).holds(1, 200, peer)
    assert not Bound(seconds=1).holds(1.1, 1, peer)
    assert not Bound(mb=200).holds(1, 201, peer)
    assert not Bound(times=30).holds(1.4, 1, peer)
    assert not Bound(share=0.25).holds(1, 201, peer)
    assert str(Bound(seconds=0.5, times=30, share=0.25)) == (
        "0.5 s, 30 times faster, 0.25 of the memory"
    )
    work = WORKS["complexity"]
    far = vars(Check("ECI", 1e-3, 1e-6))
    assert cells(work, work.peer, FOUND)[3:] == ("1 s: held", "100 to 198 times")
    wrong = cells(work, work.peer, {**FOUND, "checks": [far]})
    assert wrong[2:4] == ("0.5 s, 180 MB (+80); ECI: 1.0e-03", "1 s, 1e-06: MISSED")


def test_a_peer_that_is_not_there_keeps_its_known_figure(monkeypatch, tmp_path):
    work = WORKS["chain"]
    assert bench_methods.not_measured(work).said == "ecomplexity 39.5 s, 822 MB (not measured here)"

    def broken(*_):
        raise subprocess.CalledProcessError(1, "peer")

    monkeypatch.setattr(bench_methods, "told", broken)
    assert bench_methods.rival(work, tmp_path).said.endswith("(it ended with code 1)")


def test_a_measured_peer_is_compared_in_the_same_run(monkeypatch, tmp_path):
    answer = {"seconds": 62.0, "before": 300.0, "peak": 1024.0, "name": "ecomplexity 0.5"}
    monkeypatch.setattr(bench_methods, "told", lambda *_: json.dumps(answer))
    peer = bench_methods.rival(WORKS["chain"], tmp_path)
    assert peer.said == "ecomplexity 0.5 62 s, 1,024 MB (+724)"
    assert cells(WORKS["chain"], peer, FOUND)[4] == "124 times, memory 0.18"


def test_every_peer_has_its_inputs_and_its_place_in_the_lock():
    rivals = {work.rival for work in WORKS.values() if work.rival}
    assert rivals == set(bench_peers.PEERS) == set(bench_methods.RIVAL_INPUTS)
    lock = (bench_methods.ROOT / "requirements-peers.txt").read_text()
    for package, _ in bench_peers.PEERS.values():
        assert f"{package}==" in lock
    assert "http" not in lock


def test_one_process_prints_its_figures(monkeypatch):
    monkeypatch.setitem(
        WORKS, "kd", WORKS["kd"].__class__(**{**vars(WORKS["kd"]), "size": (400, 3)})
    )
    monkeypatch.setattr(bench_peers, "AT_LEAST", 0)
    found = bench_methods.done("kd")
    assert found["seconds"] > 0
    assert found["peak"] >= found["before"] > 10
    assert len(found["checks"]) == 2


def test_inputs_of_peers_are_written(monkeypatch, tmp_path):
    import numpy as np

    monkeypatch.setattr(bench_methods, "SMALL", (300, 20))
    moran = replace(WORKS["local_moran"], size=(50,))
    monkeypatch.setitem(WORKS, "local_moran", moran)
    bench_methods.write_inputs(Path(tmp_path))
    table = np.load(tmp_path / "table.npy")
    assert table.shape == (300, 20)
    assert (table == np.floor(table)).all()
    assert np.load(tmp_path / "points.npy").shape == (50, 3)


def test_the_command_knows_its_words(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(bench, "methods", lambda **given: asked.append(given))
    bench.main(["methods", "--without-peers"])
    bench.main(["methods"])
    assert asked == [{"with_peers": False}, {"with_peers": True}]
    with pytest.raises(SystemExit, match="Unknown: method"):
        bench.main(["method"])
