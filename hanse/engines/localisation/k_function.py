"""K of Ripley: how many further points lie within a distance, compared with the density."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import UnknownConvention
from hanse.engines.localisation.edge_corrections import isotropic_weight, translate_weight
from hanse.engines.localisation.points import Floats, checked_distances, checked_points, of_type
from hanse.engines.localisation.window import Window, checked_inside
from hanse.engines.localisation.workers import PIECES, share_out

CORRECTIONS = ("none", "border", "translate", "isotropic")
NONE, BORDER, TRANSLATE, ISOTROPIC = range(4)
PRESETS = {"dbmss": "isotropic", "spatstat": "isotropic"}


def k_function(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    window: Window,
    reference: Any = None,
    neighbour: Any = None,
    *,
    correction: str | None = None,
    like: str | None = None,
    threads: int | None = None,
) -> Floats:
    """Mean number of further points within r of a point, over the density; pi * r**2 by chance.

    Formula   K(r) = A / (n (n - 1)) * sum_{i != j} e_ij [d_ij <= r];  A area, n points; between two
              types A / (n m) * sum over points i of the one and j of the other
    Unit      unit of distance, squared
    Takes     points of the reference type (None: all), among themselves or with another neighbour
              type; a `rectangle` or `polygon` as window; increasing distances r
    correction  e_ij: "none" 1; "isotropic" (default) one over the part of the circle around i
              through j inside the window (Ripley); "translate" area over the window's overlap with
              itself moved by the pair's difference (Ohser); neither above 100; "border": only
              points i at least r from the edge count, K = A / m' * pairs / such points, with m'
              all neighbour points (own point included, as spatstat has it)
    like      "dbmss", "spatstat": isotropic
    Unknown   NaN with border where no point is at least r from the edge.
    Exactly   d_ij <= r is decided on squares in double precision.
    Raises    Unfit (a point outside the window), TooFew, UnknownConvention, faults of
              `checked_points`, `checked_distances`
    Source    B. D. Ripley (1977) "Modelling spatial patterns", JRSS B 39; J. Ohser (1983) "On
              estimators for the reduced second moment measure of point processes".

    >>> from hanse.engines.localisation.window import rectangle
    >>> k_function([1, 2], [1, 1], ["a"] * 2, [0.5, 1], rectangle((0, 4), (0, 2))).tolist()
    [0.0, 8.0]
    """
    if like is not None and like not in PRESETS:
        raise UnknownConvention(f"like {like!r}; there are {', '.join(PRESETS)}")
    name = correction or PRESETS.get(like or "", "isotropic")
    if name not in CORRECTIONS:
        raise UnknownConvention(f"edge correction {name!r}; there are {', '.join(CORRECTIONS)}")
    distances = checked_distances(r)
    across, up, _ = checked_points(x, y)
    same = neighbour is None or neighbour == reference
    first = of_type(types, across.size, reference, least=2 if same else 1)
    second = first if same else of_type(types, across.size, neighbour)
    depths = checked_inside(across, up, window)[first]
    a = np.column_stack([across[first], up[first]])
    b = np.column_stack([across[second], up[second]])
    method = CORRECTIONS.index(name)
    sums = np.zeros((PIECES, distances.size + 1))
    squares = distances * distances

    def work(piece: int, start: int, stop: int) -> None:
        add_corrected(
            start, stop, a, b, same, depths, distances, squares, window.edges, window.area, method,
            sums[piece],
        )  # fmt: skip

    share_out(work, a.shape[0], threads)
    pairs: Floats = np.cumsum(sums.sum(axis=0))[:-1]
    if method == BORDER:
        counted = (depths[:, np.newaxis] >= distances).sum(axis=0)
        with np.errstate(invalid="ignore", divide="ignore"):
            inner: Floats = pairs * window.area / (b.shape[0] * counted)
        return np.where(counted > 0, inner, np.nan)
    values: Floats = pairs * window.area / (a.shape[0] * (b.shape[0] - same))
    return values


@njit(cache=True, nogil=True)
def add_corrected(
    start: int,
    stop: int,
    a: Floats,
    b: Floats,
    same: bool,  # noqa: FBT001 -- compiled
    depths: Floats,
    distances: Floats,
    squares: Floats,
    edges: Floats,
    area: float,
    method: int,
    sums: NDArray[np.float64],
) -> None:
    """Add what pairs of the points a[start:stop] count to the first distance that reaches them.

    With the border correction a pair is taken off again after the last distance at which its
    first point still counts.
    """
    count = squares.size
    for i in range(start, stop):
        last = np.searchsorted(distances, depths[i], side="right")
        for j in range(b.shape[0]):
            if same and i == j:
                continue
            dx, dy = b[j, 0] - a[i, 0], b[j, 1] - a[i, 1]
            d2 = dx * dx + dy * dy
            if d2 > squares[count - 1]:
                continue
            kind = np.searchsorted(squares, d2)
            if method == ISOTROPIC:
                d = np.sqrt(d2)
                inside = d < depths[i]
                sums[kind] += 1.0 if inside else isotropic_weight(a[i, 0], a[i, 1], d, edges)
            elif method == TRANSLATE:
                sums[kind] += translate_weight(dx, dy, edges, area)
            elif method == NONE:
                sums[kind] += 1.0
            elif kind < last:
                sums[kind] += 1.0
                sums[last] -= 1.0
