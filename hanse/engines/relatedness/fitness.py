"""Fitness of regions and complexity of sectors: the non-linear iteration of Tacchella et al."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.inputs import Matrix, binary


class Fitness(NamedTuple):
    """Fitness of regions and complexity of sectors, each with mean 1; `change` of the last step.

    `change` is the largest relative change of a region's fitness in the last iteration: a figure
    that has not come to rest shows here.
    """

    regions: Matrix
    sectors: Matrix
    change: float


def fitness(presence: ArrayLike, *, iterations: int = 20, extremality: float = 1.0) -> Fitness:
    """Regions are fit that have many complex sectors; sectors are complex that unfit regions lack.

    Formula   F[r] = sum over i of M[r, i] Q[i]                      both then divided by their
              Q[i] = (sum over r of M[r, i] F[r]**-e)**(-1 / e)      mean, from F = Q = 1
              both from the values of the iteration before
    Unit      none; the mean is 1
    Takes     presence: regions x sectors of 0 and 1; iterations: at least 1, how often the
              values are renewed (economiccomplexity counts the start too: its 20 are 19 here);
              extremality: e, above 0
    Gives     values of regions and sectors, and the last change
    Unknown   NaN for a region without sectors and a sector without regions.
    Errors    WrongShape for iterations below 1, extremality not above 0, values not 0 or 1;
              NotFinite, NotNumeric, NothingGiven.
    Source    A. Tacchella, M. Cristelli, G. Caldarelli, A. Gabrielli and L. Pietronero (2012)
              "A new metrics for countries' fitness and products' complexity", Scientific
              Reports 2. With some matrices the fitness of regions tends to zero and no limit is
              reached (E. Pugliese, A. Zaccaria and L. Pietronero 2016): see `change`.

    >>> fitness([[1, 1], [1, 0]], iterations=1).regions
    array([1.33333333, 0.66666667])
    """
    if iterations < 1:
        raise WrongShape(f"iterations={iterations} is below 1")
    if not extremality > 0:
        raise WrongShape(f"extremality={extremality} is not above 0")
    present = binary(presence)
    regions, sectors = np.asarray(present.any(axis=1)), np.asarray(present.any(axis=0))
    fit, complexity = np.full(len(regions), np.nan), np.full(len(sectors), np.nan)
    if not regions.any():
        return Fitness(fit, complexity, np.nan)
    whole = present[regions][:, sectors].astype(np.float64)
    here, there = np.ones(whole.shape[0]), np.ones(whole.shape[1])
    for _ in range(iterations):
        before = here
        with np.errstate(divide="ignore", over="ignore", under="ignore"):
            lack = whole.T @ (1 / before) ** extremality
            here, there = whole @ there, (1 / lack) ** (1 / extremality)
        here, there = here / here.mean(), there / there.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        change = float(np.max(np.abs(here / before - 1)))
    fit[regions], complexity[sectors] = here, there
    return Fitness(fit, complexity, change)
