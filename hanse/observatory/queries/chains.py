"""A value chain on the map: who is strong at which stage, and which regions cover it together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hanse.commons.chains.models import ValueChain
from hanse.commons.chains.rules import Stage
from hanse.observatory.queries.figures import Region, Release
from hanse.observatory.queries.sector import jumped_regions

LEADERS = 5
STRONG = 2.0
LEAST_PERSONS = 500  # below, a quotient says little: a few firms decide


@dataclass(frozen=True, slots=True)
class Strength:
    """A region at a stage. `is_bound`: a sector of the stage is not published, so it may be more.

    `jumped`: the figure changed more than threefold between two years, so that it may be a matter
    of registration. `is_strong` asks for the quotient, for `LEAST_PERSONS` and for no jump.
    """

    region: Region
    persons: int
    quotient: float
    is_bound: bool
    jumped: bool

    def is_strong(self, least: float) -> bool:
        return self.quotient >= least and self.persons >= LEAST_PERSONS and not self.jumped


@dataclass(frozen=True, slots=True)
class StageStrength:
    name: str
    sectors: tuple[str, ...]
    by_region: dict[str, Strength]
    persons: int

    def strong(self, least: float) -> list[Strength]:
        """Regions that are strong at it, the most specialised first."""
        found = [one for one in self.by_region.values() if one.is_strong(least)]
        return sorted(found, key=lambda one: (-one.quotient, one.region.code))


@dataclass(frozen=True, slots=True)
class ChainStrength:
    """A chain in a year; `cover` are the fewest regions for every stage that any is strong at."""

    release: Release
    chain: ValueChain
    year: int
    least: float
    fixed: tuple[str, ...]
    stages: tuple[StageStrength, ...]
    cover: tuple[Region, ...]
    uncovered: tuple[str, ...]

    @property
    def many(self) -> list[tuple[Region, int, float]]:
        """Regions by the number of stages they are strong at, then by their quotients there."""
        counts: dict[str, tuple[int, float]] = {}
        for stage in self.stages:
            for one in stage.strong(self.least):
                number, total = counts.get(one.region.code, (0, 0.0))
                counts[one.region.code] = number + 1, total + one.quotient
        ranked = sorted(counts.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
        return [(self.release.regions[code], number, total) for code, (number, total) in ranked]

    def strength_of(self, code: str) -> list[Strength | None]:
        return [stage.by_region.get(code) for stage in self.stages]


def chain_strength(
    release: Release,
    chain: ValueChain,
    year: int,
    *,
    least: float = STRONG,
    fixed: Sequence[str] = (),
) -> ChainStrength:
    """Strengths by stage over NUTS 2 regions, and a smallest covering set that holds `fixed`."""
    from hanse.engines.chains import fewest_covering

    stages = tuple(_stage(release, stage, year) for stage in chain.stages)
    codes = sorted({code for stage in stages for code in stage.by_region})
    if not codes:
        return ChainStrength(
            release,
            chain,
            year,
            least,
            tuple(fixed),
            stages,
            (),
            tuple(stage.name for stage in stages),
        )
    rows = {
        code: [
            one.quotient if one is not None and one.is_strong(least) else None
            for one in (stage.by_region.get(code) for stage in stages)
        ]
        for code in codes
    }
    found = fewest_covering(rows, least=least, fixed=fixed)
    return ChainStrength(
        release=release,
        chain=chain,
        year=year,
        least=least,
        fixed=tuple(fixed),
        stages=stages,
        cover=tuple(release.regions[code] for code in found.regions),
        uncovered=tuple(stages[place].name for place in found.uncovered),
    )


def _stage(release: Release, stage: Stage, year: int) -> StageStrength:
    """Persons of the stage's divisions, and their share in the region over Europe's share."""
    known = [code for code in stage.sectors if code in release.sectors]
    persons: dict[str, int] = {}
    missing: set[str] = set()
    jumped: set[str] = set()
    totals: dict[str, int] = {}
    reference = whole = 0
    for code in known:
        in_europe = _reference(release, code, year)
        reference, whole = reference + in_europe[0], in_europe[1] or whole
        jumped |= jumped_regions(release, code, 2)
        for region, count, total in _cells(release, code, year):
            if count is None:
                missing.add(region)
            else:
                persons[region] = persons.get(region, 0) + count
                totals[region] = total
    strengths = {
        region: Strength(
            region=release.regions[region],
            persons=count,
            quotient=count * whole / (totals[region] * reference),
            is_bound=region in missing,
            jumped=region in jumped,
        )
        for region, count in persons.items()
        if totals[region] and reference
    }
    return StageStrength(stage.name, tuple(known), strengths, sum(persons.values()))


@lru_cache(maxsize=512)
def _cells(release: Release, sector: str, year: int) -> tuple[tuple[str, int | None, int], ...]:
    columns = ("year", "region", "level", "persons", "total")
    rows = release.of_sector("cells", sector, columns).to_pydict()
    return tuple(
        (region, persons, total or 0)
        for when, region, level, persons, total in zip(
            *(rows[column] for column in columns), strict=True
        )
        if when == year and level == 2  # noqa: PLR2004 -- NUTS level
    )


@lru_cache(maxsize=512)
def _reference(release: Release, sector: str, year: int) -> tuple[int, int]:
    columns = ("year", "reference_persons", "reference_total")
    for row in release.where("sector_years", "sector", sector, columns):
        if row["year"] == year:
            return row["reference_persons"] or 0, row["reference_total"] or 0
    return 0, 0
