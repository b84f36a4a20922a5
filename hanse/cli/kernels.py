"""Compiled kernels of the engines: made once by `hanse prepare`, so that no page waits for them.

Numba keeps them in HANSE_VAR/kernels (the settings say so), also where the program itself cannot be
written. It notices a change of a kernel's own file but not of what the kernel calls in another, so
a stamp of all sources decides, and what was compiled from others is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import pkgutil
import platform
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import hanse.engines

STAMP = "made-from.json"
SOURCES = Path(hanse.engines.__file__).parent


def folder() -> Path:
    return Path(os.environ["NUMBA_CACHE_DIR"])


def wanted_stamp() -> dict[str, str]:
    """What compiled kernels depend on. Numba looks at the time a source was written, so we do."""
    import llvmlite.binding  # noqa: PLC0415 -- slow import

    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*.py")):
        if "tests" not in path.parts:
            digest.update(f"{path} {path.stat().st_mtime_ns}\n".encode())
            digest.update(path.read_bytes())
    return {
        "numba": version("numba"),
        "python": platform.python_version(),
        "processor": llvmlite.binding.get_host_cpu_name(),
        "sources": digest.hexdigest(),
    }


def kernels_are_current() -> bool:
    stamp = folder() / STAMP
    return stamp.exists() and json.loads(stamp.read_text()) == wanted_stamp()


def compile_kernels() -> None:
    """In a process of its own: what it loads is needed by nobody here."""
    command = [sys.executable, "-m", "hanse.cli.kernels"]
    subprocess.run(command, env={**os.environ}, check=True)  # noqa: S603 -- our own command


def fill() -> None:
    """Throw away what other sources left, compile everything, and stamp it."""
    stamp = wanted_stamp()
    (folder() / STAMP).unlink(missing_ok=True)
    for kernel in kernels():
        for old in Path(kernel.stats.cache_path).glob("*.nb[ic]"):
            old.unlink(missing_ok=True)
    use_every_kernel()
    folder().mkdir(parents=True, exist_ok=True)
    draft = folder() / f"{STAMP}.{os.getpid()}"
    draft.write_text(json.dumps(stamp))
    draft.replace(folder() / STAMP)


def kernels() -> list[Any]:
    """Every compiled function of the engines that is kept."""
    from numba.core.dispatcher import Dispatcher

    found: list[Any] = []
    for one in pkgutil.walk_packages([str(SOURCES)], "hanse.engines."):
        source = Path(SOURCES, *one.name.split(".")[2:]).with_suffix(".py")
        if source.exists() and "njit" in source.read_text():
            found += [
                thing
                for thing in vars(import_module(one.name)).values()
                if isinstance(thing, Dispatcher) and thing.py_func.__module__ == one.name
            ]
    return found


def use_every_kernel() -> None:
    """Each engine that has kernels, once, on 60 points: as the engines are really called."""
    import numpy as np

    from hanse.engines.localisation.k_function import k_function
    from hanse.engines.localisation.kd import kd
    from hanse.engines.localisation.kd_envelope import kd_envelope
    from hanse.engines.localisation.kd_of_places import kd_of_places
    from hanse.engines.localisation.m_density import m_density
    from hanse.engines.localisation.m_envelope import m_envelope
    from hanse.engines.localisation.simulated import (
        RANDOM_POSITION,
        curve_envelope,
    )
    from hanse.engines.localisation.window import rectangle
    from hanse.engines.spatial.local_moran import local_moran
    from hanse.engines.spatial.moran import moran
    from hanse.engines.spatial.near import k_nearest

    random = np.random.default_rng(1)
    x, y = random.random((2, 60))
    heavy = random.integers(1, 9, 60).astype(float)
    types = np.where(np.arange(60) < 12, "a", "b")  # noqa: PLR2004 -- a fifth
    r = np.linspace(0.05, 0.25, 5)
    square = rectangle((0, 1), (0, 1))
    kd(x, y, types, r, "a", weights=heavy, exact=True)
    kd_envelope(x, y, types, r, "a", weights=heavy, simulations=2)
    kd_of_places(x, y, heavy, heavy + 1, r, h=0.1, simulations=2)
    m_envelope(x, y, types, r, "a", weights=heavy, simulations=2)
    m_density(x, y, types, r, "a", weights=heavy)
    k_function(x, y, types, r, square, "a")
    curve_envelope(
        lambda across, up, names, _: k_function(across, up, names, r, square, "a"),
        x,
        y,
        types,
        r,
        "a",
        null=RANDOM_POSITION,
        window=square,
        simulations=2,
    )
    near = k_nearest(x, y, 4, style="W")
    moran(heavy, near, permutations=9)
    local_moran(heavy, near, permutations=9)
    plan_a_small_event()


def plan_a_small_event() -> None:
    """Twelve people who want to meet, with too few tables, newcomers and a limit on breaks."""
    from hanse.engines.meetings.market import (  # noqa: PLC0415 -- slow import
        Market,
        Meeting,
        Participant,
        Slot,
        Table,
    )
    from hanse.engines.meetings.plan import plan

    free = frozenset(range(6))
    people = tuple(Participant(free, most_in_a_row=3, newcomer=not one) for one in range(12))
    pairs = [(one, other) for one in range(12) for other in range(one + 1, 12)]
    event = Market(
        slots=tuple(Slot() for _ in free),
        tables=(Table(), Table(), Table()),
        participants=people,
        meetings=tuple(Meeting(((one,), (other,))) for one, other in pairs),
        fairness=3,
        newcomers=1,
    )
    plan(event, steps=2000)


if __name__ == "__main__":
    fill()
