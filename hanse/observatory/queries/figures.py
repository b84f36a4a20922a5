"""The serving release, opened for reading.

A release is write-once Parquet whose row groups are cut so that a page reads one or two of them:
`cells` by sector, `cells_by_region` by region. No SQL and no arithmetic happens here.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from hanse.commons.sectors import words as nace
from hanse.kit.folding import fold

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

Columns = dict[str, list[Any]]


OPENED = threading.local()
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class NoRelease(Exception):  # noqa: N818 -- a state of the world, not an error of ours
    """No release has been published here yet."""


class DamagedRelease(Exception):  # noqa: N818 -- a state of the world
    """A file of the release is gone, or not what was written."""


@contextmanager
def whole_or_damaged() -> Iterator[None]:
    """Pages carry checksums: a byte that changed on the disk is noticed when it is read."""
    from pyarrow import ArrowException

    try:
        yield
    except (ArrowException, OSError) as damage:
        raise DamagedRelease(str(damage)[:200]) from damage


class UnknownRegion(KeyError):  # noqa: N818 -- named as people would say it
    """The release has no region of this code."""


class UnknownSector(KeyError):  # noqa: N818
    """The release has no sector of this code."""


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    level: int
    country: str
    official_name: str
    latin_name: str
    parent: str
    place: tuple[float, float] | None

    @property
    def name(self) -> str:
        """The name in Latin letters where the official one is written otherwise."""
        return self.latin_name or self.official_name

    @property
    def both_names(self) -> str:
        """The name as officially written, with the Latin form where its letters differ."""
        if fold(self.name) == fold(self.official_name):
            return self.name
        return f"{self.official_name} ({self.latin_name})"


@dataclass(frozen=True, slots=True)
class Sector:
    code: str
    level: str
    section: str

    @property
    def name(self) -> str:
        return str(nace.SHORT_NAMES.get(self.code, self.code))

    @property
    def title(self) -> str:
        return str(nace.TITLES.get(self.code, self.code))

    @property
    def is_division(self) -> bool:
        return self.level == "division"


@dataclass(frozen=True, slots=True)
class TradedCluster:
    """A traded cluster as a reading aid: how it and a division lie in each other.

    `weight` is the part of the cluster's classes that lie in the division, `coverage` the part of
    the division's classes that belong to the cluster.
    """

    name: str
    division: str
    weight: float
    coverage: float


@dataclass(frozen=True)
class Release:
    """One release: what it is made of, and its tables."""

    folder: Path
    note: dict[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        return str(self.note["id"])

    @property
    def method(self) -> str:
        return str(self.note["method"])

    @property
    def years(self) -> list[int]:
        return list(self.note["years"])

    @property
    def source_line(self) -> str:
        """The line that stands below every map and table, in the reader's language."""
        business = next((one for one in self.note["sources"] if one["table"] == "business"), None)
        if business is None:
            return str(self.note["source_line"])
        return _(
            "Source: Eurostat, structural business statistics by region (%(table)s), extract of "
            "%(day)s; own calculations"
        ) % {"table": business["source"], "day": business["version"]}

    @cached_property
    def regions(self) -> dict[str, Region]:
        rows = self._kept("regions").to_pylist()
        return {row["code"]: _region(row) for row in rows}

    @cached_property
    def sectors(self) -> dict[str, Sector]:
        rows = self._kept("sectors").to_pylist()
        return {r["code"]: Sector(r["code"], r["level"], r["section"] or "") for r in rows}

    @cached_property
    def countries(self) -> list[str]:
        return sorted({region.country for region in self.regions.values()})

    def region(self, code: str) -> Region:
        try:
            return self.regions[code]
        except KeyError:
            raise UnknownRegion(code) from None

    def sector(self, code: str) -> Sector:
        try:
            return self.sectors[code]
        except KeyError:
            raise UnknownSector(code) from None

    @cached_property
    def traded_clusters(self) -> list[TradedCluster]:
        """Every pair of a traded cluster and a division that carries it, heaviest first."""
        rows = self._kept("traded_clusters").to_pylist()
        found = [
            TradedCluster(row["cluster"], row["division"], row["weight"], row["coverage"])
            for row in rows
        ]
        return sorted(found, key=lambda one: (one.name, -one.weight))

    def traded_clusters_with(self, division: str) -> list[TradedCluster]:
        """The traded clusters that a division carries, the one it carries most of first."""
        found = [one for one in self.traded_clusters if one.division == division]
        return sorted(found, key=lambda one: -one.coverage)

    @cached_property
    def surveyed_regions(self) -> frozenset[str]:
        """Regions with a figure in any year; the others are outside the survey."""
        return frozenset().union(*(self.regions_with_figures(year) for year in self.years))

    def of_sector(self, table: str, sector: str, columns: Sequence[str]) -> pa.Table:
        """Read the rows of one sector from a table that is cut by sector."""
        return self._group(table, "sector", sector, tuple(columns))

    def of_region(self, table: str, region: str, columns: Sequence[str]) -> pa.Table:
        """Read the rows of one region from a table that is cut by region."""
        return self._group(table, "region", region, tuple(columns))

    def of_year(self, table: str, year: int, columns: Sequence[str]) -> pa.Table:
        """Read the rows of one year from a table that is cut by year."""
        return self._group(table, "year", year, tuple(columns))

    def columns(self, table: str) -> list[str]:
        return list(self._file(table).schema_arrow.names)

    def persons_in_europe(self, year: int) -> int:
        """Persons employed in the business economy of the reference area."""
        return self._totals_of_europe[year]

    @cached_property
    def _totals_of_europe(self) -> dict[int, int]:
        table = self.whole("sector_years", ("year", "reference_total")).to_pydict()
        return dict(zip(table["year"], table["reference_total"], strict=True))

    @lru_cache(maxsize=32)  # noqa: B019 -- releases are few and live as long as the process
    def regions_with_figures(self, year: int) -> frozenset[str]:
        """Regions of which at least one division is known in the year."""
        rows = self.whole("region_years", ("region", "year", "known")).to_pydict()
        found = zip(rows["region"], rows["year"], rows["known"], strict=True)
        return frozenset(code for code, at, known in found if at == year and known)

    def where(
        self, table: str, key: str, value: str, columns: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Read the rows of one region or sector from a small table that is not cut."""
        import pyarrow.compute as pc

        rows = self._kept(table)
        found: list[dict[str, Any]] = (
            rows.filter(pc.equal(rows[key], value)).select(columns).to_pylist()
        )
        return found

    @lru_cache(maxsize=8)  # noqa: B019 -- small tables, kept as long as the process
    def _kept(self, table: str) -> pa.Table:
        with whole_or_damaged():
            return self._file(table).read(use_threads=False)

    def whole(self, table: str, columns: Sequence[str]) -> pa.Table:
        with whole_or_damaged():
            return self._file(table).read(columns=list(columns), use_threads=False)

    @lru_cache(maxsize=192)  # noqa: B019 -- what was read last stays decoded; a release never changes
    def _group(self, table: str, key: str, value: str | int, columns: tuple[str, ...]) -> pa.Table:
        groups = self._groups(table, key)
        parquet = self._file(table)
        wanted = list(columns)
        if value not in groups:
            return parquet.schema_arrow.empty_table().select(wanted)
        with whole_or_damaged():
            return parquet.read_row_group(groups[value], columns=wanted, use_threads=False)

    def _file(self, table: str) -> ParquetFile:
        """One reader a thread: a ParquetFile that two threads share gives broken rows."""
        from pyarrow.parquet import ParquetFile

        opened = OPENED.__dict__.setdefault(str(self.folder), {})
        if table not in opened:
            path = self.folder / f"{table}.parquet"
            with whole_or_damaged():
                opened[table] = ParquetFile(path, page_checksum_verification=True)
        file: ParquetFile = opened[table]
        return file

    @lru_cache(maxsize=64)  # noqa: B019 -- releases are few and live as long as the process
    def _groups(self, table: str, key: str) -> dict[str | int, int]:
        """Which row group holds which key: read once from the statistics in the footer."""
        about = self._file(table).metadata
        column = self._file(table).schema_arrow.get_field_index(key)
        return {
            about.row_group(n).column(column).statistics.min: n for n in range(about.num_row_groups)
        }

    def __hash__(self) -> int:
        return hash(self.folder)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Release) and other.folder == self.folder


ENOUGH = 0.9


@lru_cache(maxsize=8)
def best_year(release: Release) -> int:
    """The year that pages open with: the latest in which wages, too, are known almost all over."""
    rows = release.whole("clusters", ("year", "wages_per_person")).to_pydict()
    known: dict[int, list[bool]] = {}
    for year, wages in zip(rows["year"], rows["wages_per_person"], strict=True):
        known.setdefault(year, []).append(wages is not None)
    shares = {year: sum(answers) / len(answers) for year, answers in known.items()}
    enough = ENOUGH * max(shares.values(), default=0)
    return max(
        (year for year, share in shares.items() if share >= enough), default=release.years[-1]
    )


def _region(row: dict[str, Any]) -> Region:
    place = None if row["hex_x"] is None else (row["hex_x"], row["hex_y"])
    return Region(
        code=row["code"],
        level=row["level"],
        country=row["country"],
        official_name=row["name"],
        latin_name=row["name_latin"] or "",
        parent=row["parent"] or "",
        place=place,
    )


def serving_release() -> Release:
    """The release that pages show now; raises NoRelease where none was published."""
    current = Path(settings.HANSE_RELEASES) / "current"
    try:
        return release_named(current.read_text().strip())
    except FileNotFoundError:
        raise NoRelease from None


def release_named(name: str) -> Release:
    """A release that is kept here, serving or not; raises NoRelease for any other name."""
    folder = Path(settings.HANSE_RELEASES) / name
    if not NAME.fullmatch(name) or not (folder / "release.json").is_file():
        raise NoRelease
    return _opened(folder)


def all_releases() -> list[Release]:
    """Every release kept here, the newest first."""
    folder = Path(settings.HANSE_RELEASES)
    names = [path.parent.name for path in folder.glob("*/release.json")]
    kept = [release_named(name) for name in names if NAME.fullmatch(name)]
    return sorted(kept, key=lambda release: str(release.note["made_at"]), reverse=True)


@lru_cache(maxsize=8)
def _opened(folder: Path) -> Release:
    return Release(folder, json.loads((folder / "release.json").read_text()))
