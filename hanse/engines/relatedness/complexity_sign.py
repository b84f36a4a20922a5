"""Which end of ECI is the complex one: an eigenvector itself does not say."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NotFinite, WrongShape
from hanse.engines.relatedness.inputs import Matrix, Presence, numeric

NOTHING = 1e-12  # correlations that are zero but for rounding


def complexity_sign(present: Presence, eci: Matrix, towards: Matrix | None) -> tuple[int, bool]:
    """+1 or -1, and whether anything decided it.

    The first of these with which ECI correlates at all: `towards` where given, diversity, the
    average ubiquity of a region's sectors (turned round). Else the largest value is positive.

    Takes     present: regions x sectors; eci: NaN where not defined
    """
    diversity = present.sum(axis=1, dtype=np.float64)
    ubiquity = present.sum(axis=0, dtype=np.float64)
    rare = -np.asarray(present @ ubiquity) / np.maximum(diversity, 1)
    for figure in (towards, diversity, rare):
        if figure is None:
            continue
        known = ~np.isnan(eci) & ~np.isnan(figure)
        together = _correlation(figure[known], eci[known])
        if abs(together) > NOTHING:
            return (1 if together > 0 else -1), True
    top = int(np.nanargmax(np.abs(eci)))
    return (1 if eci[top] > 0 else -1), False


def direction(towards: ArrayLike | None, regions: int) -> Matrix | None:
    """A number for each region, NaN where not known, that complexity is to rise with.

    Errors    WrongShape, NotFinite, NotNumeric.
    """
    if towards is None:
        return None
    figure = numeric(towards, "towards").astype(np.float64)
    if figure.shape != (regions,):
        raise WrongShape(f"towards has shape {figure.shape}, not ({regions},)")
    if np.isinf(figure).any():
        raise NotFinite(f"towards is infinite at {int(np.flatnonzero(np.isinf(figure))[0])}")
    return figure


def _correlation(left: Matrix, right: Matrix) -> float:
    if not left.size:
        return 0.0
    left, right = left - left.mean(), right - right.mean()
    length = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / length if length > 0 else 0.0
