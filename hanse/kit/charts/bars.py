"""Bars to both sides of zero, and the waterfall that takes a change apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hanse.kit.charts.drawing import (
    WIDE,
    Scale,
    Words,
    cut,
    drawing,
    length,
    line,
    name_room,
    rect,
    text,
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part of a whole, with its value in words and its sign."""

    name: str
    value: float
    said: str


def _scale(values: Sequence[float], said: Sequence[str], start: float, end: float) -> Scale:
    """Zero always shows, and words fit beside the longest bars."""
    room = max(length(words, 14) for words in said) + 12
    low, high = min(0.0, *values), max(0.0, *values)
    left = start + (room if low < 0 and high <= 0 else 0)
    return Scale(low, high if high > low else low + 1, left, end - (room if high > 0 else 8))


def waterfall(parts: Sequence[Part], total: Part, *, label: Words, width: int = WIDE) -> SafeString:
    """How parts add up to a total: each begins where the one before ended (shift-share)."""
    wide = width >= WIDE
    size = 15 if wide else 13.5
    room = name_room([one.name for one in (*parts, total)], width, size)
    sums = [0.0]
    for one in parts:
        sums.append(sums[-1] + one.value)
    scale = _scale(
        [*sums, total.value], [one.said for one in (*parts, total)], room + 12, width - 4
    )
    zero = scale.at(0)
    height = 10 + 35 * (len(parts) + 1)
    drawn = [line(zero, 6, zero, height - 4, "axis")]
    for place, one in enumerate(parts):
        y = 12 + 35 * place
        a, b = scale.at(sums[place]), scale.at(sums[place + 1])
        left, right = min(a, b), max(a, b)
        drawn.append(text(room, y + 16, cut(one.name, room, size), size, "end"))
        drawn.append(rect(left, y, max(right - left, 1.5), 22, "d5" if one.value >= 0 else "d2"))
        drawn.append(text(right + 8, y + 16, one.said, 14, "bold halo"))
        drawn.append(line(b, y + 22, b, y + 35, "dotted"))
    y = 12 + 35 * len(parts)
    drawn.append(line(0, y - 7, width, y - 7, "inkl"))
    left, right = min(zero, scale.at(total.value)), max(zero, scale.at(total.value))
    drawn.append(text(room, y + 16, cut(total.name, room, size), size, "end"))
    drawn.append(rect(left, y, max(right - left, 1.5), 22, "m1"))
    drawn.append(text(right + 8, y + 16, total.said, 14, "bold halo"))
    return drawing(width, height, label, drawn)


def bars(rows: Sequence[Part], *, label: Words, width: int = WIDE) -> SafeString:
    """Gains to the right, losses to the left, the sign always in words."""
    wide = width >= WIDE
    size = 15 if wide else 13.5
    room = name_room([one.name for one in rows], width, size)
    scale = _scale([one.value for one in rows], [one.said for one in rows], room + 12, width - 4)
    zero = scale.at(0)
    height = 8 + 26 * len(rows)
    drawn = [line(zero, 2, zero, height - 4, "axis")]
    for place, one in enumerate(rows):
        y = 6 + 26 * place
        x = scale.at(one.value)
        left, right = min(zero, x), max(zero, x)
        drawn.append(text(room, y + 15, cut(one.name, room, size), size, "end"))
        drawn.append(rect(left, y, max(right - left, 1), 18, "d5" if one.value >= 0 else "d2"))
        drawn.append(text(right + 8, y + 14, one.said, 14, "bold"))
    return drawing(width, height, label, drawn)
