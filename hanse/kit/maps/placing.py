"""Names on the map: each near its region, over the sea where it can be, clear of the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from typing import Any

from hanse.kit.maps.shapes import SCALE, SHEET, Shapes


@dataclass(frozen=True)
class Label:
    """A region that is named on the map, with its value; `yours` is written in magenta."""

    code: str
    name: str
    value: str = ""
    yours: bool = False


@dataclass(frozen=True)
class Place:
    """Where a label stands and what it points at."""

    label: Label
    anchor: tuple[float, float]
    at: tuple[float, float]
    side: str
    box: tuple[float, float, float, float]


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Whether two boxes lie upon each other."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@lru_cache(maxsize=512)
def placed(sheet: Shapes, labels: tuple[Label, ...], size: float, most: int) -> tuple[Place, ...]:
    """Places for labels: over the sea where it can be, near the region, clear of the others.

    A label that finds no good place is left out.
    """
    anchors = {
        one.code: (sheet.anchors[one.code][0] * SCALE, sheet.anchors[one.code][1] * SCALE)
        for one in labels
        if one.code in sheet.anchors
    }
    taken: list[Place] = []
    far_list = (8.0, SHEET * 0.53, 190.0, SHEET * 0.53 + 22 + 19 * 9)
    for one in labels:
        if one.code not in anchors or len(taken) == most:
            continue
        best = _best_place(sheet, one, anchors, taken, size, far_list)
        if best:
            taken.append(best)
    return tuple(taken)


REACHES = (2.6, 3.6, 4.8, 6.2, 7.8, 9.6, 11.6)
DIRECTIONS = tuple((cos(2 * pi * turn / 24), sin(2 * pi * turn / 24)) for turn in range(24))
UNBEARABLE = 700.0


def _best_place(
    sheet: Shapes,
    one: Label,
    anchors: Mapping[str, tuple[float, float]],
    taken: Sequence[Place],
    size: float,
    far_list: tuple[float, ...],
) -> Place | None:
    ax, ay = anchors[one.code]
    length = (0.5 * len(one.name) + 0.56 * len(one.value) + 0.6) * size
    best, least = None, UNBEARABLE
    for reach in REACHES:
        if reach * 9 >= least:
            break
        for dx, dy in DIRECTIONS:
            cost = reach * 9 + 30 * abs(dy) ** 6
            x, y = ax + reach * size * dx, ay + reach * size * dy
            side = "start" if dx >= 0 else "end"
            left = x + 4 if side == "start" else x - 4 - length
            box = (left - 4, y - size * 0.75, left + length + 4, y + size * 0.55)
            if (
                cost >= least
                or min(box[0], box[1]) < 6  # noqa: PLR2004  units from the frame
                or box[2] > 994  # noqa: PLR2004
                or box[3] > SHEET - 6
            ):
                continue
            if overlap(box, far_list):
                cost += 400
            cost += 900 * sum(overlap(box, other.box) for other in taken)
            cost += 260 * sum(
                box[0] - 5 < bx < box[2] + 5 and box[1] - 5 < by < box[3] + 5
                for bx, by in anchors.values()
            )
            if cost >= least:
                continue
            cost += 7 * sum(
                (i, j) in sheet.land
                for i in range(int(box[0] // 20), int(box[2] // 20) + 1)
                for j in range(int(box[1] // 20), int(box[3] // 20) + 1)
            )
            if cost >= least:
                continue
            cost += 300 * sum(_crosses((ax, ay), (x, y), other) for other in taken)
            if cost < least:
                best, least = Place(one, (ax, ay), (x, y), side, box), cost
    return best


def _crosses(a: tuple[float, float], b: tuple[float, float], other: Place) -> bool:
    """Whether a leader runs through another label or across its leader."""
    for i in range(1, 9):
        t = i / 8
        x, y = a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])
        if other.box[0] < x < other.box[2] and other.box[1] < y < other.box[3]:
            return True

    def turn(p: Any, q: Any, r: Any) -> bool:
        return bool((q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0]))

    c, d = other.anchor, other.at
    return turn(a, c, d) != turn(b, c, d) and turn(a, b, c) != turn(a, b, d)
