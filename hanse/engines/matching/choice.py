"""Choice: what weighs how much when somebody chooses partners among many that were possible."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from hanse.engines import faults
from hanse.engines.matching.graph import Floats, Ints


def choice_weights(
    signals: Floats,
    chooser: Ints,
    chosen: NDArray[np.bool_],
    *,
    standing_for: Floats | None = None,
    importance: Floats | None = None,
    ridge: float = 0.1,
    around: Floats | None = None,
) -> Floats:
    """Weights of signals in a conditional logit model of who is chosen.

    Formula   P(i chooses j) = s(j) exp(w x(j)) / sum over alternatives l of i of s(l) exp(w x(l))
              maximise  sum over i of h(i) / |C(i)| sum over j in C(i) of ln P(i chooses j)
                        - ridge sum over k of sd(k)^2 (w(k) - around(k))^2
    Takes     signals: alternatives x k; chooser: the number of who had the choice, ascending;
              chosen: C; standing_for: s, how many alternatives each row stands for where only a
              sample of them is given (1 for the chosen); importance: h of each chooser, added up
              to 1; ridge on signals of standard deviation sd, drawn towards `around` (or 0)
    Gives     k weights, none below 0: a signal speaks for a partner or does not speak
    Errors    WrongShape, NotFinite, TooFew (no chooser, or one who chose nobody)
    Source    D. McFadden (1974) "Conditional logit analysis of qualitative choice behavior"; the
              sampling of alternatives, D. McFadden (1978) "Modelling the choice of residential
              location".

    >>> x = np.array([[1.0], [0.0], [1.0], [0.0], [0.0], [1.0]])
    >>> w = choice_weights(x, np.array([0, 0, 1, 1, 2, 2]), np.array([1, 0, 1, 0, 1, 0]) > 0,
    ...                    ridge=0.0)
    >>> float(w[0].round(4))  # two of three choose it: odds 2, ln 2
    0.6931
    """
    rows, count = signals.shape
    if len(chooser) != rows or len(chosen) != rows:
        raise faults.WrongShape("Signals, choosers and choices are not of one length.")
    if not np.isfinite(signals).all():
        raise faults.NotFinite("A signal is not a finite number.")
    first = np.flatnonzero(np.r_[True, chooser[1:] != chooser[:-1]]) if rows else np.zeros(0, int)
    taken = np.add.reduceat(chosen.astype(np.float64), first) if rows else np.zeros(0)
    if not rows or not taken.all():
        raise faults.TooFew("Nothing to learn from: nobody, or somebody who chose no partner.")
    spread = signals.std(axis=0)
    spread[spread == 0] = 1
    scaled = (signals - signals.mean(axis=0)) / spread
    offset = np.zeros(rows) if standing_for is None else np.log(standing_for)
    heed = np.ones(len(first)) if importance is None else importance
    towards = np.zeros(count) if around is None else around * spread
    group = np.repeat(np.arange(len(first)), np.diff(np.r_[first, rows]))
    goal = chosen * (heed / heed.sum() / taken)[group]

    def loss(weights: Floats) -> tuple[float, Floats]:
        utility = scaled @ weights + offset
        utility -= np.maximum.reduceat(utility, first)[group]
        likely = np.exp(utility)
        among = np.add.reduceat(likely, first)
        gradient = scaled.T @ (goal - likely / among[group] * (heed / heed.sum())[group])
        away = weights - towards
        fit = goal @ (utility - np.log(among)[group])
        return float(ridge * away @ away - fit), 2 * ridge * away - gradient

    found = minimize(
        loss,
        towards,
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * count,
        options={"maxiter": 300},
    )
    return np.asarray(found.x / spread)
