"""`bin/bench methods`: what the engines need, beside what other programs need for the same work.

Each work runs in a process of its own (`python -m hanse.cli.bench_methods WORK`): inputs by seed, a
warm-up on tiny inputs, then the work, its wall seconds and its memory, and last how far the result
is from the definition. Nothing here fails; a bound that is missed is said.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hanse.cli.bench_peers import measured

ROOT = Path(__file__).resolve().parents[2]
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
SMALL, LARGE = (3000, 1000), (10_000, 5000)
MADE_FROM = (
    "tables: whole numbers, log-normal by row, column and cell, nested; points: unit square, 5 % "
    "of the reference type, whole weights from 1 to 499, 21 distances up to a quarter of the "
    "window; units: unit square, six nearest neighbours; seed 1"
)
Inputs = dict[str, Any]


@dataclass(frozen=True)
class Check:
    """How far a result is from what it should be."""

    what: str
    value: float
    below: float


@dataclass(frozen=True)
class Bound:
    """What we want to hold: seconds, MB, times faster than the peer, share of its memory."""

    seconds: float | None = None
    mb: float | None = None
    times: float | None = None
    share: float | None = None

    def __str__(self) -> str:
        said = [
            "" if self.seconds is None else f"{in_time(self.seconds)}",
            "" if self.mb is None else f"{self.mb:,.0f} MB",
            "" if self.times is None else f"{self.times:g} times faster",
            "" if self.share is None else f"{self.share:g} of the memory",
        ]
        return ", ".join(one for one in said if one) or "none"

    def holds(self, seconds: float, mb: float, peer: Peer) -> bool:
        return (
            (self.seconds is None or seconds <= self.seconds)
            and (self.mb is None or mb <= self.mb)
            and (self.times is None or peer.low is None or self.times * seconds <= peer.low)
            and (self.share is None or peer.mb is None or mb <= self.share * peer.mb)
        )


@dataclass(frozen=True)
class Peer:
    """Another program's figure, measured by us on two cores; a range where runs differ."""

    said: str
    low: float | None = None
    high: float | None = None
    mb: float | None = None


@dataclass(frozen=True)
class Work:
    """One line of the table. `rival` names the peer of `bench_peers` that may be run beside it."""

    title: str
    peer: Peer
    bound: Bound
    size: tuple[int, ...]
    tiny: tuple[int, ...]
    inputs: Callable[..., Inputs]
    run: Callable[[Inputs], Any]
    check: Callable[[Inputs, Any], list[Check]] = field(default=lambda *_: [])
    rival: str = ""


# Inputs ------------------------------------------------------------------------------------------


def table_of(rows: int, columns: int) -> Inputs:
    """Regions x sectors, nested: large regions have much of everything."""
    import numpy as np

    random = np.random.default_rng(1)
    down, across = np.sort(random.lognormal(size=rows)), np.sort(random.lognormal(size=columns))
    x = np.empty((rows, columns))
    for start in range(0, rows, 256):
        stop = min(start + 256, rows)
        chance = random.lognormal(0, 1.5, (stop - start, columns))
        x[start:stop] = np.floor(down[start:stop, None] * across * chance * 20)
    return {"x": x}


def rows_of(rows: int, columns: int) -> Inputs:
    """The same as a table of names."""
    import numpy as np
    import pyarrow as pa

    x = table_of(rows, columns)["x"]
    regions = np.array([f"r{one:05d}" for one in range(rows)])
    sectors = np.array([f"s{one:05d}" for one in range(columns)])
    names = {"region": np.repeat(regions, columns), "sector": np.tile(sectors, rows)}
    return {"x": x, "table": pa.table({**names, "value": x.ravel()})}


def points_of(count: int, simulations: int) -> Inputs:
    import numpy as np

    random = np.random.default_rng(1)
    return {
        "x": random.random(count),
        "y": random.random(count),
        "weights": random.integers(1, 500, count).astype(float),
        "types": np.where(np.arange(count) < count // 20, "a", "b"),
        "r": np.linspace(0, 0.25, 21),
        "simulations": simulations,
    }


def units_of(count: int) -> Inputs:
    import numpy as np

    from hanse.engines.spatial.near import k_nearest

    random = np.random.default_rng(1)
    points = np.column_stack([random.random((count, 2)), random.lognormal(size=count)])
    near = k_nearest(points[:, 0], points[:, 1], 6, style="W")
    return {"points": points, "near": near}


# Works -------------------------------------------------------------------------------------------


def complexity(given: Inputs) -> Any:
    from hanse.engines.relatedness.complexity import economic_complexity
    from hanse.engines.relatedness.presence import presence

    return economic_complexity(presence(given["x"]))


def error_of_complexity(given: Inputs, found: Any) -> list[Check]:
    """Against all eigenvectors of D_p**-1 M' D_c**-1 M by LAPACK, unsymmetric, in float64."""
    import numpy as np

    from hanse.engines.relatedness.presence import presence

    m = presence(given["x"]).astype(np.float64)
    some = m[~np.isnan(found.eci)][:, ~np.isnan(found.pci)]
    diversity, ubiquity = some.sum(axis=1), some.sum(axis=0)
    values, vectors = np.linalg.eig((some / ubiquity).T @ (some / diversity[:, None]))
    sectors = vectors[:, np.argsort(values.real)[-2]].real
    regions = some @ sectors / diversity
    sign = np.sign(np.corrcoef(regions, diversity)[0, 1])
    wide = [(one - one.mean()) / one.std() * sign for one in (regions, sectors)]
    ours = [one[~np.isnan(one)] for one in (found.eci, found.pci)]
    error = max(float(np.abs(a - b).max()) for a, b in zip(wide, ours, strict=True))
    return [Check("ECI and PCI against all eigenvectors in float64", error, 1e-6)]


def chain(given: Inputs) -> Any:
    from hanse.engines.relatedness.product_space import product_space

    return product_space(given["x"])


def chain_in_blocks(given: Inputs) -> Any:
    from hanse.engines.relatedness.product_space import product_space

    return product_space(given["x"], keep=(), each=lambda block: block.gain.sum())


def ginis_of_matrix(given: Inputs) -> Any:
    from hanse.engines.regional.locational_gini_matrix import locational_ginis

    return locational_ginis(given["x"])


def ginis_of_table(given: Inputs) -> Any:
    from hanse.engines.regional.locational_gini import locational_gini

    return locational_gini(given["table"])


def both_ginis(given: Inputs, found: Any) -> list[Check]:
    import numpy as np

    values = found["locational_gini"].to_numpy()
    error = float(np.nanmax(np.abs(values - ginis_of_matrix(given))))
    return [Check("table against matrix", error, 1e-12)]


def plain_ginis(given: Inputs) -> Any:
    import numpy as np

    from hanse.engines.regional.locational_gini_matrix import locational_ginis

    return locational_ginis(given["x"], reference=np.ones(len(given["x"])))


def error_of_ginis(given: Inputs, found: Any) -> list[Check]:
    """Against the mean difference of all pairs, on every hundredth column."""
    import numpy as np

    some = given["x"][:, ::100]
    apart = [float(np.abs(one[:, None] - one).mean() / (2 * one.mean())) for one in some.T]
    error = float(np.abs(np.array(apart) - found[::100]).max())
    return [Check("Gini against all pairs", error, 1e-12)]


def theils(given: Inputs) -> Any:
    from hanse.engines.regional.theil import theil

    return theil(given["table"])


def kd_bands(given: Inputs) -> Any:
    from hanse.engines.localisation.kd_envelope import kd_envelope

    return kd_envelope(reference="a", **given)


def error_of_kd(given: Inputs, found: Any) -> list[Check]:
    """Against the kernel summed over all pairs: of the pattern, and of three simulated ones."""
    import numpy as np

    from hanse.engines.localisation.kd import kd
    from hanse.engines.localisation.kd_envelope import simulated_kd
    from hanse.engines.localisation.null_models import RANDOM_LOCATION, exchanged
    from hanse.engines.localisation.strips import strips

    x, y, heavy, types, r = (given[name] for name in ("x", "y", "weights", "types", "r"))
    exact = kd(x, y, types, r, "a", weights=heavy, exact=True)
    observed = float(np.abs(found.observed / exact - 1).max())
    null = RANDOM_LOCATION
    curves = simulated_kd(x, y, types, r, "a", weights=heavy, null=null, simulations=3, seed=0)
    is_a = types == "a"
    order = strips(x, y, is_a, is_a, heavy).order
    simulated = 0.0
    for curve, who in zip(curves, exchanged(null, is_a[order], 0, 3, 0), strict=True):
        moved = order[who]
        exact = kd(x[order], y[order], types[moved], r, "a", weights=heavy[moved], exact=True)
        simulated = max(simulated, float(np.abs(curve / exact - 1).max()))
    return [
        Check("Kd against the sum over all pairs", observed, 1e-3),
        Check("simulated Kd against the sum over all pairs", simulated, 1e-3),
    ]


def m_bands(null: str) -> Callable[[Inputs], Any]:
    def run(given: Inputs) -> Any:
        from hanse.engines.localisation.m_envelope import m_envelope

        return m_envelope(reference="a", null=null, **given)

    return run


def error_of_m(given: Inputs, found: Any) -> list[Check]:
    """Against the definition: every point of the type with all others, one after the other."""
    import numpy as np

    x, y, heavy, types, r = (given[name] for name in ("x", "y", "weights", "types", "r"))
    is_a = types == "a"
    local, overall = np.zeros(r.size), np.zeros(r.size)
    for i in np.flatnonzero(is_a):
        near = (x - x[i]) ** 2 + (y - y[i]) ** 2 <= (r * r)[:, None]
        near[:, i] = False
        above, below = near @ (heavy * is_a), near @ heavy
        there = below > 0
        local[there] += above[there] / below[there]
        overall[there] += (heavy[is_a].sum() - heavy[i]) / (heavy.sum() - heavy[i])
    with np.errstate(invalid="ignore"):
        error = float(np.nanmax(np.abs(found.observed - local / overall)))
    return [Check("M against the definition", error, 1e-12)]


def local_moran(given: Inputs) -> Any:
    from hanse.engines.spatial.local_moran import local_moran

    return local_moran(given["points"][:, 2], given["near"], permutations=999, like="esda")


WORKS: dict[str, Work] = {
    "complexity": Work(
        "ECI and PCI, 3000 × 1000",
        Peer("EconGeo 50 s (OpenBLAS), R economiccomplexity 99 s", 50, 99),
        Bound(seconds=1),
        SMALL,
        (60, 40),
        table_of,
        complexity,
        error_of_complexity,
    ),
    "chain": Work(
        "RCA, ECI, proximity, density, outlook, 3000 × 1000",
        Peer("ecomplexity 39.5 s, 822 MB", 39.5, 39.5, 822),
        Bound(times=30, share=0.25),
        SMALL,
        (60, 40),
        table_of,
        chain,
        rival="ecomplexity_chain",
    ),
    "large_chain": Work(
        "the same chain, 10 000 × 5000",
        Peer("none finishes in reason (co-occurrence alone: EconGeo 265 s)", 265),
        Bound(seconds=30, mb=1500),
        LARGE,
        (60, 40),
        table_of,
        chain_in_blocks,
    ),
    "locational_gini": Work(
        "locational Gini of a matrix 3000 × 1000",
        Peer("EconGeo 13.9 s", 13.9, 13.9),
        Bound(seconds=0.5),
        SMALL,
        (60, 40),
        table_of,
        ginis_of_matrix,
    ),
    "locational_gini_of_a_table": Work(
        "locational Gini of a table of 3 000 000 named rows",
        Peer("EconGeo 13.9 s, of a matrix", 13.9, 13.9),
        Bound(),
        SMALL,
        (60, 40),
        rows_of,
        ginis_of_table,
        both_ginis,
    ),
    "gini": Work(
        "Gini of 1000 columns of 3000",
        Peer("inequality, one column after the other"),
        Bound(times=1),
        SMALL,
        (60, 40),
        table_of,
        plain_ginis,
        error_of_ginis,
        rival="inequality_gini",
    ),
    "theil": Work(
        "Theil of a table of 3 000 000 named rows",
        Peer("inequality, of a matrix"),
        Bound(),
        SMALL,
        (60, 40),
        rows_of,
        theils,
        rival="inequality_theil",
    ),
    "kd": Work(
        "Kd envelope, 20 000 points, 100 simulations",
        Peer("dbmss 19.3 s", 19.3, 19.3),
        Bound(seconds=1),
        (20_000, 100),
        (1000, 3),  # with 20 points of the type bins are off by 1.4e-3 where Kd is smallest
        points_of,
        kd_bands,
        error_of_kd,
    ),
    "m_labels": Work(
        "M envelope, 20 000 points, 1000 simulations, random labels",
        Peer("dbmss 200 to 590 s", 200, 590),
        Bound(seconds=10),
        (20_000, 1000),
        (400, 3),
        points_of,
        m_bands("random_labels"),
        error_of_m,
    ),
    "m_location": Work(
        "M envelope, 20 000 points, 1000 simulations, weights moving",
        Peer("dbmss 200 to 590 s", 200, 590),
        Bound(seconds=40),
        (20_000, 1000),
        (400, 3),
        points_of,
        m_bands("random_location"),
        error_of_m,
    ),
    "large_m": Work(
        "M envelope, 100 000 points, 1000 simulations, weights moving",
        Peer("dbmss about 3 hours", 10_800, 10_800),
        Bound(seconds=300),
        (100_000, 1000),
        (400, 3),
        points_of,
        m_bands("random_location"),
    ),
    "local_moran": Work(
        "local Moran, 999 permutations, 20 000 units",
        Peer("esda, as it is called without options"),
        Bound(times=1, share=0.25),
        (20_000,),
        (200,),
        units_of,
        local_moran,
        rival="esda_local_moran",
    ),
    "large_local_moran": Work(
        "local Moran, 999 permutations, 100 000 units",
        Peer("esda would store units × permutations: 800 MB by reckoning"),
        Bound(seconds=60),
        (100_000,),
        (200,),
        units_of,
        local_moran,
    ),
}
RIVAL_INPUTS = {
    "ecomplexity_chain": "table",
    "inequality_gini": "table",
    "inequality_theil": "table",
    "esda_local_moran": "points",
}


# One process -------------------------------------------------------------------------------------


def done(name: str) -> dict[str, Any]:
    """The figures of one work, in this process."""
    work = WORKS[name]
    work.run(work.inputs(*work.tiny))
    given = work.inputs(*work.size)
    figures, found = measured(lambda: work.run(given))
    checks = [vars(one) for one in work.check(given, found)]
    return {**figures, "checks": checks}


def write_inputs(folder: Path) -> None:
    """What peers work on: the same arrays as ours."""
    import numpy as np

    np.save(folder / "table.npy", table_of(*SMALL)["x"])
    np.save(folder / "points.npy", units_of(*WORKS["local_moran"].size)["points"])


# The table ---------------------------------------------------------------------------------------


def methods(*, with_peers: bool = True) -> None:
    """Print the table; peers that are installed in `.venv-peers` are measured in the same run."""
    row("work", "peer", "ours", "bound", "ratio")
    row(*["---"] * 5)
    rivals = with_peers and PEERS_PYTHON.exists()
    with tempfile.TemporaryDirectory() as folder:
        kernels = {**os.environ, "NUMBA_CACHE_DIR": f"{folder}/kernels"}
        began = time.monotonic()
        told([sys.executable, "-m", "hanse.cli.kernels"], kernels)
        seconds = time.monotonic() - began
        row("compiling all kernels, once for an installation", "–", in_time(seconds), "30 s", "")
        if rivals:
            told([sys.executable, "-m", "hanse.cli.bench_methods", "inputs", folder], kernels)
        for name, work in WORKS.items():
            peer = rival(work, Path(folder)) if rivals and work.rival else not_measured(work)
            answer = told([sys.executable, "-m", "hanse.cli.bench_methods", name], kernels)
            row(*cells(work, peer, json.loads(answer)))
    said(
        f"Inputs: {MADE_FROM}. Seconds are wall time on {os.cpu_count()} cores (median of up to "
        "five where the work is short), MB the most that the whole process held, + what the work "
        "added. Peers without a version were measured by us earlier, on two cores, with the same "
        "work."
    )


def rival(work: Work, folder: Path) -> Peer:
    """The peer's work in a process of its own environment; its known figure where that fails."""
    script = ROOT / "hanse" / "cli" / "bench_peers.py"
    file = folder / f"{RIVAL_INPUTS[work.rival]}.npy"
    try:
        found = json.loads(told([str(PEERS_PYTHON), "-P", str(script), work.rival, str(file)]))
    except subprocess.CalledProcessError as no:
        return not_measured(work, f"it ended with code {no.returncode}")
    words = f"{found['name']} {in_time(found['seconds'])}, {held(found)}"
    return Peer(words, found["seconds"], found["seconds"], found["peak"])


def not_measured(work: Work, why: str = "not measured here") -> Peer:
    if not work.rival:
        return work.peer
    peer = work.peer
    return Peer(f"{peer.said} ({why})", peer.low, peer.high, peer.mb)


def told(command: list[str], environment: dict[str, str] | None = None) -> str:
    """What a child process of ours says at last."""
    child = subprocess.run(  # noqa: S603 -- our own commands
        command, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return child.stdout.strip().rpartition("\n")[2]


def cells(work: Work, peer: Peer, found: dict[str, Any]) -> tuple[str, ...]:
    seconds = found["seconds"]
    ours = f"{in_time(seconds)}, {held(found)}"
    checks = [Check(**one) for one in found["checks"]]
    for one in checks:
        ours += f"; {one.what}: {one.value:.1e}"
    bound = str(work.bound) + "".join(f", {one.below:g}" for one in checks)
    if bound != "none":
        kept = work.bound.holds(seconds, found["peak"], peer)
        kept &= all(one.value <= one.below for one in checks)
        bound += ": held" if kept else ": MISSED"
    return work.title, peer.said, ours, bound, ratio(peer, seconds, found["peak"])


def ratio(peer: Peer, seconds: float, mb: float) -> str:
    if peer.low is None:
        return ""
    least = f"{peer.low / seconds:.3g}"
    said = f"over {least}" if peer.high is None else least
    if peer.high and peer.high != peer.low:
        said = f"{least} to {peer.high / seconds:.3g}"
    return f"{said} times" + (f", memory {mb / peer.mb:.2f}" if peer.mb else "")


def held(found: dict[str, Any]) -> str:
    return f"{found['peak']:,.0f} MB (+{max(0, found['peak'] - found['before']):,.0f})"


def in_time(seconds: float) -> str:
    digits = 3 if seconds < 0.1 else 2 if seconds < 10 else 1  # noqa: PLR2004 -- three figures
    return f"{seconds:.{digits}f}".rstrip("0").rstrip(".") + " s"


def row(*words: str) -> None:
    said("| " + " | ".join(words) + " |")


def said(words: str) -> None:
    print(words, flush=True)  # noqa: T201 -- what this command is for


if __name__ == "__main__":
    if sys.argv[1] == "inputs":
        write_inputs(Path(sys.argv[2]))
    else:
        said(json.dumps(done(sys.argv[1])))
