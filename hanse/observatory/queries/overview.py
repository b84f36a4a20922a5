"""One line a sector, for lists and for the first page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from hanse.observatory.queries.europe import panorama
from hanse.observatory.queries.figures import Region, Release, Sector


@dataclass(frozen=True, slots=True)
class SectorLine:
    sector: Sector
    persons: int | None
    gini: float | None
    three_stars: int
    leader: Region | None
    leader_lq: float | None


@lru_cache(maxsize=16)
def sector_lines(release: Release, year: int) -> tuple[SectorLine, ...]:
    import pyarrow.compute as pc

    table = release.whole(
        "sector_years", ("sector", "year", "reference_persons", "gini", "leader", "leader_lq")
    )
    rows = table.filter(pc.equal(table["year"], year)).to_pylist()
    full = Counter(cluster.sector.code for cluster in panorama(release, year, at_least=3).clusters)
    return tuple(
        SectorLine(
            sector=release.sectors[row["sector"]],
            persons=row["reference_persons"],
            gini=row["gini"],
            three_stars=full[row["sector"]],
            leader=release.regions.get(row["leader"]),
            leader_lq=row["leader_lq"],
        )
        for row in rows
    )
