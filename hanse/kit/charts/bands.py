"""A curve beside what chance would make of it: one line, and the bands it is read against."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hanse.kit.charts.drawing import WIDE, Scale, Threshold, Words, drawing, line, text


@dataclass(frozen=True)
class Banded:
    """A curve over x, with an inner and an outer band; None where it is not known."""

    x: Sequence[float]
    observed: Sequence[float | None]
    low: Sequence[float | None]
    high: Sequence[float | None]
    outer_low: Sequence[float | None] = ()
    outer_high: Sequence[float | None] = ()


def bands(
    one: Banded,
    *,
    label: Words,
    x_marks: Sequence[Threshold],
    x_title: str,
    said: tuple[str, str, str],
    from_zero: bool = True,
    marks: Sequence[Threshold] = (),
    width: int = WIDE,
) -> SafeString:
    """The curve in ink, the inner band shaded, the outer one dotted.

    said   what the curve, the inner and the outer band are called; a key stands above
    """
    wide = width >= WIDE
    height = 330 if wide else 300
    left, right, top, bottom = 20, width - 16, 62 if wide else 96, height - 46
    values = [
        value
        for part in (one.observed, one.low, one.high, one.outer_low, one.outer_high)
        for value in part
        if value is not None
    ] + [mark.value for mark in marks]
    least = 0.0 if from_zero else min(values, default=0.0)
    most = max(values, default=1.0)
    across = Scale(one.x[0], one.x[-1], left, right)
    up = Scale(least, most if most > least else least + 1, bottom, top)
    parts = [_area(one.x, one.low, one.high, across, up)]
    for mark in x_marks:
        x = across.at(mark.value)
        parts.append(line(x, top, x, bottom, "hairl"))
        parts.append(text(x, bottom + 18, mark.name, 13.5, "t2 mid"))
    parts.append(line(left, bottom, right, bottom, "axis"))
    parts.append(text(right, height - 8, x_title, 13.5, "t2 end"))
    for mark in marks:
        y = up.at(mark.value)
        parts.append(line(left, y, right, y, "axis"))
        parts.append(text(right, y - 6, mark.name, 13.5, "t2 end halo"))
    for part in (one.outer_low, one.outer_high):
        parts += _path(one.x, part, across, up, "dotted")
    parts += _path(one.x, one.observed, across, up, "m1l w25")
    parts += _key(said, left, wide=wide, outer=bool(one.outer_low))
    return drawing(width, height, label, parts)


def _runs(
    x: Sequence[float], values: Sequence[float | None], across: Scale, up: Scale
) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for place, value in zip(x, values, strict=False):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((across.at(place), up.at(value)))
    return [run for run in runs if len(run) > 1]


def _path(
    x: Sequence[float], values: Sequence[float | None], across: Scale, up: Scale, tone: str
) -> list[str]:
    return [
        f'<path class="{tone}" d="M{"L".join(f"{a:g} {b:g}" for a, b in run)}"/>'
        for run in _runs(x, values, across, up)
    ]


def _area(
    x: Sequence[float],
    low: Sequence[float | None],
    high: Sequence[float | None],
    across: Scale,
    up: Scale,
) -> str:
    both = [(place, a, b) for place, a, b in zip(x, low, high, strict=True) if None not in (a, b)]
    if not both:
        return ""
    there = [f"{across.at(place):g} {up.at(a or 0):g}" for place, a, _ in both]
    back = [f"{across.at(place):g} {up.at(b or 0):g}" for place, _, b in reversed(both)]
    return f'<path class="q2" d="M{"L".join([*there, *back])}Z"/>'


def _key(said: tuple[str, str, str], left: float, *, wide: bool, outer: bool) -> list[str]:
    curve, inner, outside = said
    samples = [
        ('<path class="m1l w25" d="M{x:g} {y:g}h22"/>', curve),
        ('<rect class="q2" x="{x:g}" y="{box:g}" width="22" height="10"/>', inner),
    ]
    if outer:
        samples.append(('<path class="dotted" d="M{x:g} {y:g}h22"/>', outside))
    parts, x, y = [], left, 16.0
    for sample, words in samples:
        parts.append(sample.format(x=x, y=y, box=y - 5))
        parts.append(text(x + 30, y + 5, words, 13.5, "t2"))
        if wide:
            x += 48 + 6.6 * len(words)
        else:
            y += 22
    return parts
