"""Envelopes of simulated curves: local bands per distance, global bands over all distances."""

from dataclasses import dataclass

import numpy as np

from hanse.engines.faults import TooFew, UnknownConvention, WrongShape
from hanse.engines.localisation.goodness_of_fit import goodness_of_fit
from hanse.engines.localisation.points import Floats

GLOBAL_BANDS = ("rank", "dropping")
PRESETS = {"dbmss": "dropping"}


@dataclass(frozen=True)
class Envelope:
    """A curve beside what a null model makes of it; arrays have one entry per distance.

    low, high       local bands: at each distance alone, the share alpha of simulations is outside
    global_low, global_high   bands that few simulated curves leave anywhere
    global_share    share of simulated curves that do leave the global bands somewhere
    p               goodness-of-fit test over all distances, where asked for
    curves          the simulated curves (simulations, distances), where asked for
    """

    r: Floats
    observed: Floats
    low: Floats
    high: Floats
    global_low: Floats
    global_high: Floats
    global_share: float
    simulations: int
    alpha: float
    seed: int
    null: str
    p: float | None = None
    curves: Floats | None = None


def local_bands(curves: Floats, alpha: float) -> tuple[Floats, Floats]:
    """Quantiles alpha / 2 and 1 - alpha / 2 of the simulated values at each distance.

    Takes     (simulations, distances)
    Formula   R's quantile type 7, as dbmss takes them: linear between the order statistics
              around 1 + (simulations - 1) * q
    Unknown   NaN at a distance where any simulation is undefined.
    Raises    WrongShape

    >>> [band.tolist() for band in local_bands(np.array([[1.0], [2.0], [3.0]]), 0.5)]
    [[1.5], [2.5]]
    """
    _checked(curves, alpha)
    low, high = np.quantile(curves, [alpha / 2, 1 - alpha / 2], axis=0)
    return low, high


def global_bands(
    curves: Floats, alpha: float, *, algorithm: str | None = None, like: str | None = None
) -> tuple[Floats, Floats, float]:
    """Bands that at most a share alpha of the simulated curves leave at any distance.

    Takes     (simulations, distances)
    Gives     low, high, and the share of simulated curves that leave them
    algorithm "rank" (default): the k-th least and k-th greatest value at every distance, with the
              greatest k that keeps the share at or below alpha. One local level for all distances,
              as Duranton & Overman (2005) look for; with few simulations k = 1 and the share is 0.
              "dropping": all curves that are extreme anywhere are dropped, again and again,
              until at most (1 - alpha) are kept; then the last step is interpolated.
    like      "dbmss": dropping, with its interpolation
    Unknown   NaN at a distance where any simulation is undefined; such distances do not count.
    Raises    WrongShape, UnknownConvention, TooFew (dropping leaves no curve)
    Source    G. Duranton & H. G. Overman (2005) Review of Economic Studies 72; M. Myllymäki et al.
              (2017) "Global envelope tests for spatial processes", JRSS B 79 (rank envelope).
    """
    _checked(curves, alpha)
    if like is not None and like not in PRESETS:
        raise UnknownConvention(f"like {like!r}; there is {', '.join(PRESETS)}")
    chosen = algorithm or PRESETS.get(like or "", "rank")
    if chosen not in GLOBAL_BANDS:
        raise UnknownConvention(f"global bands {chosen!r}; there are {', '.join(GLOBAL_BANDS)}")
    known = ~np.isnan(curves).any(axis=0)
    low, high = np.full((2, curves.shape[1]), np.nan)
    if not known.any():
        return low, high, np.nan
    kept = np.ascontiguousarray(curves[:, known])
    low[known], high[known] = (_ranked if chosen == "rank" else _dropped)(kept, alpha)
    outside = ((kept < low[known]) | (kept > high[known])).any(axis=1)
    return low, high, float(outside.mean())


def envelope(
    r: Floats,
    observed: Floats,
    curves: Floats,
    *,
    alpha: float,
    seed: int,
    null: str,
    algorithm: str | None = None,
    like: str | None = None,
    test: bool = False,
    keep: bool = False,
) -> Envelope:
    """Put an observed curve, its simulated curves and their bands together.

    test      also the goodness-of-fit p-value;  keep: also the curves themselves
    """
    low, high = local_bands(curves, alpha)
    global_low, global_high, share = global_bands(curves, alpha, algorithm=algorithm, like=like)
    return Envelope(
        r=r,
        observed=observed,
        low=low,
        high=high,
        global_low=global_low,
        global_high=global_high,
        global_share=share,
        simulations=curves.shape[0],
        alpha=alpha,
        seed=seed,
        null=null,
        p=goodness_of_fit(r, observed, curves) if test else None,
        curves=curves if keep else None,
    )


def _checked(curves: Floats, alpha: float) -> None:
    if curves.ndim != 2 or not curves.shape[0]:  # noqa: PLR2004 -- simulations by distances
        raise WrongShape(f"simulated curves of shape {curves.shape}; (simulations, distances)")
    if not 0 < alpha < 1:
        raise WrongShape(f"alpha: {alpha}; above 0 and below 1")


def _ranked(curves: Floats, alpha: float) -> tuple[Floats, Floats]:
    count = curves.shape[0]
    ordered = np.sort(curves, axis=0)
    # How far from the nearer end a curve stands, at its worst; ties take the better rank, so that
    # a curve at a band is not outside of it.
    extreme = np.full(count, count)
    for column in range(curves.shape[1]):
        below = np.searchsorted(ordered[:, column], curves[:, column], side="right")
        above = count - np.searchsorted(ordered[:, column], curves[:, column], side="left")
        extreme = np.minimum(extreme, np.minimum(below, above))
    allowed = int(np.floor(alpha * count + 1e-9))
    rank = min(int(np.sort(extreme)[min(allowed, count - 1)]), (count + 1) // 2)
    return ordered[rank - 1], ordered[count - rank]


def _dropped(curves: Floats, alpha: float) -> tuple[Floats, Floats]:
    count = curves.shape[0]
    target = (1 - alpha) * count
    kept = curves
    before = kept.min(axis=0), kept.max(axis=0)
    now = before
    while kept.shape[0] > target:
        before = now
        extreme = np.concatenate([kept.argmin(axis=0), kept.argmax(axis=0)])
        kept = np.delete(kept, extreme, axis=0)
        if not kept.shape[0]:
            raise TooFew(f"{count} simulations; every curve is extreme somewhere, more are needed")
        now = kept.min(axis=0), kept.max(axis=0)
    step = (target - kept.shape[0]) / count
    return now[0] + (before[0] - now[0]) * step, now[1] + (before[1] - now[1]) * step
