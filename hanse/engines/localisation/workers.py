"""Work shared out among threads in pieces that do not depend on how many threads there are."""

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hanse.engines.faults import WrongShape

PIECES = 64


def share_out(work: Callable[[int, int, int], None], size: int, threads: int | None = None) -> None:
    """Call work(piece, start, stop) for at most 64 consecutive pieces of range(size).

    The kernels release the interpreter's lock, so plain threads do; they may be called from several
    requests at once, which the compiler's own parallel loops do not promise.
    """
    if threads is not None and threads < 1:
        raise WrongShape(f"threads: {threads}; at least 1")
    edges = [size * piece // PIECES for piece in range(PIECES + 1)]
    spans = [
        (piece, start, stop)
        for piece, (start, stop) in enumerate(itertools.pairwise(edges))
        if start < stop
    ]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for done in [pool.submit(work, *span) for span in spans]:
            done.result()
