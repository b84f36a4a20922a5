"""M of Marcon and Puech: how over-represented a type is within a distance of a type's points."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import UnknownConvention
from hanse.engines.localisation.neighbour_sums import fill_totals, ratio_sums
from hanse.engines.localisation.null_models import RANDOM_LABELS, exchanged
from hanse.engines.localisation.points import (
    Floats,
    Mask,
    checked_distances,
    checked_points,
    of_type,
)
from hanse.engines.localisation.strips import Strips, Whole, strips, whole_weights
from hanse.engines.localisation.workers import share_out

BATCH_BYTES = 256 * 2**20  # of running totals: how many simulations share a look at the pairs


def m_function(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    reference: Any,
    neighbour: Any = None,
    *,
    weights: ArrayLike | None = None,
    case_control: bool = False,
    threads: int | None = None,
) -> Floats:
    """Concentration of neighbours of a type around points of the reference type; 1 = as overall.

    Formula   M(r) = sum_i local_i(r) / sum_i global_i, over reference points i with any neighbour
              local_i(r) = sum_{j != i, d_ij <= r} w_j [j of the neighbour type]
                           / sum_{j != i, d_ij <= r} w_j
              global_i   = (W_neighbours - w_i [i of that type]) / (W - w_i)
    Takes     points, their types, weights (1 each where none), increasing distances r; the
              neighbour type is the reference type unless another is named
    case_control   the denominators count the neighbour type (controls) and the numerators the
              reference type (cases): local_i = cases / controls around i
    Gives     one value per distance
    Unknown   NaN where no reference point has a neighbour of positive weight within r.
    Exactly   d_ij <= r is decided on dx*dx + dy*dy <= r*r in double precision; sums of weights are
              exact for whole-number weights (`whole_weights` says how near otherwise).
    Raises    faults of `checked_points`, `checked_distances`, `of_type`
    Source    E. Marcon & F. Puech (2010) "Measures of the geographic concentration of industries",
              Journal of Economic Geography 10.

    >>> m_function([0, 1, 2, 9], [0, 0, 0, 0], list("aabb"), [0.5, 1, 9], "a").tolist()
    [nan, 2.25, 1.0]
    """
    r = checked_distances(r)
    pattern = _Pattern(x, y, types, reference, neighbour, weights, case_control=case_control)
    who = np.arange(pattern.size, dtype=np.int32)[np.newaxis]
    values: Floats = pattern.curves(r, who, labels_only=False, threads=threads)[0]
    return values


def simulated_m(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    reference: Any,
    neighbour: Any = None,
    *,
    null: str,
    simulations: int,
    seed: int,
    weights: ArrayLike | None = None,
    case_control: bool = False,
    threads: int | None = None,
) -> Floats:
    """M of patterns drawn under a null model: (simulations, distances).

    The distances of one point to all others are looked at once for a batch of simulations; what a
    simulation adds is the running total of its weights. Memory grows with points, not with pairs.
    """
    r = checked_distances(r)
    pattern = _Pattern(x, y, types, reference, neighbour, weights, case_control=case_control)
    batch = max(1, min(simulations, BATCH_BYTES // (16 * pattern.size)))
    curves = np.empty((simulations, r.size))
    for first in range(0, simulations, batch):
        count = min(batch, simulations - first)
        who = exchanged(null, pattern.is_reference, first, count, seed)
        curves[first : first + count] = pattern.curves(
            r, who, labels_only=null == RANDOM_LABELS, threads=threads
        )
    return curves


class _Pattern:
    """Points in canonical order with the two weights M compares."""

    def __init__(
        self,
        x: ArrayLike,
        y: ArrayLike,
        types: ArrayLike,
        reference: Any,
        neighbour: Any,
        weights: ArrayLike | None,
        *,
        case_control: bool,
    ) -> None:
        across, up, heavy = checked_points(x, y, weights)
        of_reference = of_type(types, across.size, reference)
        same = neighbour is None or neighbour == reference
        of_neighbour = of_reference if same else of_type(types, across.size, neighbour)
        if case_control and same:
            raise UnknownConvention("cases and controls are the same type")
        self.strips: Strips = strips(across, up, of_reference, of_neighbour, heavy)
        order = self.strips.order
        self.weights: Whole = whole_weights(heavy)[order]
        self.is_reference: Mask = of_reference[order]
        neighbours: Mask = of_neighbour[order]
        self.above: Mask = self.is_reference if case_control else neighbours
        self.below: Mask = neighbours if case_control else np.ones_like(neighbours)
        self.size = across.size

    def curves(
        self, r: Floats, who: NDArray[np.int32], *, labels_only: bool, threads: int | None
    ) -> Floats:
        totals = np.empty((who.shape[0], self.size + 1, 2), np.int64)

        def fill(_: int, start: int, stop: int) -> None:
            for row in range(start, stop):
                points = who[row]
                heavy = self.weights if labels_only else self.weights[points]
                fill_totals(totals, heavy * self.above[points], heavy * self.below[points], row)

        share_out(fill, who.shape[0], threads)
        reference = self.is_reference[who]
        sums = ratio_sums(self.strips, r * r, totals, reference, threads)
        with np.errstate(invalid="ignore", divide="ignore"):
            values: Floats = sums[..., 0] / sums[..., 1]
        return values
