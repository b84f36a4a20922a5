"""Proximity by correlation: how alike the location quotients of two sectors are over regions."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NotFinite, TooFew, WrongShape
from hanse.engines.relatedness.inputs import Matrix, numeric


def correlation_proximity(quotients: ArrayLike) -> Matrix:
    """Correlation of sectors over regions, moved to 0..1.

    Formula   phi[i, j] = (1 + r[i, j]) / 2
              r  Pearson's correlation of LQ[., i] and LQ[., j] over the regions
    Unit      0..1; 1/2 = not correlated
    Takes     quotients: regions x sectors, as `location_quotients` gives them; regions without
              any quotient (empty ones) are left out
    Gives     a symmetric square matrix; 1 on the diagonal
    Unknown   NaN for sectors that are empty or the same in every region.
    Errors    TooFew for fewer than two regions; NotFinite; WrongShape; NotNumeric.
    Source    py-ecomplexity, continuous=True.
    Error     float64 throughout; about 2**-50.

    >>> correlation_proximity([[1, 3], [2, 2], [3, 1]]).round(12)
    array([[1., 0.],
           [0., 1.]])
    """
    values = numeric(quotients, "the quotients").astype(np.float64)
    if values.ndim != 2:  # noqa: PLR2004 -- rows and columns
        raise WrongShape(f"the quotients have {values.ndim} dimensions, not regions x sectors")
    if np.isinf(values).any():
        raise NotFinite("the quotients hold an infinite value")
    values = values[~np.isnan(values).all(axis=1)]
    if len(values) < 2:  # noqa: PLR2004 -- nothing to correlate
        raise TooFew("a correlation over regions needs two that are not empty")
    varied = values.max(axis=0) > values.min(axis=0)  # False where NaN
    with np.errstate(invalid="ignore"):
        values -= values.mean(axis=0)
        length = np.sqrt((values * values).sum(axis=0))
        values /= np.where(varied, length, np.nan)
    near = np.clip((1 + values.T @ values) / 2, 0, 1)
    np.fill_diagonal(near, np.where(varied, 1.0, np.nan))
    return near
