"""Little m of Lang, Marcon and Puech: M at a distance instead of up to it."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import ArrayLike

from hanse.engines.faults import NothingGiven, UnknownConvention
from hanse.engines.localisation.bandwidth import SILVERMAN
from hanse.engines.localisation.kd import (
    checked_range,
    chosen_bandwidth,
    pairs_of,
    preset,
    stretched,
)
from hanse.engines.localisation.points import Floats, checked_points, of_type
from hanse.engines.localisation.workers import PIECES, share_out


def m_density(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    reference: Any,
    neighbour: Any = None,
    *,
    weights: ArrayLike | None = None,
    case_control: bool = False,
    rule: str | float = SILVERMAN,
    grid: int | None = None,
    like: str | None = None,
    threads: int | None = None,
) -> Floats:
    """Concentration of neighbours of a type at a distance from reference points; 1 = as overall.

    Formula   m(r) = sum_i local_i(r) / sum_i global_i, over all reference points i
              local_i(r) = sum_{j != i} w_j phi((r - d_ij) / h) [j of the neighbour type]
                           / sum_{j != i} w_j phi((r - d_ij) / h);  global_i as in `m_function`
    Takes     what `m_function` takes
    rule      bandwidth h, one for all points: by a rule over the distances up to 2 * max(r) from
              reference points to neighbours, or a number
    grid, like   as in `kd`
    Gives     one value per distance, the kernel summed over all neighbours
    Unknown   NaN at a distance where some reference point is more than 38 h from having any
              neighbour, and everywhere where h is not defined (see `kd`).
    Raises    faults of `checked_points`, `checked_distances`, `of_type`; UnknownConvention
    Source    G. Lang, E. Marcon & F. Puech (2020) "Distance-based measures of spatial
              concentration: introducing a relative density function", Annals of Regional Science
              64.
    """
    points, tolerance = preset(like)
    distances = checked_range(r)
    across, up, heavy = checked_points(x, y, weights)
    same = neighbour is None or neighbour == reference
    if case_control and same:
        raise UnknownConvention("cases and controls are the same type")
    pairs = pairs_of(x, y, types, reference, neighbour, None)
    is_reference = of_type(types, across.size, reference)
    is_neighbour = is_reference if same else of_type(types, across.size, neighbour)
    above = heavy * (is_reference if case_control else is_neighbour)
    below = heavy * is_neighbour if case_control else heavy
    if below.sum() <= 0:
        raise NothingGiven("all weights are zero")
    chosen = chosen_bandwidth(pairs, float(distances[-1]), rule, threads, tolerance)
    h = chosen * stretched(grid or points)
    if not np.isfinite(h):
        return np.full(distances.size, np.nan)
    here = np.flatnonzero(is_reference)
    sums = np.zeros((PIECES, distances.size))

    def work(piece: int, start: int, stop: int) -> None:
        add_local(here[start:stop], across, up, above, below, distances, h, sums[piece])

    share_out(work, here.size, threads)
    rest = below.sum() - below[here]
    with np.errstate(invalid="ignore", divide="ignore"):
        overall = ((above.sum() - above[here]) / rest).sum()
        values: Floats = sums.sum(axis=0) / overall
    return np.where(np.isfinite(values), values, np.nan)


@njit(cache=True, nogil=True)
def add_local(
    here: np.ndarray,  # type: ignore[type-arg]  # positions
    x: Floats,
    y: Floats,
    above: Floats,
    below: Floats,
    r: Floats,
    h: float,
    sums: Floats,
) -> None:
    """Add the local ratio of each reference point at each distance."""
    over = np.empty(r.size)
    under = np.empty(r.size)
    for i in here:
        over[:] = 0.0
        under[:] = 0.0
        for j in range(x.size):
            if j == i or (above[j] == 0.0 and below[j] == 0.0):
                continue
            d = np.sqrt((x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2)
            for k in range(r.size):
                apart = (r[k] - d) / h
                kernel = np.exp(-apart * apart / 2)
                over[k] += above[j] * kernel
                under[k] += below[j] * kernel
        for k in range(r.size):
            sums[k] += over[k] / under[k] if under[k] > 0.0 else np.nan
