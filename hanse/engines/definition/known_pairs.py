"""Correlation of industries over the regions where both are known."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NegativeValue, NotFinite, NothingGiven, WrongShape
from hanse.engines.relatedness.inputs import Matrix, numeric

LEAST = 10  # regions: of fewer, a correlation says little and three always lie near a line


def correlation_where_known(x: ArrayLike, *, least: int = LEAST) -> Matrix:
    """Locational correlation of industries whose figures are partly confidential.

    Formula   LC[i, j] = correlation over the regions r where x[r, i] and x[r, j] are both known
    Unit      -1..1
    Takes     x: regions x industries of counts, NaN where a figure is not known; least: in how
              many regions a pair must be known, 3 and more
    Gives     a symmetric square matrix; 1 on the diagonal. The same as `locational_correlation`
              where everything is known.
    Unknown   NaN for a pair known together in too few regions, or the same in all of those.
    Conventions  Large figures are rarely confidential: what is left out is not left out by
              chance, and correlations of small industries rest on their larger regions.
    Errors    NegativeValue, NotFinite, NotNumeric, WrongShape, NothingGiven.
    Source    pairwise deletion, the platform's way with suppressed cells.
    Error     float64, columns centred by their known mean first; about 2**-45.

    >>> x = [[1, 2], [2, 4], [3, 6], [4, float("nan")]]
    >>> correlation_where_known(x, least=3).round(12)
    array([[1., 1.],
           [1., 1.]])
    """
    values = numeric(x, "the matrix").astype(np.float64)
    if values.ndim != 2 or least < 3:  # noqa: PLR2004 -- rows and columns; two lie on a line
        raise WrongShape(f"the matrix is {values.shape} and least={least}")
    if np.isinf(values).any():
        raise NotFinite("the matrix holds an infinite value")
    if (values < 0).any():
        raise NegativeValue(f"the matrix has {np.nanmin(values)}")
    known = ~np.isnan(values)
    if not known.any():
        raise NothingGiven("no figure is known")
    k = known.astype(np.float64)
    values[~known] = 0
    size = np.maximum(k.sum(axis=0), 1)
    values -= values.sum(axis=0) / size
    values /= np.maximum(np.abs(values).max(axis=0), np.finfo(np.float64).tiny)
    values[~known] = 0
    together = k.T @ k
    sums = values.T @ k  # [i, j]: of i where j is known too
    squares = (values * values).T @ k
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = squares - sums * sums / together
        cross = values.T @ values - sums * sums.T / together
        # Below the rounding of the subtraction there is no variation left.
        spread = np.where(spread > 1e-12 * np.maximum(squares, 1e-300), spread, np.nan)
        near = np.clip(cross / np.sqrt(spread * spread.T), -1, 1)
    near[together < least] = np.nan
    np.fill_diagonal(near, np.where(np.isnan(near.diagonal()), np.nan, 1.0))
    return np.asarray(near)
