"""`bin/bench events`: programmes of 60 and of 600 items, and how fast their pages answer.

They stand in a temporary place with SQLite; making them is not measured. Times are processor
seconds of this process.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROUNDS = 30
SIZES = (60, 600)
ROOMS = 12
# pretalx 2025.2.2 with its own test event of 36 talks, on two cores like these; its page then reads
# the programme and draws it by script. Measured apart, see docs/measurements.md.
PEER = "pretalx 25 ms"


def line(name: str, value: str, bound: str = "", peer: str = "") -> None:
    print(f"{name:<58} {value:>16}   {bound:<10} {peer}", flush=True)  # noqa: T201 -- what this command is for


def events() -> None:
    """In a process of its own, since the place is chosen before Django starts."""
    here = Path(os.environ.get("HANSE_VAR", "var")).resolve()
    with TemporaryDirectory(prefix="hanse-bench-") as place:
        for name in ("releases", "kernels", "static"):
            if (here / name).is_dir():
                (Path(place) / name).symlink_to(here / name)
        done = subprocess.run(
            [sys.executable, "-m", "hanse.cli.bench_events"],
            env={**os.environ, "HANSE_VAR": place},
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.returncode)


def main() -> None:
    start()
    line("events", "measured", "bound", "peer")
    queries = {}
    for size in SIZES:
        event = make_event(size)
        peer = PEER if size == SIZES[0] else ""
        measured(f"programme of {size} items, public page", event.get_absolute_url(), "20 ms", peer)
        day = f"{event.series.get_absolute_url()}{event.first_day.isoformat()}/"
        measured(f"day of a week with {size} items", day, "20 ms")
        measured(
            f"programme of {size} items, API",
            f"/api/v1/events/series/{event.series.slug}/{event.slug}",
        )
        queries[size] = queries_of(event.get_absolute_url())
    line(
        "database queries at 60 and at 600 items",
        " and ".join(str(queries[size]) for size in SIZES),
        "the same",
    )
    flyers()


def start() -> None:
    import django  # noqa: PLC0415 -- slow import

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hanse.project.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- slow import
    from django.test.utils import setup_test_environment  # noqa: PLC0415 -- slow import

    call_command("migrate", interactive=False, verbosity=0)
    setup_test_environment()


def make_event(size: int) -> Any:
    """Two days, so many items of 25 minutes in a dozen rooms, each with two of forty speakers."""
    from hanse.events.actions.programme import publish_programme  # noqa: PLC0415 -- slow import
    from hanse.events.actions.series import make_series  # noqa: PLC0415 -- slow import
    from hanse.events.models import Part, Room, Session, Speaker  # noqa: PLC0415 -- slow import

    first = date(2027, 3, 9)
    days = [{"day": (first + timedelta(days=n)).isoformat()} for n in range(2)]
    place = f"House {size}"
    series = make_series(
        {
            "slug": f"week-{size}",
            "title": {"en": f"A week of {size} items"},
            "city": "Lübeck",
            "zone": "Europe/Berlin",
            "first_day": days[0]["day"],
            "last_day": days[1]["day"],
            "places": [{"name": place, "city": "Lübeck"}],
            "events": [{"slug": "main", "title": {"en": "Main"}, "places": [place], "days": days}],
        }
    )
    event = series.events.get()
    house = event.places.get()
    rooms = [Room.objects.create(place=house, name=f"Room {n + 1}") for n in range(ROOMS)]
    speakers = Speaker.objects.bulk_create(
        Speaker(event=event, name=f"Speaker {n}", says=f"House {n % 7}") for n in range(ROOMS * 2)
    )
    sessions = Session.objects.bulk_create(
        Session(
            event=event,
            starts_at=(begins := slot(first, n // ROOMS, size)),
            ends_at=begins + timedelta(minutes=20),
            room=rooms[n % ROOMS],
            title={"en": f"Item {n} about something that matters", "de": f"Punkt {n}"},
            text={"en": "A few sentences about what happens here. " * 5},
            languages="en",
        )
        for n in range(size)
    )
    Part.objects.bulk_create(
        Part(session=session, speaker=speakers[2 * (n % ROOMS) + k])
        for n, session in enumerate(sessions)
        for k in range(2)
    )
    publish_programme(event, by=None)
    event.refresh_from_db()
    return event


def slot(first: date, row: int, size: int) -> datetime:
    """Half of the rows on either day, from eight o'clock, 20 minutes each."""
    from hanse.directory.rules.notices import moment  # noqa: PLC0415 -- slow import

    rows = -(-size // ROOMS)
    half = -(-rows // 2)
    day, at = divmod(row, half)
    begins = datetime.combine(first + timedelta(days=day), datetime.min.time())
    return moment(begins + timedelta(minutes=8 * 60 + 20 * at), "Europe/Berlin")


def measured(name: str, address: str, bound: str = "", peer: str = "") -> None:
    from django.test import Client  # noqa: PLC0415 -- slow import

    visitor = Client(headers={"host": "localhost"})
    first, *times = [1000 * seconds(lambda: visitor.get(address)) for _ in range(ROUNDS + 1)]
    value = f"{statistics.median(times):.1f} ms"
    line(f"{name}, processor time, median", value, bound, peer)
    line(f"{name}, worst of {ROUNDS}", f"{max(times):.1f} ms")
    line(f"{name}, first time a process shows it", f"{first:.1f} ms")


def seconds(act: Callable[[], Any]) -> float:
    began = time.process_time()
    answer = act()
    took = time.process_time() - began
    if answer.status_code != 200:  # noqa: PLR2004 -- HTTP
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    return took


def queries_of(address: str) -> int:
    from django.db import connection  # noqa: PLC0415 -- slow import
    from django.test import Client  # noqa: PLC0415 -- slow import
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- slow import

    visitor = Client(headers={"host": "localhost"})
    visitor.get(address)
    with CaptureQueriesContext(connection) as asked:
        visitor.get(address)
    return len(asked)


def flyers() -> None:
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 -- slow import

    from hanse.events.actions.series import load_shipped_series  # noqa: PLC0415 -- slow import
    from hanse.events.documents.flyer import flyer  # noqa: PLC0415 -- slow import
    from hanse.events.queries.overview import week_of  # noqa: PLC0415 -- slow import

    (series,) = load_shipped_series()
    week = week_of(series, AnonymousUser())
    flyer(week)
    began = time.process_time()
    flyer(week)
    line("flyer of a week, two pages", f"{1000 * (time.process_time() - began):.0f} ms", "none")


if __name__ == "__main__":
    main()
