"""A day as a table: a column a lane, a row a few minutes, each item as tall as it is long.

Lanes are rooms of an event, or the events of a week. Items of one lane that overlap get columns
side by side. An item of no lane, such as a lunch, goes across all columns where nothing else runs
beside it, and else stands in the first.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import gcd
from typing import Any

HALF_HOUR = 30
FINEST = 5


@dataclass(frozen=True)
class Placed:
    """Something that takes place in a lane, or in none, from one time to another."""

    lane: Hashable | None
    starts: datetime
    ends: datetime
    what: Any = None


@dataclass(frozen=True)
class Cell:
    """Something, or a gap (`what` is None), over so many rows and columns."""

    what: Any
    rows: int
    columns: int = 1


@dataclass(frozen=True)
class Row:
    """A row; every half hour begins with a field of the rule that is `half` rows tall."""

    at: datetime
    half: int = 0
    cells: Sequence[Cell] = ()


@dataclass(frozen=True)
class Timetable:
    """A day; `unit` are the minutes of a row, `lanes` the columns with how many each takes."""

    unit: int
    lanes: Sequence[tuple[Hashable, int]] = ()
    rows: Sequence[Row] = field(default_factory=tuple)

    @property
    def columns(self) -> int:
        return sum(width for _lane, width in self.lanes)


def timetable(placed: Sequence[Placed], lanes: Sequence[Hashable]) -> Timetable:
    """The table of one day.

    >>> nine, ten = datetime(2018, 2, 22, 9), datetime(2018, 2, 22, 10)
    >>> day = timetable([Placed("hall", nine, ten, "talk")], ["hall"])
    >>> day.unit, len(day.rows), day.rows[0].cells
    (30, 2, [Cell(what='talk', rows=2, columns=1)])
    """
    if not placed:
        return Timetable(HALF_HOUR, [(lane, 1) for lane in lanes])
    unit = _unit(placed)
    first = _floor(min(one.starts for one in placed))
    last = max(one.ends for one in placed)
    count = _rows_between(first, last, unit)
    count += -count % (HALF_HOUR // unit)
    columns, widths = _columns(placed, lanes)
    grid = _occupied(placed, columns, first, unit, count, sum(widths))
    half = HALF_HOUR // unit
    rows = [
        Row(
            first + timedelta(minutes=unit * number),
            half if number % half == 0 else 0,
            _cells(grid, number),
        )
        for number in range(count)
    ]
    return Timetable(unit, list(zip(lanes, widths, strict=True)), rows)


def _unit(placed: Sequence[Placed]) -> int:
    """The most minutes that every begin and end is a multiple of."""
    minutes = {at.minute for one in placed for at in (one.starts, one.ends)}
    return max(gcd(HALF_HOUR, *minutes), FINEST)


def _floor(at: datetime) -> datetime:
    return at - timedelta(minutes=at.minute % HALF_HOUR, seconds=at.second)


def _rows_between(first: datetime, last: datetime, unit: int) -> int:
    return -int(-(last - first).total_seconds() // (unit * 60))


def _columns(
    placed: Sequence[Placed], lanes: Sequence[Hashable]
) -> tuple[dict[int, tuple[int, int]], list[int]]:
    """For each item its first column and how many; for each lane how many columns it takes."""
    alone = {
        place
        for place, one in enumerate(placed)
        if one.lane is None
        and not any(
            other is not one and other.starts < one.ends and one.starts < other.ends
            for other in placed
        )
    }
    tracks: dict[int, tuple[int, int]] = {}
    widths = []
    for number, lane in enumerate(lanes):
        free: list[datetime] = []
        for place, one in sorted(enumerate(placed), key=lambda pair: pair[1].starts):
            stands_here = one.lane == lane or (one.lane is None and number == 0)
            if not stands_here or place in alone:
                continue
            track = next((t for t, until in enumerate(free) if until <= one.starts), len(free))
            free[track : track + 1] = [one.ends]
            tracks[place] = (number, track)
        widths.append(max(len(free), 1))
    starts = [sum(widths[:number]) for number in range(len(widths))]
    columns = {place: (starts[lane] + track, 1) for place, (lane, track) in tracks.items()}
    return columns | {place: (0, sum(widths)) for place in alone}, widths


Grid = list[list[tuple[Placed, int, int, int] | None]]


def _occupied(
    placed: Sequence[Placed],
    columns: dict[int, tuple[int, int]],
    first: datetime,
    unit: int,
    count: int,
    width: int,
) -> Grid:
    """Who holds each field: the item, the row it begins in, its rows, its columns."""
    grid: Grid = [[None] * width for _ in range(count)]
    for place, one in enumerate(placed):
        column, wide = columns[place]
        begin = int((one.starts - first).total_seconds() // (unit * 60))
        tall = max(_rows_between(first, one.ends, unit) - begin, 1)
        for row in range(begin, begin + tall):
            for at in range(column, column + wide):
                grid[row][at] = (one, begin, tall, wide)
    return grid


def _cells(grid: Grid, number: int) -> list[Cell]:
    """The cells that begin in a row: items, and gaps as tall as they go."""
    cells = []
    column = 0
    while column < len(grid[number]):
        held = grid[number][column]
        if held is not None:
            one, begin, tall, wide = held
            if begin == number:
                cells.append(Cell(one.what, tall, wide))
            column += wide
            continue
        above = grid[number - 1][column] if number else (None, 0, 0, 0)
        if above is not None:
            rows = next(
                (row for row in range(number, len(grid)) if grid[row][column] is not None),
                len(grid),
            )
            cells.append(Cell(None, rows - number))
        column += 1
    return cells
