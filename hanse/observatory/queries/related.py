"""What is related to what a region has: its sectors, and the absent ones nearest to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hanse.observatory.queries.figures import Region, Release, Sector, UnknownRegion

NEAREST = 3
LINKED = 0.55  # proximity from which the map draws a line besides the tree that joins all


@dataclass(frozen=True, slots=True)
class Near:
    """Another sector, and how likely regions that have the one have the other, too."""

    sector: Sector
    proximity: float
    together: int


@dataclass(frozen=True, slots=True)
class RelatedSector:
    """A sector seen from a region: whether it is there, and how much of what is related is."""

    sector: Sector
    present: bool
    is_published: bool
    density: float | None
    gain: float | None
    complexity: float | None
    persons: int | None
    lq: float | None
    because: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class RelatedSectors:
    release: Release
    region: Region
    year: int
    sectors: tuple[RelatedSector, ...]

    @property
    def present(self) -> tuple[RelatedSector, ...]:
        return tuple(one for one in self.sectors if one.present)

    @property
    def absent(self) -> tuple[RelatedSector, ...]:
        """Sectors that the region lacks, the nearest to what it has first."""
        lacking = [one for one in self.sectors if not one.present and one.density is not None]
        return tuple(sorted(lacking, key=lambda one: (-(one.density or 0), one.sector.code)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sector stands on the map of sectors, in a square from 0 to 1."""

    sector: Sector
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class SectorSpace:
    """All sectors by proximity: places, and the lines that are drawn between them."""

    places: tuple[Place, ...]
    links: tuple[tuple[str, str, float], ...]


def related_sectors(release: Release, code: str, year: int) -> RelatedSectors:
    """Every division for a NUTS 2 region; raises UnknownRegion for another level."""
    region = release.region(code)
    columns = ("year", "sector", "present", "is_published", "density", "gain")
    rows = [
        row
        for row in release.of_region("densities", code, columns).to_pylist()
        if row["year"] == year
    ]
    if not rows:
        raise UnknownRegion(code)
    here = frozenset(row["sector"] for row in rows if row["present"])
    figures = _figures(release, code, year)
    worth = _complexities(release, year)
    return RelatedSectors(
        release=release,
        region=region,
        year=year,
        sectors=tuple(
            RelatedSector(
                sector=release.sectors[row["sector"]],
                present=row["present"],
                is_published=row["is_published"],
                density=row["density"],
                gain=row["gain"],
                complexity=worth.get(row["sector"]),
                persons=figures.get(row["sector"], (None, None))[0],
                lq=figures.get(row["sector"], (None, None))[1],
                because=_because(release, row["sector"], year, here),
            )
            for row in rows
        ),
    )


@lru_cache(maxsize=1024)
def near_to(release: Release, sector: str, year: int) -> tuple[Near, ...]:
    """All other sectors, the nearest first; those that no region has are left out."""
    columns = ("year", "other", "proximity", "together")
    rows = release.of_sector("proximities", sector, columns).to_pylist()
    found = [
        Near(release.sectors[row["other"]], row["proximity"], row["together"])
        for row in rows
        if row["year"] == year and row["proximity"] is not None
    ]
    return tuple(sorted(found, key=lambda near: (-near.proximity, near.sector.code)))


def _because(release: Release, sector: str, year: int, here: frozenset[str]) -> tuple[Near, ...]:
    near = (one for one in near_to(release, sector, year) if one.sector.code in here)
    return tuple(one for one, _ in zip(near, range(NEAREST), strict=False))


def _figures(release: Release, code: str, year: int) -> dict[str, tuple[int | None, float | None]]:
    cells = release.of_region("cells_by_region", code, ("year", "sector", "persons", "lq"))
    rows = cells.to_pydict()
    return {
        sector: (persons, lq)
        for sector, when, persons, lq in zip(
            rows["sector"], rows["year"], rows["persons"], rows["lq"], strict=True
        )
        if when == year
    }


@lru_cache(maxsize=16)
def _complexities(release: Release, year: int) -> dict[str, float]:
    rows = release.whole("complexity", ("year", "kind", "code", "complexity")).to_pylist()
    return {
        row["code"]: row["complexity"]
        for row in rows
        if row["kind"] == "sector" and row["year"] == year and row["complexity"] is not None
    }


@lru_cache(maxsize=16)
def sector_space(release: Release, year: int) -> SectorSpace:
    """Places are the same in every year; links are the year's: a tree that joins all, and the rest
    from `LINKED` on.
    """
    rows = release.whole("sector_places", ("sector", "x", "y")).to_pylist()
    places = tuple(Place(release.sectors[row["sector"]], row["x"], row["y"]) for row in rows)
    pairs = sorted(
        (
            (near.proximity, place.sector.code, near.sector.code)
            for place in places
            for near in near_to(release, place.sector.code, year)
            if place.sector.code < near.sector.code
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    return SectorSpace(places, tuple(_drawn(pairs)))


def _drawn(pairs: list[tuple[float, str, str]]) -> list[tuple[str, str, float]]:
    """A maximum spanning tree (Kruskal), and every other pair that is near enough."""
    part_of: dict[str, str] = {}

    def root(code: str) -> str:
        while part_of.setdefault(code, code) != code:
            code = part_of[code]
        return code

    links = []
    for proximity, one, other in pairs:
        here, there = root(one), root(other)
        if here != there:
            part_of[there] = here
        if here != there or proximity >= LINKED:
            links.append((one, other, proximity))
    return links
