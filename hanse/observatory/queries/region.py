"""One region: its profile, the strength of its sectors, how it changed and what explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from hanse.observatory.queries.figures import Region, Release, Sector

STANDS_OUT = 1.0
LISTED = 12
STARS = ("stars_1", "stars_2", "stars_3")

CELL_COLUMNS = (
    "year",
    "sector",
    "persons",
    "persons_flag",
    "persons_estimate",
    "total",
    "total_bound",
    "share",
    "lq",
    "lq_country",
    "growth",
    "wages_per_person",
    "size_rank",
    "size_known",
    "size_cut",
    "size_value_at_cut",
    "focus_rank",
    "focus_known",
    "focus_cut",
    "focus_value_at_cut",
    "wages_rank",
    "wages_known",
    "wages_cut",
    "wages_value_at_cut",
    "stars",
    "stars_unknown",
    "stars_size",
    "stars_specialisation",
    "stars_focus",
    "stars_specialisation_country",
    "stars_country",
    "factors",
    "factors_unknown",
    "factors_size",
    "factors_specialisation",
    "factors_productivity",
    "factors_specialisation_country",
    "factors_country",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """Everything the release says of one sector in one region and year."""

    sector: Sector
    year: int
    persons: int | None
    persons_flag: str
    persons_estimate: float | None
    total: int | None
    total_bound: bool
    share: float | None
    lq: float | None
    lq_country: float | None
    growth: float | None
    wages_per_person: float | None
    size_rank: int | None
    size_known: int | None
    size_cut: int | None
    size_value_at_cut: float | None
    focus_rank: int | None
    focus_known: int | None
    focus_cut: int | None
    focus_value_at_cut: float | None
    wages_rank: int | None
    wages_known: int | None
    wages_cut: int | None
    wages_value_at_cut: float | None
    stars: int | None
    stars_unknown: int | None
    stars_size: bool | None
    stars_specialisation: bool | None
    stars_focus: bool | None
    stars_specialisation_country: bool | None
    stars_country: int | None
    factors: int | None
    factors_unknown: int | None
    factors_size: bool | None
    factors_specialisation: bool | None
    factors_productivity: bool | None
    factors_specialisation_country: bool | None
    factors_country: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """One sector in one year, as much as a line over the years needs."""

    year: int
    persons: int | None
    lq: float | None
    flag: str


@dataclass(frozen=True, slots=True)
class RegionYear:
    year: int
    total: int | None
    total_bound: bool
    hhi: float | None
    krugman: float | None
    known: int
    suppressed: int
    unpublished: int
    three_stars: int
    rated: int


@dataclass(frozen=True, slots=True)
class Shift:
    """What explains the change of persons employed between two years: the three parts add up."""

    sector: str
    at_start: int
    at_end: int
    national: float
    mix: float
    local: float

    @property
    def change(self) -> int:
        return self.at_end - self.at_start

    @property
    def in_whole_persons(self) -> tuple[int, int, int]:
        """The parts rounded for reading: the local one takes the rest, so that they add up."""
        national, mix = round(self.national), round(self.mix)
        return national, mix, self.change - national - mix


@dataclass(frozen=True, slots=True)
class IndustrialChange:
    start: int
    end: int
    entries: int
    exits: int
    structural_change: float | None
    compared: int


@dataclass(frozen=True, slots=True)
class RegionPortrait:
    release: Release
    region: Region
    year: int
    start: int
    cells: tuple[Cell, ...]
    series: dict[str, tuple[Point, ...]]
    years: tuple[RegionYear, ...]
    shifts: tuple[Shift, ...]
    explained: Shift | None
    changed: IndustrialChange | None

    @property
    def divisions(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.sector.is_division)

    @property
    def of_year(self) -> RegionYear | None:
        return next((row for row in self.years if row.year == self.year), None)

    def strongest(self, scheme: str) -> tuple[Cell, ...]:
        """Divisions that pass a test of the scheme, most tests first, then the largest."""
        rated = [cell for cell in self.divisions if getattr(cell, scheme)]
        rated.sort(key=lambda cell: (-(getattr(cell, scheme) or 0), -(cell.persons or 0)))
        return tuple(rated)

    @property
    def largest(self) -> tuple[Cell, ...]:
        return self._leading("persons")

    @property
    def most_specialised(self) -> tuple[Cell, ...]:
        return self._leading("lq")

    @property
    def fastest_growing(self) -> tuple[Cell, ...]:
        return self._leading("growth")

    def _leading(self, column: str) -> tuple[Cell, ...]:
        known = [cell for cell in self.divisions if getattr(cell, column) is not None]
        known.sort(key=lambda cell: -getattr(cell, column))
        return tuple(known[:LISTED])

    @property
    def hidden(self) -> tuple[Cell, ...]:
        """Divisions whose persons employed are not known: confidential, or never published."""
        return tuple(cell for cell in self.divisions if cell.persons is None)

    def cell(self, sector: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.sector.code == sector), None)

    @property
    def entered(self) -> tuple[Sector, ...]:
        """Divisions that came to weigh at least as much as in Europe."""
        return self._crossed(lambda before, after: before < STANDS_OUT <= after)

    @property
    def left(self) -> tuple[Sector, ...]:
        """Divisions that ceased to weigh as much as in Europe."""
        return self._crossed(lambda before, after: after < STANDS_OUT <= before)

    def _crossed(self, crosses: Callable[[float, float], bool]) -> tuple[Sector, ...]:
        found = []
        for code, points in self.series.items():
            sector = self.release.sectors[code]
            at = {point.year: point.lq for point in points}
            before, after = at.get(self.start), at.get(self.year)
            if sector.is_division and before is not None and after is not None:
                found += [sector] if crosses(before, after) else []
        return tuple(found)


def region_portrait(release: Release, region: str, year: int, start: int) -> RegionPortrait:
    found = release.region(region)
    table = release.of_region("cells_by_region", region, CELL_COLUMNS)
    shifts = _shifts(release, region, start, year)
    return RegionPortrait(
        release=release,
        region=found,
        year=year,
        start=start,
        cells=_cells(release, _in_year(table, year)),
        series=_series(table),
        years=region_years(release, region),
        shifts=tuple(shift for shift in shifts if shift.sector != "TOTAL"),
        explained=next((shift for shift in shifts if shift.sector == "TOTAL"), None),
        changed=changed(release, region, start, year),
    )


def all_cells(release: Release, region: str) -> tuple[Cell, ...]:
    """Every sector and year of a region, for files."""
    release.region(region)
    return _cells(release, release.of_region("cells_by_region", region, CELL_COLUMNS))


def _in_year(table: Any, year: int) -> Any:
    import pyarrow.compute as pc

    return table.filter(pc.equal(table["year"], year))


def _cells(release: Release, table: Any) -> tuple[Cell, ...]:
    columns = table.to_pydict()
    sectors = release.sectors
    return tuple(
        Cell(sectors[sector], year, *rest)
        for year, sector, *rest in zip(*(columns[name] for name in CELL_COLUMNS), strict=True)
    )


def _series(table: Any) -> dict[str, tuple[Point, ...]]:
    columns = table.select(["sector", "year", "persons", "lq", "persons_flag"]).to_pydict()
    series: dict[str, list[Point]] = {}
    for sector, *point in zip(*columns.values(), strict=True):
        series.setdefault(sector, []).append(Point(*point))
    return {sector: tuple(points) for sector, points in series.items()}


def region_years(release: Release, region: str) -> tuple[RegionYear, ...]:
    kept = ("year", "total", "total_bound", "hhi", "krugman", "known", "suppressed", "unpublished")
    rows = release.where("region_years", "region", region, ("region", *kept, *STARS))
    return tuple(
        RegionYear(
            **{name: row[name] for name in kept},
            three_stars=row["stars_3"],
            rated=sum(row[name] or 0 for name in STARS),
        )
        for row in rows
    )


def explained(release: Release, region: str, start: int, end: int) -> Shift | None:
    """The change of the region as a whole, taken apart."""
    shifts = _shifts(release, region, start, end)
    return next((shift for shift in shifts if shift.sector == "TOTAL"), None)


def _shifts(release: Release, region: str, start: int, end: int) -> list[Shift]:
    columns = ("start", "end", "sector", "start_persons", "end_persons", "national", "mix", "local")
    rows = _between(release.of_region("shift_share", region, columns), start, end)
    return [
        Shift(
            r["sector"], r["start_persons"], r["end_persons"], r["national"], r["mix"], r["local"]
        )
        for r in rows
    ]


def changed(release: Release, region: str, start: int, end: int) -> IndustrialChange | None:
    columns = ("start", "end", "entries", "exits", "structural_change", "divisions_compared")
    rows = _between(release.of_region("changes", region, columns), start, end)
    for row in rows:
        return IndustrialChange(
            row["start"],
            row["end"],
            row["entries"],
            row["exits"],
            row["structural_change"],
            row["divisions_compared"],
        )
    return None


def _between(table: Any, start: int, end: int) -> list[dict[str, Any]]:
    import pyarrow.compute as pc

    mask = pc.and_(pc.equal(table["start"], start), pc.equal(table["end"], end))
    rows: list[dict[str, Any]] = table.filter(mask).to_pylist()
    return rows


def first_year_compared(release: Release, region: str, end: int) -> int | None:
    """The first year from which the region's change to `end` can be told."""
    table = release.of_region("changes", region, ("start", "end")).to_pydict()
    starts = [start for start, at in zip(table["start"], table["end"], strict=True) if at == end]
    return min(starts, default=None)


def by_country(regions: Iterable[Region]) -> list[tuple[str, list[Region]]]:
    ordered = sorted(regions, key=lambda region: (region.country, region.code))
    return [(country, list(own)) for country, own in groupby(ordered, key=lambda r: r.country)]
