"""Entry and exit: in which sectors regions became specialised, and in which no longer are."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.inputs import Matrix, Presence, binary


def entries(before: ArrayLike, after: ArrayLike) -> Matrix:
    """Whether a region entered a sector: absent before, present after.

    Formula   E[r, i] = after[r, i] where before[r, i] = 0
    Unit      1 entered, 0 did not
    Takes     two presence matrices, regions x sectors of 0 and 1, of the same units in the same
              order
    Unknown   NaN where the region was present before: it cannot enter.
    Errors    WrongShape for different shapes or other values; NotFinite, NotNumeric, NothingGiven.
    Source    R. Boschma, P.-A. Balland and D. F. Kogler (2015) "Relatedness and technological
              change in cities", Industrial and Corporate Change 24; EconGeo, `entry_mat`.

    >>> entries([[0, 0, 1]], [[1, 0, 0]])
    array([[ 1.,  0., nan]])
    """
    first, last = _both(before, after)
    return np.where(first, np.nan, last.astype(np.float64))


def exits(before: ArrayLike, after: ArrayLike) -> Matrix:
    """Whether a region left a sector: present before, absent after.

    Formula   X[r, i] = 1 - after[r, i] where before[r, i] = 1
    Unit      1 left, 0 stayed
    Unknown   NaN where the region was absent before: it cannot leave.
    Source    as `entries`; EconGeo, `exit_mat`.

    >>> exits([[0, 1, 1]], [[1, 0, 1]])
    array([[nan,  1.,  0.]])
    """
    first, last = _both(before, after)
    return np.where(first, (~last).astype(np.float64), np.nan)


def _both(before: ArrayLike, after: ArrayLike) -> tuple[Presence, Presence]:
    first, last = binary(before, "the matrix before"), binary(after, "the matrix after")
    if first.shape != last.shape:
        raise WrongShape(f"before is {first.shape} and after {last.shape}")
    return first, last
