"""Synthetic control: the mix of other units that ran as the treated one did, until the policy."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from hanse.engines import faults
from hanse.engines.evaluation.panel import Panel, check_alpha, check_start, panel_of

Vector = NDArray[np.float64]
PRE_FIT = 5.0


@dataclass(frozen=True)
class SyntheticControl:
    """The weights of the donors, the gap to their mix, and the same done to each donor as placebo.

    weights    donors; 0 or more, sum 1
    synthetic  periods; the mix;  gaps  periods; treated minus mix
    fit        root mean square gap before the start; `ratio` after / before
    placebo_p  share of units (the treated one too) whose ratio is at least as large
    band_low, band_high   periods; quantiles of the gaps of placebos that fitted at most `pre_fit`
               times as badly as the treated unit; NaN where there are none; `placebos` how many
    """

    weights: Vector
    synthetic: Vector
    gaps: Vector
    fit: float
    ratio: float
    placebo_p: float
    band_low: Vector
    band_high: Vector
    placebos: int


def synthetic_control(
    treated: Any, donors: Any, start: int, *, alpha: float = 0.1, pre_fit: float = PRE_FIT
) -> SyntheticControl:
    """A unit's series against the mix of donors that comes nearest to it before period `start`.

    Formula   weights = argmin of sum over t < start of (y_t - sum over j of w_j x_jt)**2,
              w_j >= 0, sum of w_j = 1; the predictors are the outcomes before the start
    Method    exact: with A = donors - treated before the start, the non-negative least squares
              solution of [A; 1] v = [0; 1] is a multiple of the weights
    Placebos  the same for each donor against the other donors
    Takes     treated, periods; donors, units x periods, none of them under the policy
    Errors    WrongShape, NotFinite, TooFew (less than two donors)
    Source    A. Abadie, J. Gardeazabal (2003) AER 93; A. Abadie, A. Diamond, J. Hainmueller (2010)
              "Synthetic control methods for comparative case studies", JASA 105.

    >>> donors = [[1, 2, 3, 4], [3, 4, 5, 6], [9, 1, 9, 1]]
    >>> found = synthetic_control([2, 3, 4, 9], donors, 3)
    >>> found.weights.round(6).tolist(), round(float(found.gaps[3]), 6)
    ([0.5, 0.5, 0.0], 4.0)
    """
    series = panel_of(np.atleast_2d(np.asarray(treated, dtype=np.float64)))[0]
    pool = panel_of(donors)
    if pool.shape[1] != len(series):
        raise faults.WrongShape("Donors and the treated unit need the same periods.")
    if len(pool) < 2:  # noqa: PLR2004
        raise faults.TooFew("A synthetic control needs two donors.")
    check_start(pool, start)
    check_alpha(alpha)
    weights = _weights(series, pool, start)
    gaps = series - weights @ pool
    before, after = _spread(gaps[:start]), _spread(gaps[start:])
    others = np.stack([_gaps_of_donor(pool, place, start) for place in range(len(pool))])
    fits = np.sqrt((others[:, :start] ** 2).mean(axis=1))
    ratios = _ratio(np.sqrt((others[:, start:] ** 2).mean(axis=1)), fits)
    ratio = float(_ratio(np.array([after]), np.array([before]))[0])
    kept = others[fits <= pre_fit * before] if before else others
    band = (
        np.quantile(kept, [alpha / 2, 1 - alpha / 2], axis=0)
        if len(kept)
        else np.full((2, len(series)), np.nan)
    )
    return SyntheticControl(
        weights=weights,
        synthetic=weights @ pool,
        gaps=gaps,
        fit=before,
        ratio=ratio,
        placebo_p=float((1 + (ratios >= ratio).sum()) / (1 + len(pool))),
        band_low=band[0],
        band_high=band[1],
        placebos=len(kept),
    )


def _weights(series: Vector, pool: Panel, start: int) -> Vector:
    away = (pool[:, :start] - series[:start]).T
    # Without a common scale the row that asks for the sum would outweigh the fit, or drown in it.
    scale = np.abs(away).max() or 1.0
    found, _ = nnls(np.vstack([away / scale, np.ones(len(pool))]), np.append(np.zeros(start), 1.0))
    weights: Vector = found / found.sum()
    return weights


def _gaps_of_donor(pool: Panel, place: int, start: int) -> Vector:
    others = np.delete(pool, place, axis=0)
    gaps: Vector = pool[place] - _weights(pool[place], others, start) @ others
    return gaps


def _spread(gaps: Vector) -> float:
    return float(np.sqrt((gaps**2).mean()))


def _ratio(after: Vector, before: Vector) -> Vector:
    """A unit that fits perfectly before has an endless ratio, unless it fits after, too."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Vector = np.where(before > 0, after / before, np.where(after > 0, np.inf, 0.0))
    return ratio
