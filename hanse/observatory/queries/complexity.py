"""Complexity: which regions have what few others have, with how far each rank could move."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from hanse.observatory.queries.figures import Region, Release, Sector

FIRM = 0.1  # of all ranks: a band no wider is called firm


@dataclass(frozen=True, slots=True)
class Ranked:
    """A region or a sector. `low` to `high` are the ranks that 90 % of the draws keep within."""

    of: Region | Sector
    index: float | None
    rank: int | None
    low: int | None
    high: int | None
    count: int
    outlook: float | None
    unpublished: int


@dataclass(frozen=True, slots=True)
class Complexity:
    release: Release
    year: int
    regions: tuple[Ranked, ...]
    sectors: tuple[Ranked, ...]

    @property
    def ranked(self) -> tuple[Ranked, ...]:
        return tuple(one for one in self.regions if one.rank is not None)

    @property
    def too_little_known(self) -> tuple[Ranked, ...]:
        return tuple(one for one in self.regions if one.rank is None)

    @property
    def firm(self) -> int:
        """How many ranks move by no more than a tenth of all."""
        widest = FIRM * len(self.ranked)
        return sum((one.high or 0) - (one.low or 0) <= widest for one in self.ranked)


@lru_cache(maxsize=16)
def complexity(release: Release, year: int) -> Complexity:
    """Regions and sectors of a year, the most complex first; those not ranked at the end."""
    regions: list[Ranked] = []
    sectors: list[Ranked] = []
    rows = release.whole("complexity", tuple(release.columns("complexity"))).to_pylist()
    for row in rows:
        if row["year"] != year:
            continue
        is_region = row["kind"] == "region"
        register: dict[str, Region] | dict[str, Sector] = (
            release.regions if is_region else release.sectors
        )
        (regions if is_region else sectors).append(
            Ranked(
                of=register[row["code"]],
                index=row["complexity"],
                rank=row["rank"],
                low=row["rank_low"],
                high=row["rank_high"],
                count=row["count"],
                outlook=row["outlook"],
                unpublished=row["unpublished"],
            )
        )
    return Complexity(release, year, _sorted(regions), _sorted(sectors))


def _sorted(rows: list[Ranked]) -> tuple[Ranked, ...]:
    return tuple(sorted(rows, key=lambda one: (one.rank is None, one.rank or 0, one.of.code)))
