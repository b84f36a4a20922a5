"""What the observatory shows on pages of others."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from hanse.observatory.documents.maps import key_of_strength, map_of_strength
from hanse.observatory.queries.europe import panorama
from hanse.observatory.queries.figures import NoRelease, best_year, serving_release


@dataclass(frozen=True, slots=True)
class StrongestClusters:
    """Europe's strongest clusters on one map, with the counts for the sentence beside it."""

    year: int
    regions: int
    sectors: int
    clusters: int
    full_marks: int
    drawn: SafeString
    key: SafeString
    source: str


def strongest_clusters() -> StrongestClusters | None:
    try:
        release = serving_release()
    except NoRelease:
        return None
    found = panorama(release, best_year(release))
    return StrongestClusters(
        year=found.year,
        regions=sum(region.level == 2 for region in release.regions.values()),  # noqa: PLR2004 -- NUTS
        sectors=sum(sector.is_division for sector in release.sectors.values()),
        clusters=len(found.clusters),
        full_marks=found.by_passed.get(3, 0),
        drawn=map_of_strength(found),
        key=key_of_strength(),
        source=release.source_line,
    )
