"""Neighbours that touch: queen and rook contiguity of outlines."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import NotFinite, NothingGiven, UnknownConvention, WrongShape
from hanse.engines.spatial.weights import Weights, from_pairs, numbers

QUEEN = "queen"
ROOK = "rook"


def contiguity(
    outlines: Sequence[Sequence[ArrayLike]],
    *,
    rule: str = QUEEN,
    tolerance: float = 1e-9,
    style: str = "B",
) -> Weights:
    """Neighbours are units whose outlines share a corner (queen) or a whole edge (rook).

    Takes     for every unit its rings, each (corners, 2), closed or not; holes are rings too
    tolerance corners are the same when they round to the same multiple of it
    Holds for outlines made of one set of borders, like NUTS regions, where neighbours share their
              corners. A corner that touches another outline between two corners is not seen.
    Gives     `Weights`; units that touch nobody (islands) are isolated
    Raises    NothingGiven, WrongShape, NotFinite, UnknownConvention

    >>> squares = [[[(x, 0), (x + 1, 0), (x + 1, 1), (x, 1)]] for x in (0, 1, 3)]
    >>> contiguity(squares).neighbours.tolist()
    [1, 0]
    """
    if rule not in {QUEEN, ROOK}:
        raise UnknownConvention(f"contiguity {rule!r}; there are {QUEEN}, {ROOK}")
    if not len(outlines):
        raise NothingGiven("no unit is given")
    if not tolerance > 0:
        raise WrongShape(f"tolerance: {tolerance}; above 0")
    corners, following, units = [], [], []
    for unit, rings in enumerate(outlines):
        for ring in rings:
            points = _rounded(ring, unit, tolerance)
            corners.append(points)
            following.append(np.roll(points, -1, axis=0))
            units.append(np.full(points.shape[0], unit))
    if not corners:
        raise NothingGiven("no unit has a ring")
    ends = np.stack([np.concatenate(corners), np.concatenate(following)], axis=1)
    owners = np.concatenate(units)
    if rule == QUEEN:
        return _sharing(ends[:, 0], owners, len(outlines), style)
    turned = (ends[:, 0, 0] > ends[:, 1, 0]) | (
        (ends[:, 0, 0] == ends[:, 1, 0]) & (ends[:, 0, 1] > ends[:, 1, 1])
    )
    ends[turned] = ends[turned][:, ::-1]
    return _sharing(ends.reshape(-1, 4), owners, len(outlines), style)


def rings_of(geometry: Mapping[str, Any]) -> list[NDArray[np.float64]]:
    """Rings of a GeoJSON Polygon or MultiPolygon; UnknownConvention for other geometries."""
    match geometry.get("type"):
        case "Polygon":
            polygons = [geometry["coordinates"]]
        case "MultiPolygon":
            polygons = geometry["coordinates"]
        case other:
            raise UnknownConvention(f"geometry {other!r}; there are Polygon, MultiPolygon")
    return [np.asarray(ring, float)[:, :2] for rings in polygons for ring in rings]


def _rounded(ring: ArrayLike, unit: int, tolerance: float) -> NDArray[np.int64]:
    points = numbers(f"a ring of unit {unit} (from 0)", ring)
    if points.ndim != 2 or points.shape[1] != 2:  # noqa: PLR2004
        raise WrongShape(f"a ring of unit {unit} (from 0) has shape {points.shape}")
    if not np.isfinite(points).all():
        raise NotFinite(f"a corner of unit {unit} (from 0) is not finite")
    whole = np.rint(points / tolerance).astype(np.int64)
    kept: NDArray[np.int64] = whole[(whole != np.roll(whole, 1, axis=0)).any(axis=1)]
    return kept


def _sharing(parts: NDArray[np.int64], owners: NDArray[np.int64], size: int, style: str) -> Weights:
    shared = np.unique(parts, axis=0, return_inverse=True)[1].ravel()
    order = np.lexsort((owners, shared))
    shared, owners = shared[order], owners[order]
    pairs = []
    # Owners of one part follow each other: compare each with the next, the one after that, and so
    # on, as long as any part has that many.
    for apart in range(1, owners.size):
        together = shared[:-apart] == shared[apart:]
        if not together.any():
            break
        pairs.append(np.stack([owners[:-apart][together], owners[apart:][together]]))
    if not pairs:
        return from_pairs(np.empty(0, np.int64), np.empty(0, np.int64), size, style=style)
    first, second = np.concatenate(pairs, axis=1)
    different = first != second
    both = np.unique(
        np.concatenate(
            [
                first[different] * size + second[different],
                second[different] * size + first[different],
            ]
        )
    )
    return from_pairs(both // size, both % size, size, style=style)
