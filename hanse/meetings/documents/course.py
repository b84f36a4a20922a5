"""How value and bound of a run came closer, as a drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanse.kit.charts import NARROW, WIDE
from hanse.kit.charts.drawing import Scale, dot, drawing, line, text
from hanse.kit.numbers import figure

LEAST_POINTS = 2


def course(points: Sequence[Mapping[str, Any]]) -> tuple[SafeString, SafeString] | None:
    """The drawing for a wide and for a narrow page; None before there are two points."""
    known = [one for one in points if one.get("bound")]
    if len(known) < LEAST_POINTS:
        return None
    return drawn(known, WIDE), drawn(known, NARROW)


def drawn(points: Sequence[Mapping[str, Any]], width: int) -> SafeString:
    """The plan's points in steps, the proven bound above, and between them what nobody knows."""
    height, left, top = 250, 62, 24
    right, bottom = width - (150 if width >= WIDE else 16), 206
    weights = [one["weight"] for one in points]
    bounds = [one["bound"]["weight"] for one in points]
    low, high = min(weights), max(bounds)
    pad = max(1, round((high - low) * 0.08))
    across = Scale(0, max(points[-1]["seconds"], 0.1), left, right)
    up = Scale(low - pad, high + pad, bottom, top)
    found = _steps(points, weights, across, up)
    proven = _steps(points, bounds, across, up)
    hatched = "M" + "L".join([*found, *reversed(proven)]) + "Z"
    parts = [
        text(left, 13, _("points of the meetings planned, more is better"), 13.5, "t2"),
        f'<path class="nk" d="{hatched}"/>',
        line(left, bottom, right, bottom, "axis"),
    ]
    for value in sorted({low, high}):
        parts.append(line(left, up.at(value), right, up.at(value), "hairl"))
        parts.append(text(left - 8, up.at(value) + 5, figure(value), 13.5, "t2 end"))
    parts.append(f'<path class="m1l w25" d="M{"L".join(found)}"/>')
    parts.append(f'<path class="m2l w25" d="M{"L".join(proven)}"/>')
    end = across.at(points[-1]["seconds"])
    parts.append(dot(end, up.at(weights[-1]), 4, "m1"))
    parts.append(dot(end, up.at(bounds[-1]), 4, "m2"))
    beside = width >= WIDE
    place, anchor = (end + 10, "bold halo") if beside else (right, "bold halo end")
    plan_y, bound_y = up.at(weights[-1]), up.at(bounds[-1])
    near = plan_y - bound_y < 22  # noqa: PLR2004  two lines of type
    parts.append(
        text(
            place,
            bound_y + (-6 if near or not beside else 5),
            _said(bounds[-1], _("proven bound")),
            13.5,
            anchor,
        )
    )
    parts.append(
        text(
            place,
            plan_y + (16 if near or not beside else 5),
            _said(weights[-1], _("best plan")),
            13.5,
            anchor,
        )
    )
    parts.append(text(left, bottom + 18, "0", 13.5, "t2 mid"))
    seconds = _("%(count)s s") % {"count": figure(points[-1]["seconds"], 0)}
    parts.append(text(end, bottom + 18, seconds, 13.5, "t2 end"))
    label = _("Best plan %(weight)s points, proven bound %(bound)s points") % {
        "weight": figure(weights[-1]), "bound": figure(bounds[-1]),
    }  # fmt: skip
    return drawing(width, height, label, parts)


def _said(value: int, what: str) -> str:
    return f"{figure(value)} {what}"


def _steps(
    points: Sequence[Mapping[str, Any]], values: Sequence[int], across: Scale, up: Scale
) -> list[str]:
    found: list[str] = []
    for number, (one, value) in enumerate(zip(points, values, strict=True)):
        x = across.at(one["seconds"])
        if number:
            found.append(f"{x:g} {up.at(values[number - 1]):g}")
        found.append(f"{x:g} {up.at(value):g}")
    return found
