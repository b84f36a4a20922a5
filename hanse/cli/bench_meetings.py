"""`bin/bench meetings`: the planner on public and on made events, each in a process of its own.

Public files are those of the folder HANSE_BENCHMARKS (else ../shared/benchmarks); without it only
events that this file makes are measured, of the kind that docs/meetings.md describes. Seconds are
of the clock, with reading, planning, tables, reasons and bound; memory is the peak of the process.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZES = ((200, 16, 60, 800), (500, 20, 140, 2500), (1000, 24, 230, 5000), (3000, 30, 650, 18000))
SECONDS = 60
SOON = 10
FAIRNESS = 2
OWN_SEED = 7
SECTORS, AWAY, BLOCKED, IN_SECTOR = 8, 0.15, 0.05, 0.7
# Measured apart on two cores like these in 60 s: plain CP-SAT, and annealing compiled by numba.
PEERS = {
    "synth-200-s1": "CP-SAT 726 held; annealing 49 breaks",
    "synth-500-s1": "CP-SAT 2181 held; annealing 167 breaks",
    "synth-1000-s1": "CP-SAT 0 held; annealing 476 breaks",
    "synth-3000-s1": "CP-SAT 0 held; annealing 2256 breaks",
}
BREAKS = {"synth-200-s1": 48, "synth-500-s1": 154, "synth-1000-s1": 422, "synth-3000-s1": 1841}


def line(name: str, value: str, bound: str = "", peer: str = "") -> None:
    print(f"{name:<34} {value:<58} {bound:<26} {peer}", flush=True)  # noqa: T201 -- what this command is for


def meetings() -> None:
    """Large events, the public small ones, repair."""
    folder = Path(os.environ.get("HANSE_BENCHMARKS", "../shared/benchmarks"))
    with TemporaryDirectory(prefix="hanse-bench-") as place:
        line("large events, 60 s each", "measured", "bound", "peer")
        large = sorted((folder / "b2b-large").glob("synth-*.json"))
        for file in (*large, *made(Path(place))):
            event_line(file, Path(place))
        files = sorted((folder / "b2b-meetings" / "instances").glob("*.dzn"))
        if files:
            small(files, folder / "b2b-meetings" / "published.json", Path(place))


def event_line(file: Path, place: Path) -> None:
    """One event planned for a minute, with its bound; then repaired."""
    plan = place / f"{file.stem}-plan.json"
    told, seconds, memory = run("plan", str(file), "--seconds", str(SECONDS), "--out", str(plan))
    share = told["held"] / told["bound"]["held"]
    goal = f"99.7 %, {BREAKS[file.stem]} breaks" if file.stem in BREAKS else "99.7 %"
    value = (
        f"{told['held']} of at most {told['bound']['held']} ({share:.2%}), {told['breaks']} breaks "
        f"(≥ {told['bound']['breaks']})"
    )
    line(file.stem, value, goal, PEERS.get(file.stem, ""))
    line("", f"{seconds:.0f} s, {memory:.0f} MB, {told['steps']:,} steps", "1024 MB")
    quick, seconds, _memory = run("plan", str(file), "--steps", "0")
    line("", f"insertion alone: {quick['held']} held in {seconds:.1f} s", "30 s")
    happened = changes(file, place)
    repaired, _seconds, _memory = run("repair", str(file), str(plan), str(happened))
    options = ", ".join(
        f"{one['option']}: {one['saved']} of {one['broken']} saved, {one['moved']} moved, "
        f"{one['told']} told"
        for one in repaired["options"]
    )
    line("", f"repair {repaired['seconds']:.2f} s", "0.5 s at 1000 people")
    line("", options)


def changes(file: Path, place: Path) -> Path:
    """Three people do not come, two tables close, a quarter into the event."""
    told = json.loads(file.read_text())
    dice = random.Random(OWN_SEED)  # noqa: S311 -- no secret
    now = told["slots"] // 4
    absent = [
        {"kind": "absent", "participant": dice.randrange(told["participants"])} for _ in range(3)
    ]
    closed = [{"kind": "table_closed", "table": dice.randrange(told["tables"])} for _ in range(2)]
    out = place / f"{file.stem}-changes.json"
    out.write_text(json.dumps({"now": now, "changes": [*absent, *closed]}))
    return out


def small(files: list[Path], published: Path, place: Path) -> None:
    """The public events of Bofill et al., breaks proved least or no plan possible, d = 2."""
    known = {
        one["file"]: "infeasible" if one["unsat"] else str(one["optimum"])
        for one in json.loads(published.read_text())["records"]
        if one["fairness_d"] == FAIRNESS
    }
    right = proved = soon = accepted = impossible = seen = 0
    plan = place / "plan.json"
    times = []
    for file in files:
        told, seconds, _memory = run(
            "plan", str(file), "--seconds", str(SECONDS), "--out", str(plan)
        )
        verdict = checked(file, plan)
        accepted += verdict.endswith("valid")
        if told["status"] == "infeasible":
            impossible += 1
            seen += "not checked" not in verdict
        optimum = known.get(file.name, "nothing")
        value = told["status"] if told["status"] == "infeasible" else str(told["breaks"])
        is_right = value == optimum
        is_proved = told["status"] in ("optimal", "infeasible")
        right, proved = right + is_right, proved + (is_right and is_proved)
        soon += is_right and is_proved and seconds <= SOON
        times.append(seconds)
        if not (is_right and is_proved):
            line(file.stem, f"{value}, {told['status']}, {seconds:.1f} s", f"published {optimum}")
    line(f"{len(files)} public events, d = {FAIRNESS}", "measured", "bound", "peer: RC2 + CaDiCaL")
    line("  at the published value", f"{right}", f"{len(files)}", "68")
    line("  proved in 60 s", f"{proved}", "69", "68")
    line("  proved in 10 s", f"{soon}", "64", "58")
    line("  accepted by the checker", f"{accepted}", f"{len(files)}")
    line("  no plan possible, seen by it too", f"{seen}", f"{impossible}")
    line("  seconds, median and worst", f"{statistics.median(times):.1f}, {max(times):.1f}")


def checked(file: Path, plan: Path) -> str:
    """What `hanse meetings check` prints."""
    return command("check", str(file), str(plan)).stdout.strip()


def run(*words: str) -> tuple[dict[str, Any], float, float]:
    """`hanse meetings …` as anyone would: what it printed, seconds, peak megabytes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    began = time.perf_counter()
    done = command(*words, "--json")
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if not done.stdout.strip():
        raise SystemExit(f"hanse meetings {' '.join(words)}: {done.stderr.strip()[-500:]}")
    # The peak of all children so far: of this one where it is a new one.
    return json.loads(done.stdout), seconds, max(before, peak) / 1024


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "hanse.cli.main", "meetings", *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=20 * SECONDS,
    )


def made(place: Path) -> Iterator[Path]:
    """Events that are in no folder: sectors, skewed popularity, people who are away for half."""
    for size in SIZES:
        people = size[0]
        out = place / f"made-{people}.json"
        out.write_text(json.dumps(made_event(*size, seed=OWN_SEED)))
        yield out


def made_event(people: int, slots: int, tables: int, wanted: int, *, seed: int) -> dict[str, Any]:
    """Pairs in the form of `formats/pairs`; nobody accepts more meetings than there are slots."""
    dice = random.Random(seed)  # noqa: S311 -- no secret
    sector = [dice.randrange(SECTORS) for _ in range(people)]
    popular = [dice.paretovariate(2.2) for _ in range(people)]
    mates = {one: [who for who in range(people) if sector[who] == one] for one in range(SECTORS)}
    weights = {one: [popular[who] for who in mates[one]] for one in range(SECTORS)}
    blocked = []
    for _who in range(people):
        chance = dice.random()
        half = slots // 2
        away = range(half) if chance < AWAY else range(half, slots) if chance < 2 * AWAY else ()
        blocked.append(sorted({*away, *(t for t in range(slots) if dice.random() < BLOCKED)}))
    accepted = [0] * people
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < wanted:
        one = dice.randrange(people)
        other = (
            dice.choices(mates[sector[one]], weights[sector[one]])[0]
            if dice.random() < IN_SECTOR
            else dice.choices(range(people), popular)[0]
        )
        pair = (min(one, other), max(one, other))
        if one == other or pair in pairs or max(accepted[one], accepted[other]) >= slots:
            continue
        pairs.add(pair)
        accepted[one] += 1
        accepted[other] += 1
    return {
        "name": f"made-{people}",
        "participants": people,
        "slots": slots,
        "tables": tables,
        "blocked": blocked,
        "meetings": sorted(map(list, pairs)),
    }
