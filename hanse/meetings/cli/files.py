"""Files that the commands read: which form they have, and what is wrong with them in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from hanse.engines.faults import Unfit
from hanse.engines.meetings.faults import Unreadable
from hanse.engines.meetings.formats.b2bsop import read_b2bsop
from hanse.engines.meetings.formats.event import read_event
from hanse.engines.meetings.formats.timetable import read_plan
from hanse.engines.meetings.market import Market
from hanse.engines.meetings.timetable import Timetable

FORMATS = ("b2bsop", "json")
DEFAULT_FAIRNESS = 2


def text_of(path: Path) -> str:
    """The text of a file; a file that cannot be read is said in a line."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as no:
        raise click.ClickException(f"{path}: {no.strerror}") from no
    except UnicodeDecodeError:
        raise click.ClickException(f"{path}: no text in UTF-8") from None


def origin_of(path: Path, form: str | None) -> int:
    """From which number a file counts: 1 in MiniZinc, 0 in JSON."""
    return 1 if is_b2bsop(path, form) else 0


def is_b2bsop(path: Path, form: str | None) -> bool:
    return form == "b2bsop" or (form is None and path.suffix != ".json")


def event_in(path: Path, form: str | None, fairness: int | None) -> Market:
    """The event of a file: MiniZinc data, pairs in JSON, or the whole event in JSON."""
    text = text_of(path)
    try:
        if is_b2bsop(path, form):
            return read_b2bsop(text, fairness=DEFAULT_FAIRNESS if fairness is None else fairness)
        market = read_event(text)
    except (Unfit, ValueError, RecursionError) as no:
        raise click.ClickException(f"{path}: {no}") from None
    return market if fairness is None else replace(market, fairness=fairness)


def plan_in(path: Path, origin: int) -> Timetable:
    """The plan of a file; `origin`: from which number its event counts."""
    try:
        return read_plan(text_of(path), origin=origin)
    except Unreadable as no:
        raise click.ClickException(f"{path}: {no}") from None
