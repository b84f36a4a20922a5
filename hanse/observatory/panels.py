"""What the observatory shows on pages of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from django.utils.safestring import SafeString

from hanse.kit.maps import hexmap
from hanse.observatory.documents.maps import grid, key_of_strength, map_of_strength
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


SMALL = 14


def map_of_counts(counts: Mapping[str, int], label: str) -> SafeString:
    """How many of something each region has, as circles on the small map of hexagons."""
    try:
        release = serving_release()
    except NoRelease:
        return SafeString()
    most = max(counts.values(), default=1)
    ground = {code: "q1" for code, one in release.regions.items() if one.place is not None}
    circles = {code: sqrt(count / most) for code, count in counts.items() if code in ground}
    return hexmap(
        grid(release), ground, spacing=SMALL, label=label, circles=circles, countries="plain"
    )


def place_on_map(code: str, label: str) -> SafeString:
    """Where a region lies, its country paler around it; nothing where it is not on the map."""
    try:
        release = serving_release()
    except NoRelease:
        return SafeString()
    own = release.regions.get(code)
    country = own.country if own else code[:2]
    ground = {
        other: "q6" if other == code else ("q3" if region.country == country else "q1")
        for other, region in release.regions.items()
        if region.place is not None
    }
    if "q6" not in ground.values() and "q3" not in ground.values():
        return SafeString()
    return hexmap(grid(release), ground, spacing=SMALL, label=label, countries="plain")
