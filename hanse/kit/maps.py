"""Maps drawn on the server: one hexagon a region, or real boundaries. Both are plain SVG.

A map gets classes by code ("q1" to "q6", "d1" to "d6", "nk" for not known, "out" for outside the
survey) and knows nothing of what they mean. Every colour comes from the style sheet.
"""

import html
import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from math import cos, hypot, pi, sin, sqrt
from pathlib import Path
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from hanse.kit import geometry, phrases

Words = str | Promise
Links = Callable[[str], str] | Mapping[str, str] | None


# Classes -----------------------------------------------------------------------------------------

SEQUENTIAL = ("q1", "q2", "q3", "q4", "q5", "q6")
DIVERGING = ("d1", "d2", "d3", "d0", "d4", "d5", "d6")


@dataclass(frozen=True)
class Classes:
    """Limits between classes, closed below and open above, and the paints between them."""

    limits: tuple[float, ...]
    paints: tuple[str, ...] = SEQUENTIAL
    marks: tuple[str, ...] = ()
    """How each limit is written on the key; plain numbers where empty."""

    def __post_init__(self) -> None:
        if len(self.paints) != len(self.limits) + 1:
            raise ValueError(f"{len(self.limits)} limits need {len(self.limits) + 1} paints")
        if self.marks and len(self.marks) != len(self.limits):
            raise ValueError("Every limit needs its mark")

    def of(self, value: float | None) -> str:
        """The paint of a value; hatched where there is none."""
        if value is None or value != value:  # noqa: PLR0124  not-a-number
            return "nk"
        return self.paints[bisect_right(self.limits, value)]

    def painted(self, values: Mapping[str, float | None]) -> dict[str, str]:
        """The paint of each code."""
        return {code: self.of(value) for code, value in values.items()}

    def counts(self, values: Iterable[float | None]) -> list[int]:
        """How many values are in each class; the last count is of those not known."""
        found = [0] * (len(self.paints) + 1)
        for value in values:
            known = value is not None and value == value  # noqa: PLR0124
            found[bisect_right(self.limits, value) if known else -1] += 1  # type: ignore[type-var]
        return found


# Ratios: each class twice the one before, the same for every sector and year; 1 = Europe.
RATIOS = Classes((0.25, 0.5, 1, 2, 4), marks=("¼", "½", "1", "2", "4"))
SHARES = Classes((0.01, 0.02, 0.05, 0.1, 0.2), marks=("1 %", "2 %", "5 %", "10 %", "20 %"))
SMALL_SHARES = Classes(
    (0.001, 0.002, 0.005, 0.01, 0.02), marks=("0.1 %", "0.2 %", "0.5 %", "1 %", "2 %")
)
GROWTH = Classes(
    (-0.06, -0.03, -0.01, 0.01, 0.03, 0.06),
    DIVERGING,
    marks=("−6 %", "−3 %", "−1 %", "+1 %", "+3 %", "+6 %"),
)


# One hatch, at the scales of the page, of a map and of a small map.
PATTERNS = "".join(
    f'<pattern id="{name}" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
    f' patternTransform="rotate(45)"><rect class="hatch-ground" width="{step}" height="{step}"/>'
    f'<path class="hatch-line" stroke-width="{line}" d="M0 0V{step}"/></pattern>'
    for name, step, line in (
        ("hatch", 4.2, 1.7),
        ("hatch-map", 8, 3),
        ("hatch-mini", 26, 9),
        ("hatch-km", 17, 6.6),
    )
)


def _text_on(paint: str) -> str:
    """The class of type that is legible on a paint."""
    if paint in {"q5", "q6", "d1", "d6"}:
        return "on1"
    if paint in {"q4", "d2", "d5"}:
        return "on4"
    return "t2" if paint in {"nk", "out", ""} else "on2"


def _link(links: Links, code: str) -> str:
    if links is None:
        return ""
    return links(code) if callable(links) else links.get(code, "")


# Hexagons ----------------------------------------------------------------------------------------

# A hexagon is 60 units wide; its grid is whole numbers: half a step right 30, a row down 52.
HALF, ROW, UNIT = 30, 52, 60
SHAPE = "l29 17v34l-29 17-29-17v-34z"
WHOLE = "l30 18v34l-30 18-30-18v-34z"
MARGIN = 44
SMALL = 24  # pixels a hexagon, below which a map has no text


@dataclass(frozen=True, eq=False)
class HexGrid:
    """Places of regions on a grid of hexagons and which country each belongs to.

    `places` are in units of the spacing, rows 0.866 apart, as in hexagons.json.
    """

    places: Mapping[str, tuple[float, float]]
    countries: Mapping[str, str] = field(default_factory=dict)
    """The country of each region; the first two letters of the code where it is not given."""

    @cached_property
    def centres(self) -> dict[str, tuple[int, int]]:
        """The middle of each hexagon, in units of the drawing."""
        left = min(x for x, _ in self.places.values())
        top = min(y for _, y in self.places.values())
        return {
            code: (
                MARGIN + round((x - left) * 2) * HALF,
                MARGIN + round((y - top) / (sqrt(3) / 2)) * ROW,
            )
            for code, (x, y) in self.places.items()
        }

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing."""
        xs, ys = zip(*self.centres.values(), strict=True)
        return max(xs) + MARGIN, max(ys) + MARGIN

    @cached_property
    def starts(self) -> dict[str, str]:
        """The path of each hexagon."""
        return {code: f"M{x} {y - 34}{SHAPE}" for code, (x, y) in self.centres.items()}

    def country(self, code: str) -> str:
        """The country of a region."""
        return self.countries.get(code) or code[:2]

    @cached_property
    def borders(self) -> str:
        """Lines between hexagons of different countries."""
        at = {place: code for code, place in self.centres.items()}
        edges = []
        for (x, y), code in at.items():
            for (dx, dy), (a, b) in {
                (2 * HALF, 0): ((30, -17), (30, 17)),
                (HALF, ROW): ((30, 17), (0, 35)),
                (-HALF, ROW): ((0, 35), (-30, 17)),
            }.items():
                other = at.get((x + dx, y + dy))
                if other and self.country(other) != self.country(code):
                    edges.append(((x + a[0], y + a[1]), (x + b[0], y + b[1])))
        return "".join(
            geometry.path(line, closed=False) for line in geometry.chained(sorted(edges))
        )

    @cached_property
    def name_places(self) -> dict[str, list[str]]:
        """For each country its hexagons, the most central first."""
        members = defaultdict(list)
        for code in self.centres:
            members[self.country(code)].append(code)
        for country, codes in members.items():
            x = sum(self.centres[code][0] for code in codes) / len(codes)
            y = sum(self.centres[code][1] for code in codes) / len(codes)
            members[country] = sorted(
                codes, key=lambda c: hypot(self.centres[c][0] - x, self.centres[c][1] - y)
            )
        return dict(members)


@cache
def _grid(places: tuple[tuple[str, tuple[float, float]], ...]) -> HexGrid:
    return HexGrid(dict(places))


def grid_of(places: Mapping[str, Sequence[float]]) -> HexGrid:
    """The grid of some places, made once."""
    return _grid(tuple((code, (float(at[0]), float(at[1]))) for code, at in places.items()))


def hexmap(
    places: HexGrid | Mapping[str, Sequence[float]],
    classes: Mapping[str, str],
    *,
    spacing: float = 31,
    label: Words = "",
    titles: Mapping[str, str] | None = None,
    links: Links = None,
    values: Mapping[str, str] | None = None,
    selected: Collection[str] = (),
    estimates: Collection[str] = (),
    circles: Mapping[str, float] | None = None,
    countries: Literal["named", "parted", "plain"] = "named",
) -> SafeString:
    """One hexagon a region, all of one size: a map that needs no boundaries.

    `spacing` is how many pixels a hexagon is wide on the page: it sets type and lines. Below 24 the
    map is small: no text, no links, one path a class. `titles` says each region in words, `values`
    is printed on the regions it holds, `circles` draws counts (0 to 1 of the largest) by area instead
    of painting them. Regions of the grid without a class are outlined: outside the survey.
    """
    grid = places if isinstance(places, HexGrid) else grid_of(places)
    width, height = grid.size
    small = spacing < SMALL
    unit = UNIT / spacing
    if small:
        body = _small(grid, classes, circles)
    else:
        body = _cells(grid, classes, titles or {}, links, circles)
    if countries != "plain":
        line = (0.9 if small else 1.7) * unit
        body += f'<path class="borders" stroke-width="{line:.1f}" d="{grid.borders}"/>'
    if estimates:
        dots = [
            (x, y + (17 if values and code in values else 0))
            for code in estimates
            if code in grid.centres
            for x, y in (grid.centres[code],)
        ]
        drawn = "".join([f"M{x - 4} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z" for x, y in dots])
        body += f'<path class="estimate" stroke-width="{0.8 * unit:.1f}" d="{drawn}"/>'
    if not small:
        body += _texts(grid, classes, values or {}, unit, names=countries == "named")
    for code in selected:
        if code in grid.centres:
            x, y = grid.centres[code]
            for kind, line in ((" case", 5.4 * unit), ("", 2.8 * unit)):
                shape = f"M{x} {y - 35}{WHOLE}"
                body += f'<path class="sel{kind}" stroke-width="{line:.1f}" d="{shape}"/>'
    role = "group" if links and not small else "img"
    name = (
        f'role="{role}" aria-label="{html.escape(str(label))}"' if label else 'aria-hidden="true"'
    )
    return mark_safe(  # noqa: S308  titles and labels are escaped
        f'<svg class="hexmap{" mini" if small else ""}" viewBox="0 0 {width} {height}" {name}>'
        f"{body}</svg>"
    )


def _small(grid: HexGrid, classes: Mapping[str, str], circles: Mapping[str, float] | None) -> str:
    paths: dict[str, list[str]] = {}
    for code, start in grid.starts.items():
        paths.setdefault(classes.get(code, "out") if circles is None else "cell", []).append(start)
    drawn = "".join(
        [f'<path class="{paint}" d="{"".join(parts)}"/>' for paint, parts in paths.items()]
    )
    return drawn + _circles(grid, circles) if circles is not None else drawn


def _circles(grid: HexGrid, circles: Mapping[str, float]) -> str:
    drawn = [
        f'<circle cx="{grid.centres[code][0]}" cy="{grid.centres[code][1]}"'
        f' r="{29 * sqrt(max(0.0, share)):.1f}"/>'
        for code, share in circles.items()
        if code in grid.centres
    ]
    return f'<g class="circle">{"".join(drawn)}</g>'


def _cells(
    grid: HexGrid,
    classes: Mapping[str, str],
    titles: Mapping[str, str],
    links: Links,
    circles: Mapping[str, float] | None,
) -> str:
    parts = []
    for code, start in grid.starts.items():
        paint = classes.get(code, "out")
        if circles is not None and paint not in {"nk", "out"}:
            paint = "cell"
        title = f"<title>{html.escape(titles[code])}</title>" if code in titles else ""
        cell = f'<path class="{paint}" d="{start}"/>'
        link = _link(links, code) if paint != "out" else ""
        if link:
            parts.append(f'<a href="{html.escape(link)}">{title}{cell}</a>')
        else:
            parts.append(f"<g>{title}{cell}</g>" if title else cell)
    drawn = "\n".join(parts)
    return drawn + _circles(grid, circles) if circles is not None else drawn


def _texts(
    grid: HexGrid,
    classes: Mapping[str, str],
    values: Mapping[str, str],
    unit: float,
    *,
    names: bool,
) -> str:
    size = 12.5 * unit
    drop = round(size * 0.34)
    parts = [
        f'<text class="{_text_on(classes.get(code, ""))}" x="{grid.centres[code][0]}"'
        f' y="{grid.centres[code][1] + drop}">{html.escape(value)}</text>'
        for code, value in values.items()
        if code in grid.centres
    ]
    for country, codes in grid.name_places.items() if names else ():
        code = next((code for code in codes if code not in values), None)
        if code:
            x, y = grid.centres[code]
            paint = classes.get(code, "out")
            tone = "halo" if paint == "nk" else _text_on(paint)
            parts.append(
                f'<text class="{tone}" x="{x}" y="{y + drop}">{html.escape(country)}</text>'
            )
    return f'<g class="words" font-size="{size:.1f}" aria-hidden="true">{"".join(parts)}</g>'


# Boundaries --------------------------------------------------------------------------------------

# The frame of the sheet in kilometres of EPSG:3035; a unit of the geometry is a kilometre.
WEST, EAST, SOUTH, NORTH = 2500, 6620, 1330, 5470
WIDE, HIGH = EAST - WEST, NORTH - SOUTH
SCALE = 1000 / WIDE
SHEET = round(HIGH * SCALE)

# ISO 3166 numbers of the countries that NUTS 2013 draws; the rest of the world comes from elsewhere.
DRAWN_BY_NUTS = frozenset(
    [
        "040",
        "056",
        "100",
        "756",
        "196",
        "203",
        "276",
        "208",
        "233",
        "300",
        "724",
        "246",
        "250",
        "191",
        "348",
        "372",
        "352",
        "380",
        "438",
        "440",
        "442",
        "428",
        "499",
        "807",
        "470",
        "528",
        "578",
        "616",
        "620",
        "642",
        "752",
        "705",
        "703",
        "792",
        "826",
    ]
)


@dataclass(frozen=True, eq=False)
class Shapes:
    """Boundaries, projected and cut to the frame once per process; nothing of it is kept in files."""

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
    """Boundaries from a GeoJSON of NUTS (WGS84) and a TopoJSON of the world; None where there is no file.

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


@cache
def _graticule() -> str:
    lines = []
    for lon in range(-60, 91, 10):
        lines.append([geometry.project(lon, lat) for lat in range(25, 86)])
    for lat in range(30, 81, 10):
        lines.append([geometry.project(lon, lat) for lon in range(-60, 91)])
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
    for a, b in zip(samples, samples[1:], strict=False):
        low, high = sorted((along(a), along(b)))
        degree = int(low // step + 1) * step
        while degree <= high:
            t = (degree - along(a)) / (along(b) - along(a))
            found.append((degree, a + t * (b - a)))
            degree += step
    return sorted(found, key=lambda one: one[1])


@cache
def _frame() -> str:
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
            f'<text class="t2 deg mid" x="{at * SCALE:.0f}" y="{SHEET + 24}">{abs(degree)}°{side}</text>'
        )
    for degree, at in _crossings(lambda s: geometry.unproject(WEST, NORTH - s)[1], HIGH, 10):
        words.append(f'<text class="t2 deg end" x="-13" y="{at * SCALE + 5:.0f}">{degree}°N</text>')
    return (
        f'<rect class="inkl" width="1000" height="{SHEET}"/>'
        f'<rect class="inkl" x="-7" y="-7" width="1014" height="{SHEET + 14}"/>'
        f'<path class="inkf" d="{"".join(fields)}"/>{"".join(words)}'
    )


@dataclass(frozen=True)
class Label:
    """A region that is named on the map, with its value; `yours` is written in magenta."""

    code: str
    name: str
    value: str = ""
    yours: bool = False


@dataclass(frozen=True)
class _Place:
    label: Label
    anchor: tuple[float, float]
    at: tuple[float, float]
    side: str
    box: tuple[float, float, float, float]


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@lru_cache(maxsize=512)
def _placed(sheet: Shapes, labels: tuple[Label, ...], size: float, most: int) -> tuple[_Place, ...]:
    """Places for labels: over the sea where it can be, near the region, clear of the others.

    A label that finds no good place is left out.
    """
    anchors = {
        one.code: (sheet.anchors[one.code][0] * SCALE, sheet.anchors[one.code][1] * SCALE)
        for one in labels
        if one.code in sheet.anchors
    }
    taken: list[_Place] = []
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
    taken: Sequence[_Place],
    size: float,
    far_list: tuple[float, ...],
) -> _Place | None:
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
            if _overlap(box, far_list):
                cost += 400
            cost += 900 * sum(_overlap(box, other.box) for other in taken)
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
                best, least = _Place(one, (ax, ay), (x, y), side, box), cost
    return best


def _crosses(a: tuple[float, float], b: tuple[float, float], other: _Place) -> bool:
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


def _labelled(place: _Place, *, narrow: bool) -> str:
    (ax, ay), (x, y) = place.anchor, place.at
    yours = " yours" if place.label.yours else ""
    line = f"M{ax:.0f} {ay:.0f}L{x:.0f} {y:.0f}"
    casing = "" if narrow else f'<path class="lead-case" d="{line}"/>'
    dot = "" if narrow else f'<circle class="anchor{yours}" cx="{ax:.0f}" cy="{ay:.0f}" r="2.6"/>'
    shift, drop = (4, 12) if narrow else (4, 5)
    value = (
        f' <tspan class="bold">{html.escape(place.label.value)}</tspan>'
        if place.label.value
        else ""
    )
    classes = "halo" + (" you" if yours else "") + (" end" if place.side == "end" else "")
    text_x = x + shift if place.side == "start" else x - shift
    return (
        f'{casing}<path class="lead-line{yours}" d="{line}"/>{dot}'
        f'<text class="{classes}" x="{text_x:.0f}" y="{y + drop:.0f}">{html.escape(place.label.name)}{value}</text>'
    )


def atlas(
    sheet: Shapes,
    classes: Mapping[str, str],
    *,
    label: Words = "",
    description: Words = "",
    titles: Mapping[str, str] | None = None,
    links: Links = None,
    labels: Sequence[Label] = (),
    selected: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> SafeString:
    """Real boundaries in EPSG:3035 with a frame graduated in degrees.

    Regions without a class are land outside the survey. The first labels stand on narrow sheets too
    (four, larger); regions outside the frame that have a class stand in a list over the Atlantic,
    named by `names`. Show phrases.COPYRIGHT with it.
    """
    titles = titles or {}
    parts = []
    outside = []
    for code, path in sheet.paths.items():
        paint = classes.get(code)
        if paint is None or paint == "out":
            outside.append(path)
            continue
        title = f"<title>{html.escape(titles[code])}</title>" if code in titles else ""
        shape = f'<path class="reg {paint}" d="{path}"/>'
        link = _link(links, code)
        if link:
            parts.append(f'<a href="{html.escape(link)}">{title}{shape}</a>')
        else:
            parts.append(f"<g>{title}{shape}</g>" if title else shape)
    chosen = "".join(
        f'<path class="sel{kind}" stroke-width="{wide}" d="{sheet.paths[code]}"/>'
        for code in selected
        if code in sheet.paths
        for kind, wide in ((" case", 18), ("", 9))
    )
    wide = "".join(_labelled(one, narrow=False) for one in _placed(sheet, tuple(labels), 17, 9))
    few = sorted(labels, key=lambda one: not one.yours)
    narrow = "".join(_labelled(one, narrow=True) for one in _placed(sheet, tuple(few), 39, 4))
    says = f"<desc>{html.escape(str(description))}</desc>" if description else ""
    role = "group" if links else "img"
    new_line = "\n"
    return mark_safe(  # noqa: S308  names and titles are escaped
        f'<svg class="atlas" viewBox="-46 -14 1066 {SHEET + 46}" role="{role}"'
        f' aria-label="{html.escape(str(label))}">{says}'
        f'<clipPath id="atlas-frame"><rect width="1000" height="{SHEET}"/></clipPath>'
        f'<g clip-path="url(#atlas-frame)"><rect class="sea" width="1000" height="{SHEET}"/>'
        f'<g class="geo" transform="scale({SCALE:.5f})"><path class="grat" d="{_graticule()}"/>'
        f'<path class="out coast" d="{sheet.world}"/>'
        f'<path class="out plain" d="{"".join(outside)}"/>'
        f'{new_line.join(parts)}<path class="shore" d="{sheet.coast}"/>'
        f'<path class="country" d="{sheet.borders}"/>{chosen}</g></g>'
        f'{_frame()}<g class="narrow" aria-hidden="true">{narrow}</g>'
        f'<g class="wide" aria-hidden="true">{wide}</g>'
        f"{_far_list(sheet, classes, titles, links, names or {})}</svg>"
    )


def _far_list(
    sheet: Shapes,
    classes: Mapping[str, str],
    titles: Mapping[str, str],
    links: Links,
    names: Mapping[str, str],
) -> str:
    codes = [code for code in sheet.far if classes.get(code, "out") != "out"]
    if not codes:
        return ""
    y = round(SHEET * 0.55)
    rows = [
        f'<text class="halo t2 bold" x="14" y="{y}">{html.escape(str(phrases.FAR_FROM_THE_MAP))}</text>'
    ]
    for place, code in enumerate(codes):
        top = y + 9 + 19 * place
        title = f"<title>{html.escape(titles[code])}</title>" if code in titles else ""
        row = (
            f'{title}<path class="far {classes[code]}" d="M22 {top}l6.9 4v8l-6.9 4-6.9-4v-8z"/>'
            f'<text class="halo t2" x="37" y="{top + 13}">{html.escape(names.get(code, code))}</text>'
        )
        link = _link(links, code)
        rows.append(f'<a href="{html.escape(link)}">{row}</a>' if link else f"<g>{row}</g>")
    return f'<g class="wide far-list">{"".join(rows)}</g>'


def locator(sheet: Shapes, code: str, *, name: str, label: Words) -> SafeString:
    """Where a region lies: its country around it, the neighbours paler."""
    x0, y0, x1, y1 = sheet.boxes[code]
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    half_w = max(520.0, (x1 - x0) * 0.95, (y1 - y0) * 1.2)
    half_h = half_w * 0.8
    view = (middle_x - half_w, middle_y - half_h, middle_x + half_w, middle_y + half_h)
    near = [c for c, box in sheet.boxes.items() if _overlap(box, view)]
    own = "".join(sheet.paths[c] for c in near if c[:2] == code[:2] and c != code)
    others = "".join(sheet.paths[c] for c in near if c[:2] != code[:2])
    ax, ay = sheet.anchors[code]
    size = half_w / 10.5
    return mark_safe(  # noqa: S308
        f'<svg class="locator" viewBox="{view[0]:.0f} {view[1]:.0f} {2 * half_w:.0f} {2 * half_h:.0f}"'
        f' role="img" aria-label="{html.escape(str(label))}">'
        f'<rect class="sea" x="{view[0]:.0f}" y="{view[1]:.0f}" width="{2 * half_w:.0f}" height="{2 * half_h:.0f}"/>'
        f'<path class="out" d="{sheet.world}"/><path class="around" stroke-width="{half_w / 150:.1f}" d="{others}"/>'
        f'<path class="q2 land-line" stroke-width="{half_w / 260:.1f}" d="{own}"/>'
        f'<path class="country" stroke-width="{half_w / 90:.1f}" d="{sheet.borders}"/>'
        f'<path class="here" d="{sheet.paths[code]}"/>'
        f'<text class="halo bold" stroke-width="{size / 4:.0f}" font-size="{size:.0f}"'
        f' x="{min(ax + size * 0.5, view[2] - size * 0.56 * len(name)):.0f}" y="{ay - size * 0.7:.0f}">{html.escape(name)}</text></svg>'
    )


# Files of their own ------------------------------------------------------------------------------

CSS = Path(__file__).parent / "static" / "kit" / "css"


@cache
def _sheet_rules(theme: Literal["light", "dark"]) -> str:
    """The rules for figures with concrete colours, as a viewer without custom properties reads them."""
    tokens = dict(
        re.findall(r"--([\w-]+):\s*(?:light-dark\(([^)]*)\))", (CSS / "00-tokens.css").read_text())
    )
    colours = {
        name: pair.split(",")[0 if theme == "light" else 1].strip() for name, pair in tokens.items()
    }
    rules = {
        "text": "font-family:'Source Sans 3','Noto Sans','Segoe UI',sans-serif;fill:var(--ink)",
        ".mid": "text-anchor:middle",
        ".end": "text-anchor:end",
        ".bold": "font-weight:650",
        "a": "text-decoration:none",
    }
    figures = (CSS / "45-figures.css").read_text()
    for selector, body in re.findall(
        r"^\s*(?:svg )?(\.[\w-]+) \{ ([^{}]+) \}$", figures, re.MULTILINE
    ):
        rules.setdefault(selector, "")
        rules[selector] += ";" + body.strip().rstrip(";")
    for block, inner in re.findall(
        r"^  \.(atlas|hexmap|locator) \{\n(.*?)^  \}$", figures, re.MULTILINE | re.DOTALL
    ):
        for selector, body in re.findall(
            r"^    & (\.?[\w.-]+(?: \.?[\w-]+)?) \{ (.*?) \}$", inner, re.MULTILINE
        ):
            rules[f".{block} {selector}"] = body
    text = "".join(f"{selector}{{{body.strip(';')}}}" for selector, body in rules.items())
    return re.sub(r"var\(--([\w-]+)\)", lambda m: colours.get(m.group(1), "#000"), text)


def standalone(svg: str, theme: Literal["light", "dark"] = "light", *, width: int = 1600) -> str:
    """The same drawing as a file of its own: concrete colours, its own patterns, a ground."""
    box = re.search(r'viewBox="([-\d. ]+)"', svg)
    if box is None:
        raise ValueError("A drawing needs a viewBox")
    x, y, w, h = (float(part) for part in box.group(1).split())
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{round(width * h / w)}" '
    )
    ground = f'<rect class="paper" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"/>'
    opened = svg.index(">") + 1
    return (
        head
        + svg[len("<svg ") : opened]
        + f"<style>{_sheet_rules(theme)}</style><defs>{PATTERNS}</defs>{ground}"
        + svg[opened:]
    )
