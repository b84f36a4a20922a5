"""One sector across regions: the rows behind its map, its table and its small multiples."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hanse.observatory.queries.figures import Columns, Region, Release, Sector
from hanse.observatory.queries.indicators import Indicator, Kind

CONFIDENTIAL = "c"
STANDS_OUT = 2
THREEFOLD, WORTH_MARKING = 3, 3000


@dataclass(frozen=True, slots=True)
class SectorRow:
    region: Region
    value: float | None
    flag: str
    persons: int | None
    rank: int | None
    painted: str
    estimated: bool
    lower_bound: bool
    jumped: bool

    @property
    def is_confidential(self) -> bool:
        """Whether the source keeps the figure back; a cell may carry more flags beside c."""
        return CONFIDENTIAL in self.flag


@dataclass(frozen=True, slots=True)
class YearOfSector:
    year: int
    painted: dict[str, str]
    values: dict[str, float]
    known: int
    above: int
    hidden_countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of a sector a few regions hold, per year, over NUTS 2 regions with a figure."""

    year: int
    persons: int | None
    is_bound: bool
    hhi: float | None
    hoover: float | None
    gini: float | None
    known: int
    suppressed: int
    unpublished: int


@dataclass(frozen=True, slots=True)
class SectorMap:
    release: Release
    sector: Sector
    year: int
    indicator: Indicator
    reference: str
    level: int
    rows: tuple[SectorRow, ...]
    years: tuple[YearOfSector, ...]
    concentration: tuple[Concentration, ...]

    @property
    def known(self) -> int:
        return sum(row.value is not None for row in self.rows)

    @property
    def unknown(self) -> int:
        return len(self.rows) - self.known

    @property
    def leaders(self) -> tuple[SectorRow, ...]:
        return tuple(row for row in self.rows if row.value is not None)

    @property
    def jumps(self) -> int:
        return sum(row.jumped for row in self.rows)

    @property
    def hidden(self) -> tuple[SectorRow, ...]:
        """Regions without a figure: confidential, or never published."""
        return tuple(row for row in self.rows if row.value is None)

    @property
    def painted(self) -> dict[str, str]:
        """The colour class of each NUTS 2 region; at other levels it takes its parent's."""
        own = {row.region.code: row.painted for row in self.rows}
        if self.level == 2:  # noqa: PLR2004 -- NUTS level
            return own
        length = self.level + 2
        return {
            code: own[code[:length]]
            for code, region in self.release.regions.items()
            if region.level == 2 and code[:length] in own  # noqa: PLR2004 -- NUTS level
        }

    @property
    def class_counts(self) -> dict[str, int]:
        return dict(Counter(row.painted for row in self.rows))


def sector_map(
    release: Release,
    sector: str,
    year: int,
    indicator: Indicator,
    *,
    reference: str = "europe",
    level: int = 2,
    estimates: bool = False,
) -> SectorMap:
    column = indicator.column_for(reference)
    wanted = {"year", "region", "level", "persons", "total_bound", column}
    wanted |= {f"{indicator.measure}_flag"}
    fill = indicator.column_with_estimates if estimates else ""
    if fill:
        wanted.add(fill)
    found = _at_level(release.of_sector("cells", sector, sorted(wanted)), level)
    of_year = _of_year(found, year)
    return SectorMap(
        release=release,
        sector=release.sector(sector),
        year=year,
        indicator=indicator,
        reference=reference,
        level=level,
        rows=_rows(
            release, of_year, indicator, column, fill, jumped_regions(release, sector, level)
        ),
        years=years_of(release, sector, indicator, reference, level),
        concentration=_concentration(release, sector),
    )


def _at_level(table: Any, level: int) -> Any:
    import pyarrow.compute as pc

    return table.filter(pc.equal(table["level"], level))


def _of_year(table: Any, year: int) -> Columns:
    import pyarrow.compute as pc

    found: Columns = table.filter(pc.equal(table["year"], year)).to_pydict()
    return found


def _rows(
    release: Release,
    cells: Columns,
    indicator: Indicator,
    column: str,
    fill: str,
    jumped: frozenset[str],
) -> tuple[SectorRow, ...]:
    fills = cells[fill] if fill else [None] * len(cells["region"])
    rows = [
        (
            code,
            fill_in if value is None else value,
            flag,
            persons,
            value is None and fill_in is not None,
            bound,
        )
        for code, value, flag, persons, bound, fill_in in zip(
            cells["region"],
            cells[column],
            cells[f"{indicator.measure}_flag"],
            cells["persons"],
            cells["total_bound"],
            fills,
            strict=True,
        )
    ]
    rows.sort(key=lambda row: (row[1] is None, -(row[1] or 0), row[0]))
    ranks = _ranks([row[1] for row in rows])
    return tuple(
        SectorRow(
            region=release.regions[code],
            value=value,
            flag=flag or "",
            persons=persons,
            rank=rank,
            painted=indicator.paint(value),
            estimated=estimated,
            lower_bound=bool(bound) and indicator.kind in {Kind.RATIO, Kind.SHARE},
            jumped=code in jumped,
        )
        for (code, value, flag, persons, estimated, bound), rank in zip(rows, ranks, strict=True)
    )


@lru_cache(maxsize=256)
def jumped_regions(release: Release, sector: str, level: int) -> frozenset[str]:
    """Regions whose figure changed more than threefold from one year to another.

    A mark for the reader, no judgement: firms registered elsewhere, a new way of counting, or the
    real opening of a plant. Small regions jump by chance and are left out.
    """
    table = release.of_sector("cells", sector, ("region", "level", "persons"))
    rows = _at_level(table, level).to_pydict()
    last: dict[str, int] = {}
    jumped = set()
    for code, persons in zip(rows["region"], rows["persons"], strict=True):
        if persons is None:
            continue
        low, high = sorted((last.get(code, persons), persons))
        if high >= WORTH_MARKING and high > THREEFOLD * low:
            jumped.add(code)
        last[code] = persons
    return frozenset(jumped)


def _ranks(values: list[float | None]) -> list[int | None]:
    """Rank descending values; equal values share the better rank, unknown ones have none."""
    ranks: list[int | None] = []
    for place, value in enumerate(values, start=1):
        if value is None:
            ranks.append(None)
        elif ranks and value == values[place - 2]:
            ranks.append(ranks[-1])
        else:
            ranks.append(place)
    return ranks


@lru_cache(maxsize=64)
def years_of(
    release: Release, sector: str, indicator: Indicator, reference: str, level: int
) -> tuple[YearOfSector, ...]:
    """Every year of a sector in the same classes; the same whatever year the page is about."""
    column = indicator.column_for(reference)
    table = release.of_sector("cells", sector, sorted({"year", "region", "level", column}))
    rows = _at_level(table, level).to_pydict()
    found = []
    for year in release.years:
        of_year = slice(bisect_left(rows["year"], year), bisect_right(rows["year"], year))
        codes, values = rows["region"][of_year], rows[column][of_year]
        known = {
            code: value for code, value in zip(codes, values, strict=True) if value is not None
        }
        painted = dict.fromkeys(codes, "nk")
        painted.update({code: indicator.paint(value) for code, value in known.items()})
        found.append(
            YearOfSector(
                year=year,
                painted=painted,
                values=known,
                known=len(known),
                above=sum(value >= STANDS_OUT for value in known.values())
                if indicator.kind is Kind.RATIO
                else 0,
                hidden_countries=_hidden_countries(painted, known),
            )
        )
    return tuple(found)


def _hidden_countries(painted: dict[str, str], values: dict[str, float]) -> tuple[str, ...]:
    """Countries of which no region has a figure in that year."""
    return tuple(sorted({code[:2] for code in painted} - {code[:2] for code in values}))


def _concentration(release: Release, sector: str) -> tuple[Concentration, ...]:
    kept = ("hhi", "hoover", "gini", "known", "suppressed", "unpublished")
    columns = ("sector", "year", "reference_persons", "reference_bound", *kept)
    return tuple(
        Concentration(
            year=row["year"],
            persons=row["reference_persons"],
            is_bound=row["reference_bound"],
            **{name: row[name] for name in kept},
        )
        for row in release.where("sector_years", "sector", sector, columns)
    )
