"""The measures that come with the program, and the release that serves from them."""

from __future__ import annotations

import json
from pathlib import Path

from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.release import (
    METHOD,
    described_measures,
    newest_measures,
    publish_release,
    serving_release,
)


def release_is_current(measures: Path, releases: Path) -> bool:
    """Whether the serving release rests on these measures and on today's method.

    A release made from other measures by the operator stays: only an older release of the shipped
    measures, or none at all, calls for a new one.
    """
    folder = serving_release(releases)
    if folder is None:
        return False
    note = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    shipped = described_measures(newest_measures(measures))
    return bool(note["method"] == METHOD or note["measures"] != shipped["digest"])


def serve_shipped_measures(measures: Path, releases: Path, progress: Progress = silent) -> str:
    return publish_release(newest_measures(measures), releases, progress=progress)
