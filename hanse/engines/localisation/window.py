"""The window points are observed in: a rectangle, or a polygon with or without holes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from hanse.engines.faults import NotFinite, TooFew, Unfit, WrongShape
from hanse.engines.localisation.points import Floats, Mask, numbers


@dataclass(frozen=True)
class Window:
    """Edges (edges, 4) as x1, y1, x2, y2 with the inside on their left, and the area inside."""

    edges: Floats
    area: float


def polygon(*rings: ArrayLike) -> Window:
    """A window of rings of corners (corners, 2), in either direction, closed or not.

    What an even number of rings surrounds is outside: holes, and islands in them, are just rings.

    Raises    WrongShape, NotFinite, TooFew (fewer than three corners), Unfit (no area)

    >>> polygon([(0, 0), (4, 0), (0, 3)]).area
    6.0
    """
    corners = [_ring(ring, number) for number, ring in enumerate(rings)]
    if not corners:
        raise TooFew("a window of no ring")
    edges = []
    for number, ring in enumerate(corners):
        others = [other for index, other in enumerate(corners) if index != number]
        around = np.concatenate([_edges(other) for other in others]) if others else None
        hole = around is not None and bool(is_inside(ring[0, 0], ring[0, 1], around))
        leftward = _area(_edges(ring)) > 0
        edges.append(_edges(ring if leftward != hole else ring[::-1]))
    joined = np.ascontiguousarray(np.concatenate(edges))
    area = _area(joined)
    if area <= 0:
        raise Unfit("the window has no area")
    return Window(joined, area)


def rectangle(x: Sequence[float], y: Sequence[float]) -> Window:
    """The window between x[0] and x[1], and between y[0] and y[1].

    >>> rectangle((0, 2), (0, 3)).area
    6.0
    """
    return polygon([(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])])


def checked_inside(x: Floats, y: Floats, window: Window) -> Floats:
    """Distance of each point to the window's edge; Unfit where a point lies outside.

    A point on the edge is inside, give or take a rounding error of the coordinates.
    """
    distances = np.empty(x.size)
    outside = np.empty(x.size, bool)
    fill_depths(x, y, window.edges, distances, outside)
    slack = 1e-9 * float(np.abs(window.edges).max())
    lost = outside & (distances > slack)
    if lost.any():
        raise Unfit(f"point {int(np.argmax(lost))} (from 0) lies outside the window")
    return distances


@njit(cache=True, nogil=True)
def is_inside(x: float, y: float, edges: Floats) -> bool:
    """Whether a ray to the right crosses an odd number of edges."""
    odd = False
    for edge in range(edges.shape[0]):
        x1, y1, x2, y2 = edges[edge]
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            odd = not odd
    return odd


@njit(cache=True, nogil=True)
def fill_depths(x: Floats, y: Floats, edges: Floats, distances: Floats, outside: Mask) -> None:
    """Distance of each point to the nearest edge, and whether the point is outside."""
    for point in range(x.size):
        least = np.inf
        for edge in range(edges.shape[0]):
            x1, y1, x2, y2 = edges[edge]
            dx, dy = x2 - x1, y2 - y1
            along = ((x[point] - x1) * dx + (y[point] - y1) * dy) / (dx * dx + dy * dy)
            along = min(max(along, 0.0), 1.0)
            gap = (x1 + along * dx - x[point]) ** 2 + (y1 + along * dy - y[point]) ** 2
            least = min(least, gap)
        distances[point] = np.sqrt(least)
        outside[point] = not is_inside(x[point], y[point], edges)


def _ring(ring: ArrayLike, number: int) -> Floats:
    corners = numbers(f"ring {number}", ring)
    if corners.ndim != 2 or corners.shape[1] != 2:  # noqa: PLR2004
        raise WrongShape(f"ring {number} has shape {corners.shape}; (corners, 2) is needed")
    if not np.isfinite(corners).all():
        raise NotFinite(f"ring {number} has a coordinate that is not finite")
    kept = corners[(corners != np.roll(corners, 1, axis=0)).any(axis=1)]
    if kept.shape[0] < 3:  # noqa: PLR2004
        raise TooFew(f"ring {number} has {kept.shape[0]} corners")
    return np.asarray(kept, float)


def _edges(ring: Floats) -> Floats:
    return np.asarray(np.hstack([ring, np.roll(ring, -1, axis=0)]), float)


def _area(edges: Floats) -> float:
    # Seen from a corner, so that far-away coordinates lose no digits.
    x1, y1, x2, y2 = (edges - np.tile(edges[0, :2], 2)).T
    return float((x1 * y2 - x2 * y1).sum() / 2)
