"""Neighbours that are near: within a distance, or the k nearest."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree

from hanse.engines.faults import NotFinite, NothingGiven, TooFew, UnknownConvention, WrongShape
from hanse.engines.spatial.weights import Floats, Weights, Whole, from_pairs, numbers

PLANAR = "planar"
GREAT_CIRCLE = "great_circle"
PIECE = 1024  # units looked at together
EARTH_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid


def distance_band(
    x: ArrayLike, y: ArrayLike, distance: float, *, metric: str = PLANAR, style: str = "B"
) -> Weights:
    """Neighbours are all units at most a distance away; coincident units are neighbours.

    metric    "planar": x and y in the unit of the distance; "great_circle": x longitude and y
              latitude in degrees, distance in km on a sphere of radius 6371.0088 km
    Gives     `Weights`; units with nobody near are isolated
    Raises    NothingGiven, WrongShape, NotFinite, UnknownConvention

    >>> distance_band([0, 1, 5], [0, 0, 0], 1).neighbours.tolist()
    [1, 0]
    """
    points = _points(x, y, metric)
    if not np.isfinite(distance) or distance < 0:
        raise NotFinite(f"distance {distance}; a finite number from 0 is needed")
    # Found a little too far out, then decided on the distances themselves.
    reach = _chord(distance, metric) * (1 + 1e-9) + 1e-12
    pairs = cKDTree(points).query_pairs(reach, output_type="ndarray").astype(np.int64)
    kept = pairs[_apart(points[pairs[:, 0]], points[pairs[:, 1]], metric) <= distance]
    first, second = np.concatenate([kept, kept[:, ::-1]]).T
    return from_pairs(first, second, points.shape[0], style=style)


def k_nearest(
    x: ArrayLike, y: ArrayLike, k: int, *, metric: str = PLANAR, style: str = "B"
) -> Weights:
    """Neighbours are the k nearest other units; of equally near ones those that come first.

    metric    as in `distance_band`
    Raises    TooFew (not more than k units), NothingGiven, WrongShape, NotFinite,
              UnknownConvention

    >>> k_nearest([0, 1, 5], [0, 0, 0], 1).neighbours.tolist()
    [1, 0, 1]
    """
    points = _points(x, y, metric)
    size = points.shape[0]
    if not 1 <= k < size:
        raise TooFew(f"{size} units and k = {k}; k from 1 and more units than k are needed")
    tree = cKDTree(points)
    # Piece by piece: many units in one place are all equally near to each other.
    pieces = [
        _nearest(tree, points, np.arange(start, min(start + PIECE, size)), k, metric)
        for start in range(0, size, PIECE)
    ]
    first, second = np.concatenate(pieces, axis=1)
    return from_pairs(first, second, size, style=style)


def _nearest(tree: cKDTree, points: Floats, here: Whole, k: int, metric: str) -> Whole:
    farthest = tree.query(points[here], k=[k + 1])[0][:, 0]
    found = tree.query_ball_point(points[here], farthest * (1 + 1e-9) + 1e-12)
    first = np.repeat(here, [len(near) for near in found])
    second = np.concatenate([np.asarray(near, np.int64) for near in found])
    others = first != second
    first, second = first[others], second[others]
    apart = _apart(points[first], points[second], metric)
    order = np.lexsort((second, apart, first))
    first, second = first[order], second[order]
    place = np.arange(first.size) - np.searchsorted(first, first)
    return np.stack([first[place < k], second[place < k]])


def _points(x: ArrayLike, y: ArrayLike, metric: str) -> Floats:
    across, up = numbers("x", x), numbers("y", y)
    if metric not in {PLANAR, GREAT_CIRCLE}:
        raise UnknownConvention(f"metric {metric!r}; there are {PLANAR}, {GREAT_CIRCLE}")
    if across.ndim != 1 or across.shape != up.shape:
        raise WrongShape(f"x has shape {across.shape} and y {up.shape}")
    if not across.size:
        raise NothingGiven("no unit is given")
    if not (np.isfinite(across) & np.isfinite(up)).all():
        raise NotFinite("a coordinate is not finite")
    if metric == PLANAR:
        return np.column_stack([across, up])
    if (np.abs(up) > 90).any():  # noqa: PLR2004 -- degrees
        raise WrongShape("a latitude beyond 90 degrees")
    lon, lat = np.radians(across), np.radians(up)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _chord(distance: float, metric: str) -> float:
    if metric == PLANAR:
        return distance
    return 2 * float(np.sin(min(distance / (2 * EARTH_KM), np.pi / 2)))


def _apart(first: Floats, second: Floats, metric: str) -> Floats:
    straight: Floats = np.sqrt(((first - second) ** 2).sum(axis=1))
    if metric == PLANAR:
        return straight
    arcs: Floats = 2 * EARTH_KM * np.arcsin(np.minimum(straight / 2, 1))
    return arcs
