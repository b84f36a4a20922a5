"""Regions within a distance of a place: a region, or a city in which somebody is."""

from __future__ import annotations

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from hanse.directory.models import Organisation
from hanse.directory.words import FOUND
from hanse.kit.folding import fold
from hanse.observatory.queries.figures import NoRelease, Release, serving_release
from hanse.observatory.queries.search import found as found_places

EARTH = 6371.0
NUTS_2 = 2
Point = tuple[float, float]


def regions_near(place: str, kilometres: float) -> frozenset[str] | None:
    """NUTS 2 regions whose middle lies within a distance of a place; None where nobody knows it."""
    try:
        release = serving_release()
    except NoRelease:
        return None
    points = middles(release)
    here = region_of(place, release)
    if here is None or here not in points:
        return None
    centre = points[here]
    return frozenset(
        code for code, point in points.items() if distance(centre, point) <= kilometres
    )


def region_of(place: str, release: Release) -> str | None:
    """The region that a place names: its code, a city in which somebody is, or its name."""
    place = place.strip()
    if place.upper() in release.regions:
        return place.upper()
    cities = Organisation.objects.filter(state__in=FOUND, city__iexact=place).exclude(region="")
    if city := cities.values_list("region", flat=True).first():
        return str(city)
    regions = found_places(release, fold(place)).regions
    return next((one.code for one in regions if one.level == NUTS_2), None)


@lru_cache(maxsize=2)
def middles(release: Release) -> dict[str, Point]:
    """Longitude and latitude of the middle of each NUTS 2 region, in degrees."""
    rows = release.whole("regions", ("code", "level", "lon", "lat")).to_pylist()
    return {
        row["code"]: (row["lon"], row["lat"])
        for row in rows
        if row["level"] == NUTS_2 and row["lon"] is not None
    }


def distance(one: Point, other: Point) -> float:
    """Great-circle distance in kilometres, by the haversine formula.

    >>> round(distance((13.40, 52.52), (2.35, 48.86)))
    878
    """
    (lon1, lat1), (lon2, lat2) = (tuple(map(radians, point)) for point in (one, other))
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(sqrt(chord))
