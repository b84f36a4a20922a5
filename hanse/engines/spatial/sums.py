"""Sums of weights that the moments of every global statistic are made of."""

from dataclasses import dataclass

import numpy as np

from hanse.engines.faults import UnknownConvention
from hanse.engines.spatial.weights import Weights

COUNTS = ("all", "connected")
PRESETS = {"esda": "all", "spdep": "connected"}


@dataclass(frozen=True)
class WeightSums:
    """n units counted; s0 sum of w; s1 sum of (w_ij + w_ji)**2 / 2; s2 of (w_i. + w_.i)**2."""

    n: float
    s0: float
    s1: float
    s2: float


def weight_sums(weights: Weights, count: str | None, like: str | None) -> WeightSums:
    """The sums of some weights.

    count     "all" units (default), or the "connected" ones alone, those with neighbours
    like      "esda": all;  "spdep": connected
    Raises    UnknownConvention
    """
    if like is not None and like not in PRESETS:
        raise UnknownConvention(f"like {like!r}; there are {', '.join(PRESETS)}")
    which = count or PRESETS.get(like or "", "all")
    if which not in COUNTS:
        raise UnknownConvention(f"count {which!r}; there are {', '.join(COUNTS)}")
    matrix = weights.matrix
    both = matrix + matrix.T
    out = np.bincount(weights.rows, weights=weights.values, minlength=weights.n)
    into = np.bincount(weights.neighbours, weights=weights.values, minlength=weights.n)
    counted = weights.n if which == "all" else int((~weights.isolated).sum())
    return WeightSums(
        n=float(counted),
        s0=float(weights.values.sum()),
        s1=float((both.data**2).sum() / 2),
        s2=float(((out + into) ** 2).sum()),
    )
