"""Difference in differences: what changed where a policy was, beyond what changed elsewhere."""

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hanse.engines import faults
from hanse.engines.evaluation.panel import Mask, Panel, check_alpha, check_start, panel_of

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """The effect, how sure it is, and how the gap ran before (which should be near zero).

    effect           in units of the outcome
    standard_error   clusters by unit; NaN with one treated unit
    gaps             periods; treated minus control mean, less its mean before the start
    band_low, band_high   periods; where `1 - alpha` of the placebos' gaps lie
    placebo_p        share of placebos with an effect at least as large, the real one counted
    placebos         how many, and whether these are all there are (`is_exhaustive`)
    """

    effect: float
    standard_error: float
    gaps: Vector
    band_low: Vector
    band_high: Vector
    placebo_p: float
    placebos: int
    is_exhaustive: bool
    seed: int


def difference_in_differences(
    outcome: Any,
    treated: Any,
    start: int,
    *,
    placebos: int = 999,
    alpha: float = 0.05,
    seed: int = 1,
) -> Difference:
    """Effect of a policy on the treated units from period `start` on, with placebo bands.

    Formula   effect = (mean of treated after - before) - (mean of control after - before)
              standard error = sqrt(s_T**2 / n_T + s_C**2 / n_C), s the standard deviation of the
              units' own differences after - before (so that a unit counts once however long its
              series is)
    Placebos  as many control units as were treated are called treated, the others control, drawn
              without the treated ones; all such choices where there are no more than `placebos`
    Unit      that of the outcome
    Takes     outcome units x periods; treated, a truth value a unit; start, the first period with
              the policy, counted from 0
    Errors    WrongShape, NotFinite, TooFew (no treated unit; fewer controls than twice the treated)
    Assumes   parallel trends: look at `gaps` before the start
    Source    O. Ashenfelter, D. Card (1985); M. Bertrand, E. Duflo, S. Mullainathan (2004) "How
              much should we trust differences-in-differences estimates?", QJE 119 (collapsing to
              before and after; placebo laws).

    >>> series = [[1, 1, 5, 5], [1, 1, 2, 2], [3, 3, 4, 4], [0, 0, 1, 1]]
    >>> found = difference_in_differences(series, [True, False, False, False], 2)
    >>> found.effect, found.placebos
    (3.0, 3)
    """
    panel = panel_of(outcome)
    mask = np.asarray(treated, dtype=bool)
    if mask.shape != (len(panel),):
        raise faults.WrongShape("`treated` needs one truth value a unit.")
    check_start(panel, start)
    check_alpha(alpha)
    if placebos < 1:
        raise faults.TooFew(f"{placebos} placebos; at least 1 needed")
    many = int(mask.sum())
    control = panel[~mask]
    if not many or len(control) < 2 * many:
        raise faults.TooFew(
            f"{many} treated and {len(control)} control units: at least one treated and twice as "
            "many controls are needed."
        )
    gaps = _gaps(panel, mask, start)
    changes = panel[:, start:].mean(axis=1) - panel[:, :start].mean(axis=1)
    draws, is_exhaustive = _choices(len(control), many, placebos, seed)
    drawn = np.stack([_gaps(control, draw, start) for draw in draws])
    effect = float(changes[mask].mean() - changes[~mask].mean())
    effects = drawn[:, start:].mean(axis=1)
    as_large = int((np.abs(effects) >= abs(effect) * (1 - 1e-12)).sum())
    low, high = np.quantile(drawn, [alpha / 2, 1 - alpha / 2], axis=0)
    return Difference(
        effect=effect,
        standard_error=_standard_error(changes[mask], changes[~mask]),
        gaps=gaps,
        band_low=low,
        band_high=high,
        placebo_p=(as_large + 1) / (len(draws) + 1),
        placebos=len(draws),
        is_exhaustive=is_exhaustive,
        seed=seed,
    )


def _gaps(panel: Panel, mask: Mask, start: int) -> Vector:
    gap = panel[mask].mean(axis=0) - panel[~mask].mean(axis=0)
    centred: Vector = gap - gap[:start].mean()
    return centred


def _choices(units: int, many: int, most: int, seed: int) -> tuple[list[Mask], bool]:
    """Which control units are called treated: all choices where they are few, else drawn."""
    if comb(units, many) <= most:
        return [_mask(units, one) for one in combinations(range(units), many)], True
    random = np.random.Generator(np.random.PCG64(seed))
    return [_mask(units, random.choice(units, many, replace=False)) for _ in range(most)], False


def _mask(units: int, chosen: Any) -> Mask:
    mask = np.zeros(units, dtype=bool)
    mask[np.asarray(chosen)] = True
    return mask


def _standard_error(treated: Vector, control: Vector) -> float:
    if len(treated) < 2:  # noqa: PLR2004
        return float("nan")
    return float(np.sqrt(treated.var(ddof=1) / len(treated) + control.var(ddof=1) / len(control)))
