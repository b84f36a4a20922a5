"""Values over years: a chart of few lines, and the small one in a table. Gaps are hatched."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from hanse.kit.charts.drawing import (
    WIDE,
    Scale,
    Threshold,
    Words,
    dot,
    drawing,
    escaped,
    length,
    line,
    rect,
    text,
)  # fmt: skip

MARKS = ("m1", "m2", "m3", "m4")


@dataclass(frozen=True)
class Series:
    """A value a year, None where there is none; first and last value in words."""

    name: str
    values: Sequence[float | None]
    first: str = ""
    last: str = ""
    yours: bool = False


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Years in a row that have a value."""
    runs: list[list[tuple[int, float]]] = []
    for place, value in enumerate(values):
        if value is None:
            continue
        if runs and runs[-1][-1][0] == place - 1:
            runs[-1].append((place, value))
        else:
            runs.append([(place, value)])
    return runs


def sparkline(values: Sequence[float | None], *, width: int = 132, height: int = 30) -> SafeString:
    """A small line on its own scale, the last point marked; beside it stand the figures."""
    known = [value for value in values if value is not None]
    step = (width - 8) / max(len(values) - 1, 1)
    parts = [
        rect(4 + (place - 0.5) * step, 3, step, height - 6, "nk")
        for place, value in enumerate(values)
        if value is None
    ]
    if known:
        low, high = min(known), max(known)
        scale = Scale(low, high if high > low else low + 1, height - 6, 6)
        for run in _runs(values):
            points = [f"{4 + place * step:.0f} {scale.at(value):g}" for place, value in run]
            parts.append(f'<path class="line" d="M{"L".join(points)}"/>')
        place, value = _runs(values)[-1][-1]
        parts.append(dot(round(4 + place * step), scale.at(value), 3.2, "m2"))
    return mark_safe(  # noqa: S308  numbers only
        f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def lines(
    series: Sequence[Series],
    years: Sequence[int],
    *,
    label: Words,
    threshold: Threshold | None = None,
    from_zero: bool = True,
    width: int = WIDE,
) -> SafeString:
    """Up to four lines, each with its name at its end. A year that no line has is hatched."""
    if len(series) > len(MARKS):
        raise ValueError(f"At most {len(MARKS)} lines in a chart, not {len(series)}")
    wide = width >= WIDE
    height = 300 if wide else 260
    known = [value for one in series for value in one.values if value is not None]
    if threshold:
        known.append(threshold.value)
    low = min(0.0, *known) if from_zero else min(known)
    scale_y = Scale(low, max(known) if max(known) > low else low + 1, height - 34, 20)
    room = min(max(length(f"{one.name} {one.last}", 13.5) for one in series) + 14, width * 0.42)
    scale_x = Scale(0, max(len(years) - 1, 1), 42, width - room - 20)
    step = (scale_x.end - scale_x.start) / max(len(years) - 1, 1)
    names_at = scale_x.end + step / 2 + 8
    parts = []
    for place, year in enumerate(years):
        if all(one.values[place] is None for one in series):
            parts.append(rect(scale_x.at(place) - step / 2, 20, step, height - 54, "nk"))
        if wide or place % 2 == (len(years) - 1) % 2:
            parts.append(text(scale_x.at(place), height - 12, str(year), 13.5, "t2 mid"))
    parts.append(line(scale_x.start, scale_y.start, scale_x.end, scale_y.start, "axis"))
    if threshold:
        y = scale_y.at(threshold.value)
        parts.append(line(scale_x.start, y, scale_x.end, y, "inkl"))
        parts.append(text(scale_x.start, y - 6, threshold.name, 13.5, "t2 halo"))
    taken: list[float] = []
    firsts: list[float] = []
    gap = any(one.values and one.values[-1] is None for one in series)
    order = sorted(zip(series, MARKS, strict=False), key=lambda pair: -(pair[0].values[-1] or 0))
    for one, mark in order:
        tone = "youl" if one.yours else f"{mark}l"
        runs = _runs(one.values)
        for run in runs:
            points = [f"{scale_x.at(place):g} {scale_y.at(value):g}" for place, value in run]
            parts.append(f'<path class="{tone} w25" d="M{"L".join(points)}"/>')
        if not runs:
            continue
        place, value = runs[-1][-1]
        x, y = scale_x.at(place), scale_y.at(value)
        parts.append(dot(x, y, 4, "you" if one.yours else mark))
        at = y + 5
        while any(abs(at - other) < 17 for other in taken):  # noqa: PLR2004
            at += 3
        taken.append(at)
        who = " you" if one.yours else ""
        parts.append(
            f'<text class="halo{who}" x="{names_at if gap else x + 10:g}" y="{at:g}"'
            f' font-size="13.5">'
            f"{escaped(one.name)}"
            f' <tspan class="bold">{escaped(one.last)}</tspan></text>'
        )
        if one.first:
            place, value = runs[0][0]
            at = scale_y.at(value) + 5
            while any(abs(at - other) < 15 for other in firsts):  # noqa: PLR2004
                at += 3
            firsts.append(at)
            parts.append(text(scale_x.at(place) - 6, at, one.first, 13.5, "t2 end halo"))
    return drawing(width, height, label, parts)
