"""The hexagon map: one hexagon a region, no boundaries needed."""

import html
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import hypot, sqrt
from typing import Literal

from django.utils.safestring import SafeString, mark_safe

from hanse.kit import geometry
from hanse.kit.maps.classes import Links, Words, link_to, text_on

# A hexagon is 60 units wide; its grid is whole numbers: half a step right 30, a row down 52.
HALF, ROW, UNIT = 30, 52, 60
SHAPE = "l29 17v34l-29 17-29-17v-34z"
WHOLE = "l30 18v34l-30 18-30-18v-34z"
MARGIN = 44
LARGEST = 46  # radius of the largest circle: it may reach over its neighbours
FREE = 0.004  # a circle so small that a name may stand on it
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
    is printed on the regions it holds, `circles` draws counts (0 to 1 of the largest) by area
    instead of painting them. Regions of the grid without a class are outlined: outside the survey.
    """
    grid = places if isinstance(places, HexGrid) else grid_of(places)
    width, height = grid.size
    small = spacing < SMALL
    unit = UNIT / spacing
    if small:
        body = _small(grid, classes, circles)
    else:
        body = _cells(grid, classes, titles or {}, links, circles, selected)
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
        body += _texts(
            grid, classes, values or {}, unit, names=countries == "named", full=circles or {}
        )
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
        f' r="{LARGEST * sqrt(max(0.0, share)):.1f}"/>'
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
    selected: Collection[str],
) -> str:
    parts = []
    for code, start in grid.starts.items():
        paint = classes.get(code, "out")
        if circles is not None and paint not in {"nk", "out"}:
            paint = "cell"
        title = f"<title>{html.escape(titles[code])}</title>" if code in titles else ""
        cell = f'<path class="{paint}" d="{start}"/>'
        link = link_to(links, code) if paint != "out" else ""
        if link:
            chosen = ' class="selected"' if code in selected else ""
            parts.append(f'<a{chosen} href="{html.escape(link)}">{title}{cell}</a>')
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
    full: Mapping[str, float],
) -> str:
    size = 12.5 * unit
    drop = round(size * 0.34)
    parts = [
        f'<text class="{text_on(classes.get(code, ""))}" x="{grid.centres[code][0]}"'
        f' y="{grid.centres[code][1] + drop}">{html.escape(value)}</text>'
        for code, value in values.items()
        if code in grid.centres
    ]
    for country, codes in grid.name_places.items() if names else ():
        free = [code for code in codes if code not in values]
        code = min(free, key=lambda one: full.get(one, 0) > FREE, default=None)
        if code:
            x, y = grid.centres[code]
            paint = classes.get(code, "out")
            tone = "halo" if paint == "nk" else text_on(paint)
            parts.append(
                f'<text class="{tone}" x="{x}" y="{y + drop}">{html.escape(country)}</text>'
            )
    return f'<g class="words" font-size="{size:.1f}" aria-hidden="true">{"".join(parts)}</g>'
