"""Kd of Duranton and Overman: the density of distances between the plants of an industry."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NotFinite, TooFew, UnknownConvention, WrongShape
from hanse.engines.localisation.bandwidth import SILVERMAN, bandwidth
from hanse.engines.localisation.distances import (
    add_kernels,
    add_pairs,
    chosen,
    fill_distances,
    smoothed,
)
from hanse.engines.localisation.points import Floats, checked_distances, checked_points, of_type
from hanse.engines.localisation.workers import PIECES, share_out

STORED = 2**22  # pairs; up to here a bandwidth is taken from the distances themselves
FINE = 2**16  # bins that stand for the distances of more pairs
PER_BANDWIDTH = 48  # bins in one bandwidth: the binned sum is then within 1e-4 of the exact one
MOST_BINS = 2**17
PRESETS = {"dbmss": (512, 0.1)}


@dataclass(frozen=True)
class Pairs:
    """The pairs a density is made of: points a with points b, each pair once."""

    a: Floats
    b: Floats
    same: bool

    @property
    def number(self) -> int:
        """How many pairs there are."""
        count = int(self.a.shape[0])
        return count * (count - 1) // 2 if self.same else count * int(self.b.shape[0])

    @property
    def weight(self) -> float:
        """Sum of products of weights over all pairs."""
        first = self.a[:, 2]
        if self.same:
            return float(first.sum() ** 2 - (first**2).sum()) / 2
        return float(first.sum() * self.b[:, 2].sum())


def kd(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    reference: Any = None,
    neighbour: Any = None,
    *,
    weights: ArrayLike | None = None,
    rule: str | float = SILVERMAN,
    grid: int | None = None,
    like: str | None = None,
    exact: bool = False,
    threads: int | None = None,
) -> Floats:
    """Density of bilateral distances, smoothed by a Gaussian kernel mirrored at zero.

    Formula   Kd(r) = sum_{i<j} w_i w_j (phi((r - d_ij) / h) + phi((r + d_ij) / h))
                      / (h * sum_{i<j} w_i w_j);  w = 1 where no weights are given
    Unit      1 / unit of distance; it integrates to 1 over all r >= 0
    Takes     points of the reference type (None: all points) paired with each other, or with those
              of another neighbour type; increasing distances r
    rule      bandwidth h: "silverman" (as Duranton & Overman), "sheather_jones", or a number. The
              rules look at the distances up to 2 * max(r), unweighted.
    grid      as R's density function before 4.4 does it on a grid of so many points: its kernel is
              wider and higher by (2 * grid - 1) / (2 * grid - 2), 0.1 % with 512
    like      "dbmss" (2.11 on R 4.2): grid 512, and Sheather and Jones' equation solved to a tenth
              of its least candidate only
    exact     sum the kernel over all pairs; otherwise over distances in bins of h / 48, within 1e-4
              of it. Neither rounds more with more points. Beyond four million pairs the rule's
              quartiles are read from 65 536 bins.
    Unknown   NaN everywhere where h is not defined: fewer than two pairs within 2 * max(r), or all
              of them equally far; or where all products of weights are zero.
    Raises    faults of `checked_points`, `checked_distances`, `of_type`; TooFew, UnknownConvention
    Source    G. Duranton & H. G. Overman (2005) "Testing for localization using micro-geographic
              data", Review of Economic Studies 72.

    >>> kd([0, 3, 0], [0, 0, 4], ["a"] * 3, [3, 4], rule=0.5, exact=True).round(6).tolist()
    [0.302045, 0.337949]
    """
    points, tolerance = preset(like)
    stretch = stretched(grid or points)
    distances = checked_range(r)
    pairs = pairs_of(x, y, types, reference, neighbour, weights)
    h = stretch * chosen_bandwidth(pairs, float(distances[-1]), rule, threads, tolerance)
    if not np.isfinite(h) or pairs.weight <= 0:
        return np.full(distances.size, np.nan)
    width = min(h / PER_BANDWIDTH, distances[-1] / PER_BANDWIDTH)
    bins = int(np.ceil((distances[-1] + 10 * h) / width))
    if exact or bins > MOST_BINS:
        sums = np.zeros((PIECES, distances.size))

        def work(piece: int, start: int, stop: int) -> None:
            add_kernels(start, stop, pairs.a, pairs.b, pairs.same, distances, h, sums[piece])

        share_out(work, pairs.a.shape[0], threads)
        return np.asarray(stretch * sums.sum(axis=0) / pairs.weight)
    masses = binned(pairs, bins * width, bins, threads)[1]
    return np.asarray(stretch * smoothed(distances, h, width, masses) / pairs.weight)


def preset(like: str | None) -> tuple[int | None, float]:
    """Points of the grid, and tolerance of the plug-in equation, as a peer has them."""
    if like is None:
        return None, 1e-9
    if like not in PRESETS:
        raise UnknownConvention(f"like {like!r}; there is {', '.join(PRESETS)}")
    return PRESETS[like]


def stretched(grid: int | None) -> float:
    """How much wider and higher a kernel is on a grid of so many points in R before 4.4."""
    if grid is None:
        return 1.0
    if grid < 2:  # noqa: PLR2004
        raise WrongShape(f"a grid of {grid} points")
    return (2 * grid - 1) / (2 * grid - 2)


def checked_range(r: ArrayLike) -> Floats:
    """Distances whose largest is above zero, as a bandwidth needs."""
    distances = checked_distances(r)
    if distances[-1] <= 0:
        raise WrongShape("all distances in r are zero; a range is needed for the bandwidth")
    return distances


def pairs_of(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    reference: Any,
    neighbour: Any,
    weights: ArrayLike | None,
) -> Pairs:
    """Pairs of the reference type among itself or with the neighbour type."""
    across, up, heavy = checked_points(x, y, weights)
    same = neighbour is None or neighbour == reference
    first = of_type(types, across.size, reference, least=2 if same else 1)
    second = first if same else of_type(types, across.size, neighbour)
    if not same and reference is None:
        raise UnknownConvention("all points with a neighbour type: name the reference type")
    a = chosen(across, up, heavy, first)
    return Pairs(a, a if same else chosen(across, up, heavy, second), same)


def chosen_bandwidth(
    pairs: Pairs, rmax: float, rule: str | float, threads: int | None, tolerance: float = 1e-9
) -> float:
    """Bandwidth by a rule over the distances up to 2 * rmax, or the number given."""
    if not isinstance(rule, str):
        if not np.isfinite(rule) or rule <= 0:
            raise NotFinite(f"bandwidth {rule}; a positive number is needed")
        return float(rule)
    if pairs.number < 1:
        raise TooFew("no pair of points")
    if pairs.number <= STORED:
        distances = np.empty(pairs.number)
        fill_distances(pairs.a, pairs.b, pairs.same, distances)
        near = np.sort(distances[distances <= 2 * rmax])
        return bandwidth(near, np.ones(near.size, np.int64), rule, tolerance=tolerance)
    counts = binned(pairs, 2 * rmax, FINE, threads)[0]
    width = 2 * rmax / FINE
    middles = np.asarray((np.arange(FINE) + 0.5) * width, float)
    return bandwidth(middles, counts, rule, width=width, tolerance=tolerance)


def binned(
    pairs: Pairs, farthest: float, bins: int, threads: int | None
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Floats]:
    """Pairs up to a distance counted, and their weights summed, in bins of equal width."""
    counts = np.zeros((PIECES, bins), np.int64)
    masses = np.zeros((PIECES, bins + 1))

    def work(piece: int, start: int, stop: int) -> None:
        add_pairs(start, stop, pairs.a, pairs.b, pairs.same, farthest, counts[piece], masses[piece])

    share_out(work, pairs.a.shape[0], threads)
    return counts.sum(axis=0), masses.sum(axis=0)
