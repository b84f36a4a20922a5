"""From degrees to a sheet of paper: the projection of Europe's statistics, clipping, compact paths.

The projection is ETRS89-LAEA Europe (EPSG:3035): Lambert's azimuthal equal-area projection on the
GRS80 ellipsoid, centre 52° N 10° E. Formulas: Snyder, Map Projections: A Working Manual, USGS
Professional Paper 1395 (1987), equations 3-11, 3-12, 3-18 and 24-17 to 24-26.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import asin, atan2, cos, degrees, hypot, log, radians, sin, sqrt
from typing import Any

Point = tuple[float, float]
Ring = Sequence[Point]

A = 6378.137  # km, GRS80
F = 1 / 298.257222101
E2 = F * (2 - F)
E = sqrt(E2)
EAST0, NORTH0 = 4321.0, 3210.0
LON0 = radians(10)


def _q(lat: float) -> float:
    s = sin(lat)
    return (1 - E2) * (s / (1 - E2 * s * s) - log((1 - E * s) / (1 + E * s)) / (2 * E))


_QP = _q(radians(90))
_RQ = A * sqrt(_QP / 2)
_LAT0 = radians(52)
_BETA0 = asin(_q(_LAT0) / _QP)
_SIN0, _COS0 = sin(_BETA0), cos(_BETA0)
_D = A * cos(_LAT0) / sqrt(1 - E2 * sin(_LAT0) ** 2) / (_RQ * _COS0)


def project(lon: float, lat: float) -> Point:
    """Kilometres east and north in EPSG:3035.

    The worked example of IOGP Guidance Note 7-2 for this projection, 50° N 5° E:

    >>> east, north = project(5, 50)
    >>> round(east, 3), round(north, 3)
    (3962.799, 2999.719)
    """
    beta = asin(max(-1.0, min(1.0, _q(radians(lat)) / _QP)))
    turn = radians(lon) - LON0
    sin_b, cos_b = sin(beta), cos(beta)
    b = _RQ * sqrt(2 / max(1e-9, 1 + _SIN0 * sin_b + _COS0 * cos_b * cos(turn)))
    east = EAST0 + b * _D * cos_b * sin(turn)
    north = NORTH0 + b / _D * (_COS0 * sin_b - _SIN0 * cos_b * cos(turn))
    return east, north


def unproject(east: float, north: float) -> Point:
    """Degrees of longitude and latitude at a place of the sheet.

    >>> lon, lat = unproject(*project(24.5, 37.25))
    >>> round(lon, 6), round(lat, 6)
    (24.5, 37.25)
    """
    x, y = (east - EAST0) / _D, (north - NORTH0) * _D
    rho = hypot(x, y)
    if rho == 0:
        return degrees(LON0), degrees(_LAT0)
    c = 2 * asin(rho / (2 * _RQ))
    beta = asin(cos(c) * _SIN0 + y * sin(c) * _COS0 / rho)
    e4, e6 = E2**2, E2**3
    lat = (
        beta
        + (E2 / 3 + 31 * e4 / 180 + 517 * e6 / 5040) * sin(2 * beta)
        + (23 * e4 / 360 + 251 * e6 / 3780) * sin(4 * beta)
        + (761 * e6 / 45360) * sin(6 * beta)
    )
    lon = LON0 + atan2(x * sin(c), rho * _COS0 * cos(c) - y * _SIN0 * sin(c))
    return degrees(lon), degrees(lat)


# Shapes ------------------------------------------------------------------------------------------


def clipped(ring: Ring, width: float, height: float) -> list[Point]:
    """The part of a ring inside a frame from 0,0 (Sutherland and Hodgman 1974)."""
    points = list(ring)
    for axis, edge, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        if not points:
            return []
        kept: list[Point] = []
        before = points[-1]
        for point in points:
            inside, was = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
            if inside != was:
                t = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append(
                    (before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1]))
                )
            if inside:
                kept.append(point)
            before = point
        points = kept
    return points


def rounded(ring: Ring) -> list[tuple[int, int]]:
    """Whole units, without repetitions."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round(x), round(y))
        if not points or point != points[-1]:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def area(ring: Sequence[Point]) -> float:
    """The area inside a ring; positive or negative by its direction."""
    return (
        sum(
            x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        / 2
    )


def centre(ring: Sequence[Point]) -> Point:
    """The centre of gravity of a ring."""
    whole = area(ring)
    if not whole:
        return ring[0]
    x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x0 * y1 - x1 * y0
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    return x / (6 * whole), y / (6 * whole)


def inside(ring: Sequence[Point], x: float, y: float) -> bool:
    """Whether a place lies within a ring."""
    odd = False
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            odd = not odd
    return odd


def path(points: Sequence[tuple[int, int]], *, closed: bool = True) -> str:
    """A compact path: one absolute place, then steps.

    >>> path([(10, 10), (20, 10), (15, -2)])
    'M10 10l10 0-5-12z'
    """
    x, y = points[0]
    steps: list[str] = []
    for a, b in points[1:]:
        dx, dy = a - x, b - y
        steps.append(f"{dx if dx < 0 or not steps else f' {dx}'}{dy if dy < 0 else f' {dy}'}")
        x, y = a, b
    return f"M{points[0][0]} {points[0][1]}l{''.join(steps)}{'z' if closed else ''}"


def chained(edges: Iterable[tuple[Point, Point]]) -> list[list[Any]]:
    """Edges joined into lines as long as possible."""
    at: dict[Any, set[Any]] = defaultdict(set)
    for a, b in edges:
        at[a].add(b)
        at[b].add(a)
    lines = []
    # Ends and crossings first, so that a line is not begun in its middle; then what is left: rings.
    for start in [*(p for p, ways in at.items() if len(ways) != 2), *at]:  # noqa: PLR2004
        while at[start]:
            line = [start]
            here = start
            while at[here]:
                there = at[here].pop()
                at[there].discard(here)
                line.append(there)
                here = there
            lines.append(line)
    return lines


# Files -------------------------------------------------------------------------------------------


def polygons(geometry: Mapping[str, Any]) -> list[Any]:
    """The polygons of a GeoJSON geometry, each a list of rings."""
    found: list[Any] = geometry["coordinates"]
    return found if geometry["type"] == "MultiPolygon" else [found]


def topology(file: Mapping[str, Any], name: str) -> dict[str, list[Any]]:
    """Polygons by id of one object of a TopoJSON file."""
    (kx, ky), (tx, ty) = file["transform"]["scale"], file["transform"]["translate"]
    arcs = []
    for arc in file["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * kx + tx, y * ky + ty))
        arcs.append(line)

    def ring(numbers: Sequence[int]) -> list[Point]:
        points: list[Point] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    found: dict[str, list[Any]] = defaultdict(list)
    for shape in file["objects"][name]["geometries"]:
        parts = shape.get("arcs", [])
        if shape["type"] == "Polygon":
            parts = [parts]
        found[str(shape.get("id", ""))] += [[ring(numbers) for numbers in part] for part in parts]
    return found
