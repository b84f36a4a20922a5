"""From figures to people: a sector that a region lacks, regions that have it, and who is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanse.directory.models import Organisation
from hanse.directory.queries.columns import Columns, columns
from hanse.directory.queries.search import numbers_having
from hanse.directory.queries.vocabularies import word_of
from hanse.observatory.queries.figures import Release, UnknownRegion, best_year
from hanse.observatory.queries.quotients import Quotient, quotients
from hanse.observatory.queries.related import RelatedSector, related_sectors

NUTS_2 = 2
OFFERED = 12
ALSO = 2
REGIONS = 6
ORGANISATIONS = 4
# Below this quotient a region has less than three quarters of Europe's share: it lacks the sector.
LACKING = 0.75
# From this quotient on a region has more of a sector than it needs itself.
STRONG = 1.5


@dataclass(frozen=True)
class Complement:
    """A region that is strong where another lacks something, and organisations of it."""

    region: str
    name: str
    figure: Quotient
    also: Sequence[tuple[str, Quotient]]
    organisations: Sequence[Organisation]


@dataclass(frozen=True)
class Gap:
    """A sector that a region lacks, with its own figure and the nearness to what it has."""

    sector: str
    name: str
    density: float | None
    own: Quotient | None


@dataclass(frozen=True)
class Complements:
    region: str
    name: str
    year: int
    gaps: Sequence[Gap]
    chosen: Gap | None
    found: Sequence[Complement]


def gaps_of(release: Release, region: str) -> list[Gap]:
    """Sectors that a region lacks, the nearest to what it has first; none for other levels."""
    year = best_year(release)
    try:
        related = related_sectors(release, region, year)
    except UnknownRegion:
        return []
    own = quotients(release, year).get(region, {})
    # What is not published is not lacking.
    lacking = (one for one in related.absent if one.lq is not None and one.lq < LACKING)
    return [_gap(one, own) for one, _ in zip(lacking, range(OFFERED), strict=False)]


def _gap(one: RelatedSector, own: dict[str, Quotient]) -> Gap:
    return Gap(one.sector.code, one.sector.name, one.density, own.get(one.sector.code))


def complements_of(release: Release, region: str, sector: str = "") -> Complements:
    """Regions that complement one in a sector, the most specialised of those with somebody there
    first, each with what they have of the region's other gaps."""
    gaps = gaps_of(release, region)
    chosen = next((gap for gap in gaps if gap.sector == sector), gaps[0] if gaps else None)
    year = best_year(release)
    return Complements(
        region=region,
        name=word_of("region", region),
        year=year,
        gaps=gaps,
        chosen=chosen,
        found=_found(release, region, chosen.sector, gaps, year) if chosen else [],
    )


def _found(
    release: Release, region: str, sector: str, gaps: Sequence[Gap], year: int
) -> list[Complement]:
    figures = quotients(release, year)
    strong = [
        of_region[sector]
        for code, of_region in figures.items()
        if code != region
        and release.regions[code].level == NUTS_2
        and sector in of_region
        and (of_region[sector].value or 0) >= STRONG
    ]
    held = columns()
    peopled = set(held.facets["region"].names)
    strong.sort(key=lambda one: (one.region not in peopled, -(one.value or 0), one.region))
    there = {one.region: numbers_in(one.region, sector, held) for one in strong[:REGIONS]}
    organisations = Organisation.objects.in_bulk({pk for some in there.values() for pk in some})
    others = [gap.sector for gap in gaps if gap.sector != sector]
    return [
        Complement(
            region=one.region,
            name=word_of("region", one.region),
            figure=one,
            also=_also(figures[one.region], others),
            organisations=[organisations[pk] for pk in there[one.region] if pk in organisations],
        )
        for one in strong[:REGIONS]
    ]


def _also(of_region: dict[str, Quotient], sectors: Sequence[str]) -> list[tuple[str, Quotient]]:
    """What else of the gaps the region is strong in, with the sector's name."""
    known = [of_region[code] for code in sectors if code in of_region]
    strong = [one for one in known if (one.value or 0) >= STRONG]
    return [(word_of("sector", one.sector), one) for one in strong[:ALSO]]


def numbers_in(region: str, sector: str, held: Columns) -> list[int]:
    """Organisations of a region, those of the sector first, then clusters."""
    of_sector = numbers_having({"region": [region], "sector": [sector]}, held)
    clusters = numbers_having({"region": [region], "kind": ["cluster"]}, held)
    return list(dict.fromkeys([*of_sector.tolist(), *clusters.tolist()]))[:ORGANISATIONS]
