"""The project's own measurements: `bin/bench pages`, `release`, `servers`, `methods`, `directory`,
`events`, `meetings`.

Without a name: all. `--without-peers` measures no other program; `--organisations N` makes a
smaller directory. Each line prints the measured value beside its bound. Times are processor seconds
of this process (or of the child, for releases; of the directory what a visitor waits, where nothing
else is said), so that a busy neighbour changes them little; nothing here fails.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from hanse.cli.bench_directory import ORGANISATIONS, directory
from hanse.cli.bench_events import events
from hanse.cli.bench_meetings import meetings
from hanse.cli.bench_methods import methods

ROUNDS = 5
REQUESTS = 120
AT_ONCE = 8


def line(name: str, value: str, bound: str = "") -> None:
    print(f"{name:<52} {value:>16}   {bound}")  # noqa: T201 -- what this command is for


# Pages -------------------------------------------------------------------------------------------


def pages() -> None:
    """Processor time, queries and bytes of pages, over many sectors and regions."""
    start_django()
    from hanse.observatory.queries.figures import serving_release  # noqa: PLC0415 -- slow import

    release = serving_release()
    sectors = [code for code, one in release.sectors.items() if one.is_division][::4]
    regions = [code for code, one in release.regions.items() if one.level == 2][::15]  # noqa: PLR2004
    line("pages", "median", "bound")
    for kind in ("hexagons", "boundaries"):
        measured(
            f"sector map, {kind}",
            [f"/observatory/sectors/{code}/?year=2014&map={kind}" for code in sectors],
        )
    measured("region portrait", [f"/observatory/regions/{code}/?year=2014" for code in regions])
    codes = ",".join(regions[:12])
    measured("comparison of twelve", [f"/observatory/compare/?regions={codes}"])
    measured("panorama of Europe", ["/observatory/europe/"])
    measured("first page", ["/"])
    measured("API, one sector", ["/api/v1/sectors/C29/map?limit=5000"])


def measured(name: str, addresses: list[str]) -> None:
    from django.db import connection  # noqa: PLC0415 -- slow import
    from django.test import Client  # noqa: PLC0415 -- slow import
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- slow import

    visitor = Client(headers={"host": "localhost"})
    visitor.get(addresses[0])
    first = []
    for address in addresses:
        began = time.process_time()
        visitor.get(address)
        first.append(1000 * (time.process_time() - began))
    times, queries, sizes = [], 0, 0
    for address in addresses:
        for _ in range(ROUNDS):
            began = time.process_time()
            answer = visitor.get(address)
            times.append(1000 * (time.process_time() - began))
            if answer.status_code != 200:  # noqa: PLR2004 -- HTTP
                raise SystemExit(f"{address} answered {answer.status_code}")
        with CaptureQueriesContext(connection) as asked:
            answer = visitor.get(address)
        queries = max(queries, len(asked))
        sizes = max(sizes, len(gzip.compress(answer.content, 6)))
    line(f"{name}, processor time", f"{statistics.median(times):.1f} ms", "20 ms")
    line(f"{name}, first time a process shows it", f"{statistics.median(first):.1f} ms")
    line(f"{name}, database queries", str(queries), "12")
    line(f"{name}, largest page compressed", f"{sizes / 1000:.0f} KB", "150 KB")


# Release -----------------------------------------------------------------------------------------


def release() -> None:
    """Seconds and memory of a release from the measures and from the pack, and the speed case."""
    line("release", "measured", "bound")
    child("from the shipped measures", "build", bound="60 s · 2 000 MB")
    if pack_is_here():
        child("all years from the data pack", "build", "--pack", bound="60 s · 2 000 MB")
        child("recompute from the pack", "recompute", "--pack", bound="")
    else:
        line("all years from the data pack", "skipped", "no data pack at HANSE_DATA")
    start_django()
    from hanse.observatory.actions.speed import (  # noqa: PLC0415 -- slow import
        generated_cells,
        rate_generated_cells,
    )

    rows = generated_cells()
    seconds = statistics.median(rate_generated_cells(rows)["seconds"] for _ in range(3))
    line(f"LQ and stars of {rows.num_rows:,} generated cells", f"{seconds:.2f} s", "3 s")


def pack_is_here() -> bool:
    folder = Path(os.environ.get("HANSE_DATA", "data"))
    return (folder / "eurostat_sbs_nuts2").is_dir()


def child(name: str, *words: str, bound: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", "hanse.cli.main", "observatory", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.monotonic() - began
    if done.returncode:
        raise SystemExit(done.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    line(f"{name}, seconds", f"{wall:.1f} s", bound)
    line(f"{name}, processor seconds", f"{spent:.1f} s")
    line(f"{name}, largest process so far", f"{after.ru_maxrss / 1000:.0f} MB", "2 000 MB")


# Servers -----------------------------------------------------------------------------------------


def servers() -> None:
    """The WSGI servers on the same pages: one visitor, then eight at once."""
    from hanse.cli.web import SERVERS  # noqa: PLC0415 -- slow import

    line("servers", "one / eight", f"requests a second, {REQUESTS} each")
    addresses = [
        "/observatory/sectors/C29/?year=2014&map=hexagons",
        "/observatory/regions/DE11/?year=2014",
        "/api/v1/sectors/C29/map?limit=5000",
    ]
    for place, name in enumerate(SERVERS):
        port = 18_460 + place
        with_server = subprocess.Popen(  # noqa: S603 -- our own command
            [sys.executable, "-m", "hanse.cli.main", "web", "--port", str(port)],
            env={**os.environ, "HANSE_SERVER": name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            base = f"http://127.0.0.1:{port}"
            if not answers(base):
                line(name, "did not start")
                continue
            for address in addresses:
                one, _ = load(base + address, 1)
                eight, slow = load(base + address, AT_ONCE)
                path = address.split("?")[0]
                line(f"{name} {path}", f"{one:.0f} / {eight:.0f}", f"95th of eight: {slow:.0f} ms")
        finally:
            with_server.terminate()
            with_server.wait(timeout=10)


def answers(base: str) -> bool:
    import httpx  # noqa: PLC0415 -- slow import

    for _ in range(100):
        try:
            if httpx.get(f"{base}/healthz", timeout=2).status_code < 600:  # noqa: PLR2004 -- HTTP
                return True
        except httpx.TransportError:
            time.sleep(0.2)
    return False


def load(address: str, at_once: int) -> tuple[float, float]:
    """Requests a second and the 95th percentile of milliseconds, after a warm-up."""
    import httpx  # noqa: PLC0415 -- slow import

    spent: list[float] = []
    todo = iter(range(REQUESTS))
    lock = threading.Lock()

    def visit() -> None:
        with httpx.Client(headers={"accept-encoding": "gzip"}) as visitor:
            for _ in each(todo, lock):
                began = time.perf_counter()
                visitor.get(address).raise_for_status()
                spent.append(1000 * (time.perf_counter() - began))

    httpx.get(address)
    began = time.perf_counter()
    visitors = [threading.Thread(target=visit) for _ in range(at_once)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    rate = REQUESTS / (time.perf_counter() - began)
    return rate, statistics.quantiles(spent, n=20)[-1]


def each(todo: Iterator[int], lock: threading.Lock) -> Iterator[int]:
    while True:
        with lock:
            number = next(todo, None)
        if number is None:
            return
        yield number


def start_django() -> None:
    import django  # noqa: PLC0415 -- slow import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.project.settings")
    django.setup()
    logging.disable(logging.CRITICAL)


MEASUREMENTS: dict[str, Callable[[], Any]] = {
    "pages": pages,
    "release": release,
    "servers": servers,
    "methods": methods,
    "directory": directory,
    "events": events,
    "meetings": meetings,
}
WITHOUT_PEERS = "--without-peers"
SIZE = "--organisations"


def size_of(words: list[str]) -> tuple[int, list[str]]:
    """How many organisations a directory shall have, and the other words."""
    if SIZE not in words:
        return ORGANISATIONS, words
    place = words.index(SIZE)
    typed = "".join(words[place + 1 : place + 2])
    if not typed.isdigit() or int(typed) < 1:
        raise SystemExit(f"{SIZE} needs a number.")
    return int(typed), words[:place] + words[place + 2 :]


def main(words: list[str]) -> None:
    size, words = size_of(words)
    names = [word for word in words if word != WITHOUT_PEERS]
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        raise SystemExit(f"Unknown: {', '.join(unknown)}. Known: {', '.join(MEASUREMENTS)}.")
    machine = {"cores": os.cpu_count(), "python": sys.version.split()[0]}
    line("machine", json.dumps(machine))
    wanted = MEASUREMENTS | {
        "methods": partial(methods, with_peers=WITHOUT_PEERS not in words),
        "directory": partial(directory, size),
    }
    for name in names or wanted:
        wanted[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
