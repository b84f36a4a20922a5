"""Goodness of fit of a null model: one p-value over all distances of an envelope."""

import numpy as np

from hanse.engines.faults import TooFew, UnknownConvention, WrongShape
from hanse.engines.localisation.points import Floats

LEVELS = (0.025, 0.975)
SCALINGS = ("none", "studentised", "quantile", "asymmetric")
CENTRES = ("pooled", "simulated")
P_VALUES = ("exact", "share")


def goodness_of_fit(
    r: Floats,
    observed: Floats,
    curves: Floats,
    *,
    scaling: str | None = None,
    centre: str | None = None,
    p_value: str | None = None,
    like: str | None = None,
) -> float:
    """P-value of the observed curve among simulated ones, by the integral of squared departures.

    Formula   u = sum_k (s_k * (f(r_k) - mean(r_k)))**2 * (r_{k+1} - r_k)
              s     1 ("none"); 1 / standard deviation ("studentised"); 1 / distance between the
                    2.5 % and 97.5 % quantiles ("quantile"); 1 / distance of the mean to the
                    quantile on the side of the departure ("asymmetric")
    centre    "pooled": mean and scales of all curves, the observed one among them, so that curves
              that differ by chance alone are ranked by chance alone;
              "simulated": sum of the simulated curves / (simulations - 1), scales of them
    p_value   "exact": (1 + number of simulated u >= observed u) / (1 + simulations), never zero;
              "share": share of simulated u > observed u
    like      "dbmss": asymmetric, simulated, share (its GoFtest)
    Takes     r and observed (distances,), curves (simulations, distances)
    Unknown   NaN where no distance is defined in all simulations and in the observation. Distances
              undefined somewhere, or where all simulations agree and s would be infinite, are left
              out.
    Raises    WrongShape, TooFew, UnknownConvention
    Source    P. Diggle (2003) "Statistical analysis of spatial point patterns"; N. A. C. Cressie
              (1993); N. B. Loosmore & E. D. Ford (2006) Ecology 87; scalings: M. Myllymäki et al.
              (2015) Biometrics 71.
    """
    if like not in {None, "dbmss"}:
        raise UnknownConvention(f"like {like!r}; there is dbmss")
    way = scaling or ("asymmetric" if like == "dbmss" else "none")
    middle = centre or ("simulated" if like == "dbmss" else "pooled")
    counted = p_value or ("share" if like == "dbmss" else "exact")
    if way not in SCALINGS:
        raise UnknownConvention(f"scaling {way!r}; there are {', '.join(SCALINGS)}")
    if middle not in CENTRES:
        raise UnknownConvention(f"centre {middle!r}; there are {', '.join(CENTRES)}")
    if counted not in P_VALUES:
        raise UnknownConvention(f"p-value {counted!r}; there are {', '.join(P_VALUES)}")
    if observed.shape != r.shape or curves.shape[1:] != r.shape:
        raise WrongShape(f"r {r.shape}, observed {observed.shape}, curves {curves.shape}")
    simulations = curves.shape[0]
    if simulations < 2 or r.size < 2:  # noqa: PLR2004
        raise TooFew(f"{simulations} simulations at {r.size} distances; two of each are needed")
    # Each value stands for the step to the next distance; the last one has none.
    widths = np.diff(r)
    values = np.vstack([observed, curves])[:, :-1]
    pooled = middle == "pooled"
    mean = values.mean(axis=0) if pooled else values[1:].sum(axis=0) / (simulations - 1)
    compared = values if pooled else values[1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        departures = (values - mean) * _scales(values, compared, mean, way)
    known = np.isfinite(departures).all(axis=0)
    if not known.any():
        return float("nan")
    u = (departures[:, known] ** 2 * widths[known]).sum(axis=1)
    if counted == "share":
        return float((u[1:] > u[0]).mean())
    return float((1 + (u[1:] >= u[0]).sum()) / (1 + simulations))


def _scales(values: Floats, compared: Floats, mean: Floats, way: str) -> Floats:
    if way == "none":
        return np.ones_like(mean)
    if way == "studentised":
        return np.asarray(1 / compared.std(axis=0, ddof=1), float)
    low, high = np.quantile(compared, LEVELS, axis=0)
    if way == "quantile":
        return np.asarray(1 / (high - low), float)
    sided: Floats = np.where(values >= mean, 1 / (high - mean), 1 / (mean - low))
    return sided
