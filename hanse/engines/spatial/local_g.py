"""Local G: around which units do large values gather, around which small ones?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from hanse.engines.spatial.permutation import conditional_counts, pseudo_p
from hanse.engines.spatial.weights import Floats, Weights, checked_values, own_weights


@dataclass(frozen=True)
class LocalG:
    """One entry per unit; `p_permutation` where permutations were asked for."""

    g: Floats
    z: Floats
    p: Floats
    p_permutation: Floats | None = None


def local_g(
    values: ArrayLike,
    weights: Weights,
    *,
    star: bool = False,
    permutations: int = 0,
    alternative: str = "folded",
    seed: int = 0,
    threads: int | None = None,
) -> LocalG:
    """Weight of the values around each unit: z far above 0 is a hot spot, far below a cold spot.

    Formula   G_i  = sum_{j != i} w_ij x_j / sum_{j != i} x_j
              z_i  = (sum_j w_ij x_j - W_i m) / (s * sqrt((n' S_i - W_i**2) / (n' - 1)))
              W_i = sum_j w_ij, S_i = sum_j w_ij**2; n' = n - 1 others, m their mean, s**2 their
              variance (divided by n')
    star      G_i*: the unit itself counts, with as much weight as its heaviest neighbour (1 where
              weights are binary); sums, m, s and n' = n are over all units. Row-standardised
              weights are standardised again with it.
    permutations  0, or how often the neighbours' values are drawn anew for every unit, which keeps
              its own; alternatives as in `pseudo_p`
    Gives     g raw, z standardised (what spdep's localG returns), p two-sided under normality
    Unknown   NaN for isolated units unless star; z where s or the root is zero (equal values, or
              every other unit is a neighbour); g where the values sum to zero. Negative values
              have a z, but their g is of little meaning.
    Raises    WrongShape, NotFinite, TooFew, UnknownConvention
    Source    J. K. Ord & A. Getis (1995) "Local spatial autocorrelation statistics: distributional
              issues and an application", Geographical Analysis 27.

    >>> from hanse.engines.spatial.weights import from_neighbours
    >>> local_g([1, 1, 2], from_neighbours([[1], [0, 2], [1]])).g.round(3).tolist()
    [0.333, 1.0, 0.5]
    """
    x = checked_values(values, weights)
    n = weights.n
    own = own_weights(weights) if star else np.zeros(n)
    sums = np.bincount(weights.rows, weights=weights.values, minlength=n) + own
    squares = np.bincount(weights.rows, weights=weights.values**2, minlength=n) + own**2
    around = weights.lag(x) + own * x
    if star and _row_standardised(weights):
        around, squares, sums = around / sums, squares / sums**2, np.ones(n)
    others = np.full(n, n if star else n - 1, float)
    total = np.full(n, x.sum()) - (0 if star else x)
    # Seen from the mean of all, so that the variance of the others loses no digits.
    y = x - x.mean()
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = (np.full(n, y.sum()) - (0 if star else y)) / others
        moment = (np.full(n, (y**2).sum()) - (0 if star else y**2)) / others
        spread = moment - middle**2
        inner = (others * squares - sums**2) / (others - 1)
        flat = (spread <= 1e-12 * moment) | (inner <= 1e-12 * squares)
        root = np.where(flat, np.nan, np.sqrt(np.maximum(spread * inner, 0)))
        z = (around - sums * (middle + x.mean())) / root
        g = np.where(total == 0, np.nan, around / total)
    unknown = weights.isolated if not star else np.zeros(n, bool)
    g, z = np.where(unknown, np.nan, g), np.where(unknown | (np.ptp(x) == 0), np.nan, z)
    drawn = None
    if permutations:
        counts = conditional_counts(y, weights, permutations, seed, threads)
        drawn = pseudo_p(counts, permutations, alternative)
        drawn = np.where(weights.isolated | (np.ptp(x) == 0), np.nan, drawn)
    return LocalG(g, z, 2 * ndtr(-np.abs(z)), drawn)


def _row_standardised(weights: Weights) -> bool:
    rows = np.bincount(weights.rows, weights=weights.values, minlength=weights.n)
    linked = ~weights.isolated
    return bool(linked.any() and np.allclose(rows[linked], 1, rtol=0, atol=1e-12)) and not bool(
        np.isin(weights.values, (0.0, 1.0)).all()
    )
