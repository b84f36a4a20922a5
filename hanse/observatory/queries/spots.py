"""Hot spots of a sector, and at which distances it gathers."""

from __future__ import annotations

from dataclasses import dataclass

from hanse.observatory.queries.figures import Region, Release, Sector

RATE = 0.1  # of the regions marked, on average at most so many wrongly
KINDS = ("hot", "high_among_low", "low_among_high", "cold", "none", "no_neighbours")


@dataclass(frozen=True, slots=True)
class Spot:
    """A region, its neighbours' mean quotient, and what the test says."""

    region: Region
    lq: float
    lag: float | None
    local_moran: float | None
    p: float | None
    p_adjusted: float | None
    g_star: float | None
    kind: str
    neighbours: int


@dataclass(frozen=True, slots=True)
class Overall:
    """Moran's I over all regions of a year; z and p under randomisation."""

    year: int
    moran: float | None
    expected: float | None
    z: float | None
    p: float | None
    regions: int
    isolated: int


@dataclass(frozen=True, slots=True)
class HotSpots:
    release: Release
    sector: Sector
    year: int
    spots: tuple[Spot, ...]
    years: tuple[Overall, ...]

    def of_kind(self, kind: str) -> tuple[Spot, ...]:
        """The regions of a kind, the most specialised first."""
        found = [spot for spot in self.spots if spot.kind == kind]
        return tuple(sorted(found, key=lambda spot: (-spot.lq, spot.region.code)))

    @property
    def overall(self) -> Overall | None:
        return next((one for one in self.years if one.year == self.year), None)


def hot_spots(release: Release, code: str, year: int) -> HotSpots:
    """Every region with a published figure; none where too few regions have one."""
    sector = release.sector(code)
    columns = (
        "year", "region", "lq", "lag", "local_moran", "p", "p_adjusted", "g_star", "kind",
        "neighbours",
    )  # fmt: skip
    rows = release.of_sector("hot_spots", code, columns).to_pylist()
    years = release.where("spatial_years", "sector", code, WHOLE)
    return HotSpots(
        release=release,
        sector=sector,
        year=year,
        spots=tuple(
            Spot(region=release.regions[row["region"]], **{name: row[name] for name in columns[2:]})
            for row in rows
            if row["year"] == year
        ),
        years=tuple(Overall(**row) for row in sorted(years, key=lambda row: int(row["year"]))),
    )


WHOLE = ("year", "moran", "expected", "z", "p", "regions", "isolated")


@dataclass(frozen=True, slots=True)
class Localisation:
    """The density of distances between those who work in a sector, by distance, with bands."""

    release: Release
    sector: Sector
    year: int
    distances: tuple[int, ...]
    kd: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    global_low: tuple[float | None, ...]
    global_high: tuple[float | None, ...]
    p: float | None
    regions: int

    @property
    def gathers_to(self) -> int | None:
        """The distance up to which the curve stays above its local band; None where it does not."""
        reached = None
        for distance, value, high in zip(self.distances, self.kd, self.high, strict=True):
            if value is None or high is None or value <= high:
                break
            reached = distance
        return reached

    @property
    def gathers_globally(self) -> bool:
        """Whether the curve leaves the band of the whole curve upwards anywhere."""
        return any(
            value is not None and high is not None and value > high
            for value, high in zip(self.kd, self.global_high, strict=True)
        )

    @property
    def keeps_apart(self) -> bool:
        """Whether it lies below its local band at the smallest distance."""
        if not self.kd or self.kd[0] is None or self.low[0] is None:
            return False
        return self.kd[0] < self.low[0]


def localisation(release: Release, code: str, year: int) -> Localisation:
    """The curve of a sector and year; without distances where too few regions are published."""
    sector = release.sector(code)
    columns = ("year", "distance", "kd", "low", "high", "global_low", "global_high", "p", "regions")
    rows = [
        row
        for row in release.of_sector("localisation", code, columns).to_pylist()
        if row["year"] == year
    ]
    rows.sort(key=lambda row: int(row["distance"]))
    return Localisation(
        release=release,
        sector=sector,
        year=year,
        distances=tuple(row["distance"] for row in rows),
        **{name: tuple(row[name] for row in rows) for name in columns[2:7]},
        p=rows[0]["p"] if rows else None,
        regions=rows[0]["regions"] if rows else 0,
    )
