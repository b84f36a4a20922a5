"""Two dates side by side: hollow is earlier, filled is later, joined."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hanse.kit.charts.drawing import (
    WIDE,
    Scale,
    Threshold,
    Words,
    cut,
    dot,
    drawing,
    length,
    line,
    name_room,
    text,
)  # fmt: skip

ROW = 27


@dataclass(frozen=True)
class Change:
    """A value at two dates; `said` is the later one in words."""

    name: str
    before: float | None
    after: float | None
    said: str


def dumbbell(
    rows: Sequence[Change],
    *,
    dates: tuple[str, str],
    label: Words,
    thresholds: Sequence[Threshold] = (),
    by_doublings: bool = True,
    width: int = WIDE,
) -> SafeString:
    """Rows with two dates each, over thresholds. Dates are written at the first row."""
    wide = width >= WIDE
    size = 15 if wide else 13.5
    room = name_room([row.name for row in rows], width, size)
    known = [v for row in rows for v in (row.before, row.after) if v is not None]
    known += [threshold.value for threshold in thresholds]
    low, high = (min(known), max(known)) if known else (1.0, 2.0)
    pad = 1.12 if by_doublings else 1
    scale = Scale(
        low / pad if by_doublings else low,
        max(high * pad, low * 1.5, low + 1e-9),
        room + 12,
        width - 46,
        "log" if by_doublings else "linear",
    )
    height = 32 + ROW * len(rows)
    parts = []
    for threshold in thresholds:
        x = scale.at(threshold.value)
        parts.append(line(x, 20, x, height - 8, "inkl" if threshold.firm else "hairl"))
        name = threshold.name if wide else threshold.name.split(",")[0]
        parts.append(text(x, 14, name, 13.5, "t2 mid"))
    for place, row in enumerate(rows):
        y = 38 + ROW * place
        parts.append(text(room, y + 5, cut(row.name, room, size), size, "end"))
        parts.append(line(room + 12, y, width - 40, y, "hairl"))
        ends = [scale.at(v) for v in (row.before, row.after) if v is not None]
        if row.before is not None and row.after is not None:
            parts.append(line(*((ends[0], y, ends[1], y)), classes="m2l w3"))
        if row.before is not None:
            parts.append(dot(scale.at(row.before), y, 4, "ring2"))
        if row.after is not None:
            parts.append(dot(scale.at(row.after), y, 5.5, "m1"))
        parts.append(text(max(ends, default=room) + 11, y + 5, row.said, 14, "halo bold"))
        if place == 0 and len(ends) == 2:  # noqa: PLR2004
            parts += _dates(ends, y, dates)
    return drawing(width, height, label, parts)


def _dates(ends: Sequence[float], y: float, dates: tuple[str, str]) -> list[str]:
    """The two dates over the first row, apart from each other."""
    before, after = ends
    gap = length(dates[0], 13.5) / 2 + 4
    if abs(before - after) < 2 * gap:
        middle = (before + after) / 2
        before, after = (
            (middle - gap, middle + gap) if before <= after else (middle + gap, middle - gap)
        )
    return [
        text(before, y - 10, dates[0], 13.5, "t2 mid halo"),
        text(after, y - 10, dates[1], 13.5, "t2 mid halo"),
    ]
