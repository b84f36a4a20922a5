"""Correlation of sectors over regions."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NotFinite, TooFew, WrongShape
from hanse.engines.relatedness.inputs import Matrix, numeric


def correlations(values: ArrayLike) -> Matrix:
    """Pearson's correlation of all pairs of columns over the rows.

    Formula   r[i, j] = sum over r of z[r, i] z[r, j]
              z  columns with mean 0 and length 1
    Unit      -1..1
    Takes     regions x sectors; rows that are NaN throughout (empty regions) are left out
    Gives     a symmetric square matrix; 1 on the diagonal
    Unknown   NaN for columns that hold a NaN or are the same in every region.
    Errors    TooFew for fewer than two rows; NotFinite for infinite values; WrongShape; NotNumeric.
    Error     float64 throughout, columns brought to a common size first; about 2**-50.

    >>> correlations([[1, 3, 5], [2, 2, 5], [3, 1, 5]]).round(12)
    array([[ 1., -1., nan],
           [-1.,  1., nan],
           [nan, nan, nan]])
    """
    lines = numeric(values, "the matrix").astype(np.float64)
    if lines.ndim != 2:  # noqa: PLR2004 -- rows and columns
        raise WrongShape(f"the matrix has {lines.ndim} dimensions, not regions x sectors")
    if np.isinf(lines).any():
        row, column = np.argwhere(np.isinf(lines))[0]
        raise NotFinite(f"the matrix is infinite at row {row}, column {column}")
    lines = lines[~np.isnan(lines).all(axis=1)]
    if len(lines) < 2:  # noqa: PLR2004 -- nothing to correlate
        raise TooFew("a correlation over regions needs two that are not empty")
    varied = lines.max(axis=0) > lines.min(axis=0)  # False where NaN
    with np.errstate(invalid="ignore", divide="ignore", under="ignore"):
        lines /= np.abs(lines).max(axis=0)  # 1e200 squared would not be a number
        lines -= lines.mean(axis=0)
        length = np.sqrt((lines * lines).sum(axis=0))
        lines /= np.where(varied & (length > 0), length, np.nan)
        together = np.clip(lines.T @ lines, -1, 1)
    np.fill_diagonal(together, np.where(np.isnan(together.diagonal()), np.nan, 1.0))
    return together
