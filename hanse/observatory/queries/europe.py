"""The panorama: every rated cluster of a year, with its totals, and how regions changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from hanse.observatory.queries.figures import Region, Release, Sector


@dataclass(frozen=True, slots=True)
class Cluster:
    """A statistical regional cluster: one division in one NUTS 2 region, with its rating."""

    region: Region
    sector: Sector
    persons: int | None
    share: float | None
    lq: float | None
    wages_per_person: float | None
    passed: int
    unknown: int
    tests: tuple[bool | None, bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class Panorama:
    release: Release
    year: int
    scheme: str
    clusters: tuple[Cluster, ...]
    persons_in_europe: int

    @property
    def persons(self) -> int:
        return sum(cluster.persons or 0 for cluster in self.clusters)

    @property
    def share(self) -> float | None:
        return self.persons / self.persons_in_europe if self.persons_in_europe else None

    @property
    def by_passed(self) -> dict[int, int]:
        return dict(sorted(Counter(cluster.passed for cluster in self.clusters).items()))

    @property
    def by_country(self) -> dict[str, int]:
        return dict(Counter(cluster.region.country for cluster in self.clusters).most_common())

    @property
    def by_sector(self) -> dict[str, int]:
        return dict(Counter(cluster.sector.code for cluster in self.clusters).most_common())

    @property
    def strongest_of_region(self) -> dict[str, int]:
        """The most tests that a cluster of the region passes, and how the home map is painted."""
        best: dict[str, int] = {}
        for cluster in self.clusters:
            code = cluster.region.code
            best[code] = max(best.get(code, 0), cluster.passed)
        return best

    @property
    def full_marks(self) -> dict[str, int]:
        """How many of its clusters pass all three tests, by region."""
        return dict(Counter(c.region.code for c in self.clusters if c.passed == 3))  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Change:
    region: Region
    entries: int
    exits: int
    structural_change: float | None
    compared: int


TESTS = {
    "stars": ("stars_size", "stars_specialisation", "stars_focus"),
    "factors": ("factors_specialisation", "factors_size", "factors_productivity"),
}


@lru_cache(maxsize=64)
def panorama(
    release: Release,
    year: int,
    *,
    scheme: str = "stars",
    reference: str = "europe",
    country: str = "",
    sector: str = "",
    at_least: int = 1,
) -> Panorama:
    rows = release.of_year(
        "clusters",
        year,
        [
            "region",
            "sector",
            "persons",
            "share",
            "lq",
            "wages_per_person",
            f"{scheme}_unknown",
            *_columns(scheme, reference),
        ],
    ).to_pylist()
    passed, *tests = _columns(scheme, reference)
    clusters = [
        Cluster(
            region=release.regions[row["region"]],
            sector=release.sectors[row["sector"]],
            persons=row["persons"],
            share=row["share"],
            lq=row["lq"],
            wages_per_person=row["wages_per_person"],
            passed=row[passed],
            unknown=row[f"{scheme}_unknown"],
            tests=(row[tests[0]], row[tests[1]], row[tests[2]]),
        )
        for row in rows
        if (row[passed] or 0) >= at_least
        and (not country or row["region"].startswith(country))
        and (not sector or row["sector"].startswith(sector))
    ]
    clusters.sort(key=lambda c: (-c.passed, -(c.persons or 0), c.region.code))
    return Panorama(release, year, scheme, tuple(clusters), release.persons_in_europe(year))


def _columns(scheme: str, reference: str) -> tuple[str, ...]:
    if reference != "country":
        return (scheme, *TESTS[scheme])
    own = {f"{scheme}_specialisation": f"{scheme}_specialisation_country"}
    return (f"{scheme}_country", *(own.get(test, test) for test in TESTS[scheme]))


@lru_cache(maxsize=32)
def industrial_change(release: Release, start: int, end: int) -> tuple[Change, ...]:
    """Every NUTS 2 region between two years, the one that changed most first."""
    import pyarrow.compute as pc

    columns = (
        "region",
        "start",
        "end",
        "entries",
        "exits",
        "structural_change",
        "divisions_compared",
    )
    table = release.whole("changes", columns)
    mask = pc.and_(pc.equal(table["start"], start), pc.equal(table["end"], end))
    changes = [
        Change(
            region=release.regions[row["region"]],
            entries=row["entries"],
            exits=row["exits"],
            structural_change=row["structural_change"],
            compared=row["divisions_compared"],
        )
        for row in table.filter(mask).to_pylist()
        if release.regions[row["region"]].level == 2  # noqa: PLR2004 -- NUTS level
    ]
    changes.sort(key=lambda change: -(change.structural_change or 0))
    return tuple(changes)
