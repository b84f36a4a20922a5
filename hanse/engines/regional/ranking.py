"""Ranking of regions by a weighted sum of indicators, and what holds under any other weights.

Scores
    ``s_r = sum_k w_k z_rk`` with ``z`` standardised over the regions compared (mean 0, standard
    deviation 1, population form; a constant indicator gives 0 to all) and ``w_k >= 0``. An unknown
    value counts as the mean (z = 0) and is reported as such by the caller.

Rank bounds
    Let each weight move on its own between ``w_k / spread`` and ``w_k * spread``. Region a is
    *always ahead* of b when the least value of ``sum_k w_k (z_ak - z_bk)`` over that box is
    positive; the least value takes the lower weight where the difference is positive and the upper
    one where it is negative. Then

        best rank  = 1 + number of regions always ahead of a
        worst rank = n - number of regions always behind a

    These bounds are proven: no weights in the box give a rank outside. They need not be tight.
    Ties: regions with equal scores share the better rank.

Source: dominance under interval weights, as in multi-attribute value theory (Salo and Hamalainen
1992, Preference assessment by imprecise ratio statements, Operations Research 40(6)); our own code.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Score, rank and proven rank bounds, in the order of the rows given."""

    scores: tuple[float, ...]
    ranks: tuple[int, ...]
    best: tuple[int, ...]
    worst: tuple[int, ...]


def standardised(values: Matrix) -> Matrix:
    """Standardise each column over its known rows; unknown (nan) becomes the mean, 0.

    >>> standardised(np.array([[1.0], [3.0], [np.nan]])).ravel().tolist()
    [-1.0, 1.0, 0.0]
    """
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0.0).sum(axis=0) / count
    off = np.where(known, values - mean, 0.0)
    deviation = np.sqrt((off**2).sum(axis=0) / count)
    return off / np.where(deviation > 0, deviation, 1.0)


def ranking(values: Matrix, weights: Matrix, spread: float = 2.0) -> Ranked:
    """Rank rows by the weighted sum of their standardised columns.

    Parameters: values (regions x indicators, nan = unknown, more is better), weights (one per
    indicator, not negative), spread (>= 1; how far each weight may move). Raises ValueError on a
    negative weight, a spread below 1, or shapes that do not fit.

    >>> out = ranking(np.array([[9.0, 1.0], [5.0, 5.0], [1.0, 0.0]]), np.array([1.0, 1.0]))
    >>> out.ranks, out.best, out.worst
    ((2, 1, 3), (1, 1, 3), (2, 2, 3))
    """
    if values.ndim != 2 or weights.shape != (values.shape[1],):  # noqa: PLR2004 -- a matrix
        raise ValueError("values must be regions x indicators, with one weight per indicator")
    if (weights < 0).any() or spread < 1:
        raise ValueError("weights must not be negative, and spread at least 1")
    z = standardised(values)
    scores = z @ weights
    gap = z[:, None, :] - z[None, :, :]
    least = np.where(gap > 0, weights / spread, weights * spread)
    always_ahead = (gap * least).sum(axis=2) > 1e-12  # noqa: PLR2004 -- rounding of sums of z
    return Ranked(
        scores=tuple(scores.tolist()),
        ranks=tuple(int(1 + (scores > own + 1e-12).sum()) for own in scores),
        best=tuple((1 + always_ahead.sum(axis=0)).tolist()),
        worst=tuple((len(z) - always_ahead.sum(axis=1)).tolist()),
    )
