"""Kd where only places are known, not plants: figures of regions, exchanged by their quotients."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NotFinite, TooFew, WrongShape
from hanse.engines.localisation.distances import CUT, add_pairs
from hanse.engines.localisation.envelopes import Envelope, envelope
from hanse.engines.localisation.kd import PER_BANDWIDTH
from hanse.engines.localisation.points import Floats, checked_distances, checked_points
from hanse.engines.localisation.workers import share_out
from hanse.engines.random_numbers import permute

RANDOM_QUOTIENTS = "random_quotients"


def kd_of_places(
    x: ArrayLike,
    y: ArrayLike,
    persons: ArrayLike,
    totals: ArrayLike,
    r: ArrayLike,
    *,
    h: float,
    simulations: int = 199,
    alpha: float = 0.05,
    seed: int = 0,
    test: bool = False,
    threads: int | None = None,
) -> Envelope:
    """Density of distances between persons of different places, and what exchanged quotients give.

    Formula   Kd(r) = sum_{i<j} w_i w_j (phi((r - d_ij) / h) + phi((r + d_ij) / h))
                      / (h * sum_{i<j} w_i w_j), w the persons of the sector at place i
    Null      random_quotients: the shares w_i / t_i are exchanged among the places; each place
              keeps its total t, so that a simulated sector follows the geography of all employment
    Unit      1 / unit of distance; it integrates to 1 over all r >= 0
    Takes     places; persons of the sector and of all sectors there (at least as many); distances;
              h, the bandwidth in their unit, the same in every simulation
    Beware    nothing is said of distances within a place: r should begin where places are apart
    Unknown   NaN everywhere where only one place has persons of the sector.
    Exactly   the same seed gives the same bands whatever the number of threads; distances in bins
              of h / 48
    Raises    faults of `checked_points`, `checked_distances`; TooFew (places, simulations),
              WrongShape (more persons than in total), NotFinite (h)
    Source    the weighted Kd of Duranton & Overman (2005); the null model is ours, in the spirit of
              the benchmark of M (Marcon & Puech 2010).

    >>> found = kd_of_places([0, 10, 500], [0, 0, 0], [9, 9, 0], [10, 10, 80], [10], h=20)
    >>> found.observed.round(4).tolist()
    [0.032]
    """
    across, up, sector = checked_points(x, y, persons)
    every = checked_points(x, y, totals)[2]
    distances = checked_distances(r)
    if across.size < 3:  # noqa: PLR2004 -- with two places nothing can be exchanged
        raise TooFew(f"{across.size} places; three are needed")
    if simulations < 1:
        raise TooFew(f"{simulations} simulations; at least 1 needed")
    if not np.isfinite(h) or h <= 0:
        raise NotFinite(f"bandwidth {h}; a positive number is needed")
    if (sector > every).any():
        raise WrongShape(f"place {int(np.argmax(sector > every))} has more persons than in total")
    share = np.divide(sector, every, out=np.zeros_like(every), where=every > 0)
    kernel = _kernel(distances, h)
    curves = np.empty((simulations, distances.size))
    movable = np.flatnonzero(every > 0).astype(np.int32)

    def simulate(_: int, start: int, stop: int) -> None:
        for row in range(start, stop):
            order = movable.copy()
            permute(order, seed, row)
            moved = np.zeros_like(every)
            moved[movable] = share[order] * every[movable]
            curves[row] = _curve(across, up, moved, kernel, h)

    observed = _curve(across, up, sector, kernel, h)
    share_out(simulate, simulations, threads)
    return envelope(
        distances, observed, curves, alpha=alpha, seed=seed, null=RANDOM_QUOTIENTS, test=test
    )


def _kernel(r: Floats, h: float) -> Floats:
    """What a pair at each bin adds to each distance: computed once for all simulations."""
    width = h / PER_BANDWIDTH
    at = np.arange(int(np.ceil((r[-1] + CUT * h) / width)) + 1) * width
    near, far = (r[:, None] - at) / h, (r[:, None] + at) / h
    kernel: Floats = (np.exp(-(near**2) / 2) + np.exp(-(far**2) / 2)) / (h * np.sqrt(2 * np.pi))
    return kernel


def _curve(x: Floats, y: Floats, weights: Floats, kernel: Floats, h: float) -> Floats:
    there = weights > 0
    if there.sum() < 2:  # noqa: PLR2004 -- a pair
        return np.full(len(kernel), np.nan)
    points = np.column_stack([x[there], y[there], weights[there]])
    heavy = points[:, 2]
    pairs = (heavy.sum() ** 2 - (heavy**2).sum()) / 2
    bins = kernel.shape[1] - 1
    masses = np.zeros(bins + 1)
    farthest = bins * h / PER_BANDWIDTH
    add_pairs(0, len(points), points, points, True, farthest, np.zeros(bins, np.int64), masses)
    density: Floats = kernel @ masses / pairs
    return density
