"""Diversity of regions and ubiquity of sectors: the sums of the presence matrix."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.relatedness.inputs import Matrix, binary


def diversity(presence: ArrayLike) -> Matrix:
    """In how many sectors each region is specialised.

    Formula   k[r] = sum over i of M[r, i]
    Unit      sectors
    Takes     presence: regions x sectors of 0 and 1
    Gives     one number for each region; 0 where it is specialised in nothing
    Errors    WrongShape, NotFinite, NotNumeric, NothingGiven.
    Source    C. A. Hidalgo and R. Hausmann (2009) "The building blocks of economic complexity",
              PNAS 106.

    >>> diversity([[1, 1, 0], [1, 0, 0]])
    array([2., 1.])
    """
    return np.asarray(binary(presence).sum(axis=1), np.float64)


def ubiquity(presence: ArrayLike) -> Matrix:
    """How many regions are specialised in each sector.

    Formula   k[i] = sum over r of M[r, i]
    Unit      regions
    Gives     one number for each sector; 0 where no region is specialised in it
    Else      as `diversity`

    >>> ubiquity([[1, 1, 0], [1, 0, 0]])
    array([2., 1., 0.])
    """
    return np.asarray(binary(presence).sum(axis=0), np.float64)
