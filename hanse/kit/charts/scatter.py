"""Growth, specialisation and size at once: a circle a sector, its area the size."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.utils.safestring import SafeString

from hanse.kit.charts.drawing import (
    WIDE,
    Scale,
    Threshold,
    Words,
    dot,
    drawing,
    length,
    line,
    text,
)  # fmt: skip


@dataclass(frozen=True)
class Bubble:
    """One thing: across, up, its size, and its values in words for the pointer."""

    name: str
    x: float
    y: float
    size: float
    said: str = ""
    named: bool = False


def bubbles(
    points: Sequence[Bubble],
    *,
    label: Words,
    x_title: str,
    y_title: str,
    x_marks: Sequence[Threshold],
    y_marks: Sequence[Threshold],
    strong: float = 2,
    width: int = WIDE,
) -> SafeString:
    """Circles by area; upwards by doublings. Strongest colour from `strong` up, grey below half.

    The axes run from the first mark to the last; what lies beyond is drawn at the edge.
    """
    wide = width >= WIDE
    height = 420 if wide else 440
    left, right, top, bottom = 48 if wide else 34, width - 20, 34, height - 52
    scale_x = Scale(x_marks[0].value, x_marks[-1].value, left, right)
    scale_y = Scale(y_marks[0].value, y_marks[-1].value, bottom, top, "log")
    largest = max((point.size for point in points), default=1) or 1
    most = 26 if wide else 20
    parts = []
    for mark in y_marks:
        y = scale_y.at(mark.value)
        parts.append(line(left, y, right, y, "axis" if mark.firm else "hairl"))
        parts.append(text(left - 8, y + 5, mark.name, 13.5, "t2 end"))
    for mark in x_marks:
        x = scale_x.at(mark.value)
        parts.append(line(x, top, x, bottom, "axis" if mark.firm else "hairl"))
        parts.append(text(x, bottom + 20, mark.name, 13.5, "t2 mid"))
    parts.append(text(left, 16, y_title, 13.5, "t2"))
    parts.append(text(right, height - 8, x_title, 13.5, "t2 end"))
    circles = []
    for point in sorted(points, key=lambda point: -point.size):
        x, y = scale_x.at(point.x), scale_y.at(point.y)
        radius = max(3.0, most * sqrt(max(point.size, 0) / largest))
        paint = "m1" if point.y >= strong else "m2" if point.y >= strong / 2 else "m4"
        says = f"{point.name} {point.said}".strip()
        parts.append(dot(x, y, round(radius, 1), f"{paint} bubble", says))
        circles.append((point, x, y, radius))
    parts += _names(circles, left, right)
    return drawing(width, height, label, parts)


def _names(
    circles: Sequence[tuple[Bubble, float, float, float]], left: float, right: float
) -> list[str]:
    """Names beside their circles, the largest first; a name without room is left to the pointer."""
    taken: list[tuple[float, float, float, float]] = []
    parts = []
    for point, x, y, radius in circles:
        if not point.named:
            continue
        long = length(point.name, 14)
        for side, dx, dy in (
            ("", radius + 5, 5),
            (" end", -radius - 5, 5),
            (" mid", 0, -radius - 6),
            (" mid", 0, radius + 15),
        ):
            start = x + dx - (long if side == " end" else long / 2 if side == " mid" else 0)
            box = (start, y + dy - 13, start + long, y + dy + 4)
            if box[0] < left - 10 or box[2] > right + 16:
                continue
            others = [
                (cx - r * 0.8, cy - r * 0.8, cx + r * 0.8, cy + r * 0.8)
                for one, cx, cy, r in circles
                if one is not point
            ]
            if all(
                box[0] > b[2] or b[0] > box[2] or box[1] > b[3] or b[1] > box[3]
                for b in (*taken, *others)
            ):
                taken.append(box)
                parts.append(
                    text(round(x + dx, 1), round(y + dy, 1), point.name, 14, f"halo bold{side}")
                )
                break
    return parts
