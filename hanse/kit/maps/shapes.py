"""Boundaries of regions: read, projected and cut to the sheet, once per process."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hanse.kit import geometry

# The frame of the sheet in kilometres of EPSG:3035; a unit of the geometry is a kilometre.
WEST, EAST, SOUTH, NORTH = 2500, 6620, 1330, 5470
WIDE, HIGH = EAST - WEST, NORTH - SOUTH
SCALE = 1000 / WIDE
SHEET = round(HIGH * SCALE)

# ISO 3166 numbers of the countries that NUTS 2013 draws; the others come from the world's file.
# fmt: off
DRAWN_BY_NUTS = frozenset((
    "040", "056", "100", "756", "196", "203", "276", "208", "233", "300", "724", "246",
    "250", "191", "348", "372", "352", "380", "438", "440", "442", "428", "499", "807",
    "470", "528", "578", "616", "620", "642", "752", "705", "703", "792", "826",
))
# fmt: on


@dataclass(frozen=True, eq=False)
class Shapes:
    """Boundaries in whole kilometres from the corner of the frame; none of it is kept in files."""

    paths: Mapping[str, str]
    """The path of each region inside the frame."""
    boxes: Mapping[str, tuple[int, int, int, int]]
    anchors: Mapping[str, tuple[float, float]]
    """A place inside each region, for its label."""
    far: tuple[str, ...]
    """Regions that lie outside the frame."""
    world: str
    borders: str
    coast: str
    land: frozenset[tuple[int, int]]
    """Fields of the sheet, 20 units wide, that are land: labels keep to the sea."""


def _fitted(ring: geometry.Ring) -> list[tuple[int, int]]:
    points = [geometry.project(lon, lat) for lon, lat in ring]
    flat = [(east - WEST, NORTH - north) for east, north in points]
    return geometry.rounded(geometry.clipped(flat, WIDE, HIGH))


def _near(ring: geometry.Ring) -> bool:
    return any(-45 < lon < 75 and 18 < lat < 83 for lon, lat in ring)  # noqa: PLR2004


@cache
def shapes(regions: Path, world: Path | None = None, level: int = 2) -> Shapes | None:
    """Boundaries from a GeoJSON of NUTS (WGS84) and a TopoJSON of the world; None without a file.

    Projection: EPSG:3035, see hanse.kit.geometry. Coordinates are whole kilometres, a fifth of a
    pixel on the page.
    """
    if not regions.exists():
        return None
    features = json.loads(regions.read_text())["features"]
    paths: dict[str, str] = {}
    boxes: dict[str, tuple[int, int, int, int]] = {}
    anchors: dict[str, tuple[float, float]] = {}
    far = []
    owners: dict[Any, list[str]] = defaultdict(list)
    rings_by_cell: list[list[tuple[int, int]]] = []
    for feature in features:
        properties = feature["properties"]
        if properties["LEVL_CODE"] != level:
            continue
        code = properties["NUTS_ID"]
        rings = [
            fitted
            for polygon in geometry.polygons(feature["geometry"])
            for ring in polygon
            if _near(ring) and len(fitted := _fitted(ring)) > 2  # noqa: PLR2004
        ]
        if not rings:
            far.append(code)
            continue
        rings.sort(key=lambda ring: -abs(geometry.area(ring)))
        rings = [rings[0], *(ring for ring in rings[1:] if abs(geometry.area(ring)) > 12)]  # noqa: PLR2004
        paths[code] = "".join(geometry.path(ring) for ring in rings)
        xs = [x for ring in rings for x, _ in ring]
        ys = [y for ring in rings for _, y in ring]
        boxes[code] = (min(xs), min(ys), max(xs), max(ys))
        anchors[code] = geometry.centre(rings[0])
        rings_by_cell += rings
        for ring in rings:
            for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
                owners[(min(a, b), max(a, b))].append(properties["CNTR_CODE"])
    on_frame = {0, WIDE}, {0, HIGH}
    borders = [e for e, who in owners.items() if len(set(who)) > 1]
    coast = [
        (a, b)
        for (a, b), who in owners.items()
        if len(who) == 1
        and not (a[0] == b[0] and a[0] in on_frame[0])
        and not (a[1] == b[1] and a[1] in on_frame[1])
    ]
    return Shapes(
        paths=paths,
        boxes=boxes,
        anchors=anchors,
        far=tuple(far),
        world=_world(world),
        borders=_lines(borders),
        coast=_lines(coast),
        land=_land(rings_by_cell),
    )


def _lines(edges: Iterable[Any]) -> str:
    return "".join(geometry.path(line, closed=False) for line in geometry.chained(sorted(edges)))


def _world(file: Path | None) -> str:
    if file is None or not file.exists():
        return ""
    parts = []
    for number, polygons in geometry.topology(json.loads(file.read_text()), "countries").items():
        if number in DRAWN_BY_NUTS:
            continue
        for polygon in polygons:
            ring = polygon[0]
            if _near(ring):
                near = [(lon, lat) for lon, lat in ring if lat > -40 and lon > -75]  # noqa: PLR2004
                fitted = _fitted(near) if len(near) > 2 else []  # noqa: PLR2004
                if len(fitted) > 2 and abs(geometry.area(fitted)) > 60:  # noqa: PLR2004
                    parts.append(geometry.path(fitted))
    return "".join(parts)


def _land(rings: Iterable[Sequence[tuple[int, int]]]) -> frozenset[tuple[int, int]]:
    step = 20 / SCALE
    found = set()
    for ring in rings:
        xs, ys = [x for x, _ in ring], [y for _, y in ring]
        for i in range(int(min(xs) / step), int(max(xs) / step) + 1):
            for j in range(int(min(ys) / step), int(max(ys) / step) + 1):
                if (i, j) not in found and geometry.inside(
                    ring, (i + 0.5) * step, (j + 0.5) * step
                ):
                    found.add((i, j))
    return frozenset(found)
