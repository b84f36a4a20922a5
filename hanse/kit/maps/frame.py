"""The frame of the sheet: meridians, parallels, and a black-and-white field for each degree."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from hanse.kit import geometry
from hanse.kit.maps.shapes import EAST, HIGH, NORTH, SCALE, SHEET, SOUTH, WEST, WIDE


@cache
def graticule() -> str:
    """Every tenth meridian and parallel."""
    lines = [
        *([geometry.project(lon, lat) for lat in range(25, 86)] for lon in range(-60, 91, 10)),
        *([geometry.project(lon, lat) for lon in range(-60, 91)] for lat in range(30, 81, 10)),
    ]
    parts = []
    for line in lines:
        near = [
            (round(east - WEST), round(NORTH - north))
            for east, north in line
            if WEST - 200 < east < EAST + 200 and SOUTH - 200 < north < NORTH + 200
        ]
        if len(near) > 1:
            parts.append(geometry.path(near, closed=False))
    return "".join(parts)


def _crossings(
    along: Callable[[float], float], length: float, step: int = 1
) -> list[tuple[int, float]]:
    """Whole degrees along an edge of the frame, and where they cross it."""
    found = []
    samples = [length * i / 400 for i in range(401)]
    for a, b in pairwise(samples):
        low, high = sorted((along(a), along(b)))
        degree = int(low // step + 1) * step
        while degree <= high:
            t = (degree - along(a)) / (along(b) - along(a))
            found.append((degree, a + t * (b - a)))
            degree += step
    return sorted(found, key=lambda one: one[1])


@cache
def frame() -> str:
    """The black-and-white frame, one field a degree, and the degrees in tens."""
    edges: tuple[tuple[Callable[[float], float], float, Callable[[float, float], str]], ...] = (
        (lambda s: geometry.unproject(WEST + s, SOUTH)[0], WIDE,
         lambda a, b: f"M{a:.1f} {SHEET}h{b - a:.1f}v7h{a - b:.1f}z"),
        (lambda s: geometry.unproject(WEST + s, NORTH)[0], WIDE,
         lambda a, b: f"M{a:.1f} -7h{b - a:.1f}v7h{a - b:.1f}z"),
        (lambda s: geometry.unproject(WEST, NORTH - s)[1], HIGH,
         lambda a, b: f"M-7 {a:.1f}h7v{b - a:.1f}h-7z"),
        (lambda s: geometry.unproject(EAST, NORTH - s)[1], HIGH,
         lambda a, b: f"M1000 {a:.1f}h7v{b - a:.1f}h-7z"),
    )  # fmt: skip
    fields = []
    for along, length, drawn in edges:
        marks = _crossings(along, length)
        first = marks[0][0] + (-1 if along(0) < along(length) else 1)
        ends = [*marks, (0, length)]
        start, degree = 0.0, first
        for next_degree, at in ends:
            if degree % 2 == 0:
                fields.append(drawn(start * SCALE, at * SCALE))
            start, degree = at, next_degree
    words = []
    for degree, at in _crossings(lambda s: geometry.unproject(WEST + s, SOUTH)[0], WIDE, 10):
        side = "" if degree == 0 else ("E" if degree > 0 else "W")
        words.append(
            f'<text class="t2 deg mid" x="{at * SCALE:.0f}" y="{SHEET + 24}">'
            f"{abs(degree)}°{side}</text>"
        )
    for degree, at in _crossings(lambda s: geometry.unproject(WEST, NORTH - s)[1], HIGH, 10):
        words.append(f'<text class="t2 deg end" x="-13" y="{at * SCALE + 5:.0f}">{degree}°N</text>')
    return (
        f'<rect class="inkl" width="1000" height="{SHEET}"/>'
        f'<rect class="inkl" x="-7" y="-7" width="1014" height="{SHEET + 14}"/>'
        f'<path class="inkf" d="{"".join(fields)}"/>{"".join(words)}'
    )
