"""Income content of sectors and of regions (PRODY and EXPY)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import NotFinite, NothingGiven, WrongShape
from hanse.engines.relatedness.inputs import Matrix, counts, numeric
from hanse.engines.relatedness.location_quotient import location_quotients


class IncomeContent(NamedTuple):
    """`sectors` is PRODY, the income that goes with a sector; `regions` is EXPY."""

    sectors: Matrix
    regions: Matrix


def income_content(x: ArrayLike, income: ArrayLike) -> IncomeContent:
    """The income of the regions that specialise in a sector, and that of a region's own mix.

    Formula   PRODY[i] = sum over r of LQ[r, i] g[r] / sum over r of LQ[r, i]
              EXPY[r]  = sum over i of x[r, i] / R[r] * PRODY[i]
              LQ  location quotients      g  income for each head      R  total of the region
    Unit      that of the income
    Takes     x: regions x sectors; income: one number for each region, NaN where not known: the
              region is then left out before anything is summed
    Gives     PRODY for each sector, EXPY for each region
    Unknown   NaN for an empty sector, an empty region, and a region whose income is not known.
    Errors    NegativeValue, NotFinite, NotNumeric, WrongShape; NothingGiven where no income is
              known or nothing is counted where it is.
    Source    R. Hausmann, J. Hwang and D. Rodrik (2007) "What you export matters", Journal of
              Economic Growth 12; EconGeo, `prody` and `expy`; economiccomplexity,
              `productivity_levels`.

    >>> income_content([[1, 1], [0, 2]], [10, 20]).sectors
    array([10.        , 16.66666667])
    """
    matrix = counts(x)
    line = numeric(income, "the income").astype(np.float64)
    if line.shape != (matrix.shape[0],):
        raise WrongShape(f"the income has shape {line.shape}, not ({matrix.shape[0]},)")
    if np.isinf(line).any():
        raise NotFinite(f"the income is infinite at {int(np.flatnonzero(np.isinf(line))[0])}")
    known = ~np.isnan(line)
    if not known.any():
        raise NothingGiven("the income is known of no region")
    here = matrix[known]
    quotients = location_quotients(here, empty="zero")
    weight = quotients.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        prody = line[known] @ quotients / weight
        share = here / here.sum(axis=1, dtype=np.float64)[:, None]
    expy = np.full(matrix.shape[0], np.nan)
    expy[known] = share @ np.where(weight > 0, prody, 0.0)
    return IncomeContent(prody, expy)
