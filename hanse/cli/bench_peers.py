"""What other programs need for the same work: run by the Python of `.venv-peers`, without Hanse.

`python hanse/cli/bench_peers.py PEER FILE` does the peer's work on the array in FILE, once after a
warm-up, and prints one line of JSON. `measured` is how our own work is measured too.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

AT_LEAST = 3.0  # seconds that short work is repeated for
AT_MOST = 5  # times


def measured(work: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Median of wall seconds, memory before and at most (MB), and what the work gave at last."""
    before = resident("VmRSS")
    spent: list[float] = []
    given: Any = None
    while not spent or (sum(spent) < AT_LEAST and len(spent) < AT_MOST):
        given = None
        began = time.perf_counter()
        given = work()
        spent.append(time.perf_counter() - began)
    peak = resident("VmHWM")
    return {"seconds": statistics.median(spent), "before": before, "peak": peak}, given


def resident(what: str) -> float:
    """Memory of this process in MB; the system's own count of the peak, where it has no other.

    `ru_maxrss` begins with what the parent had when it made this process, `VmHWM` does not.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith(what):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 1024


def ecomplexity_chain(x: Any) -> Callable[[], Any]:
    """RCA, ECI, PCI, proximity, density, outlook; the test of log-supermodularity is left out."""
    import numpy as np
    import pandas as pd
    from ecomplexity import ecomplexity  # noqa: PLC0415 -- optional dependency

    rows, columns = x.shape
    table = pd.DataFrame(
        {
            "time": 1,
            "loc": np.repeat(np.arange(rows), columns),
            "prod": np.tile(np.arange(columns), rows),
            "val": x.ravel(),
        }
    )
    names = {name: name for name in table.columns}
    return lambda: ecomplexity(table, names, check_logsupermodularity=False, verbose=False)


def esda_local_moran(points: Any) -> Callable[[], Any]:
    """Six nearest neighbours, 999 permutations, everything else as the peer has it."""
    import warnings  # noqa: PLC0415 -- optional dependency

    import esda  # noqa: PLC0415 -- optional dependency
    import libpysal  # noqa: PLC0415 -- optional dependency

    warnings.simplefilter("ignore")
    near = libpysal.weights.KNN.from_array(points[:, :2].copy(), k=6)
    near.transform = "r"
    values = points[:, 2].copy()
    return lambda: esda.Moran_Local(values, near, permutations=999)


def inequality_gini(x: Any) -> Callable[[], Any]:
    from inequality.gini import Gini  # noqa: PLC0415 -- optional dependency

    return lambda: [Gini(column).g for column in x.T]


def inequality_theil(x: Any) -> Callable[[], Any]:
    from inequality.theil import Theil  # noqa: PLC0415 -- optional dependency

    return lambda: Theil(x).T


PEERS: dict[str, tuple[str, Callable[[Any], Callable[[], Any]]]] = {
    "ecomplexity_chain": ("ecomplexity", ecomplexity_chain),
    "esda_local_moran": ("esda", esda_local_moran),
    "inequality_gini": ("inequality", inequality_gini),
    "inequality_theil": ("inequality", inequality_theil),
}


def main(peer: str, file: str) -> None:
    import numpy as np

    package, prepared = PEERS[peer]
    given = np.load(file)
    prepared(given[:200, :20].copy())()
    figures, _ = measured(prepared(given))
    print(json.dumps({**figures, "name": f"{package} {version(package)}"}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
