"""False discovery rate: which of many p-values still say something?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import UnknownConvention, WrongShape
from hanse.engines.spatial.weights import Floats, numbers

PROCEDURES = ("benjamini_hochberg", "benjamini_yekutieli")


@dataclass(frozen=True)
class FalseDiscovery:
    """Adjusted p-values, and whether each hypothesis is rejected at the rate asked for."""

    adjusted: Floats
    rejected: NDArray[np.bool_]


def false_discovery(
    p: ArrayLike, *, rate: float = 0.05, procedure: str = "benjamini_hochberg"
) -> FalseDiscovery:
    """Adjust p-values of many units so that of those rejected a share `rate` is wrong on average.

    Formula   adjusted_(k) = min over l >= k of min(1, c m p_(l) / l), p_(1) <= ... <= p_(m)
              c = 1, or the sum of 1 / k for k up to m
    procedure "benjamini_hochberg": p-values independent or positively dependent, as those of
              neighbours are; "benjamini_yekutieli": any dependence
    Unknown   NaN where p is NaN: such units are not tests, m does not count them.
    Raises    WrongShape (a p-value outside of 0 to 1, a rate not between), UnknownConvention
    Source    Y. Benjamini & Y. Hochberg (1995) JRSS B 57; Y. Benjamini & D. Yekutieli (2001) Annals
              of Statistics 29.

    >>> false_discovery([0.01, 0.04, 0.03, 0.5]).adjusted.round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    if procedure not in PROCEDURES:
        raise UnknownConvention(f"procedure {procedure!r}; there are {', '.join(PROCEDURES)}")
    if not 0 < rate < 1:
        raise WrongShape(f"rate: {rate}; above 0 and below 1")
    values = numbers("p", p)
    known = ~np.isnan(values)
    given = values[known]
    if ((given < 0) | (given > 1)).any():
        raise WrongShape("a p-value lies outside of 0 to 1")
    ranks = np.arange(1, given.size + 1)
    factor = 1.0 if procedure == PROCEDURES[0] else float((1 / ranks).sum())
    order = np.argsort(given, kind="stable")
    steps = factor * given.size * given[order] / ranks
    adjusted = np.full(values.shape, np.nan)
    found = np.empty(given.size)
    found[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1)
    adjusted[known] = found
    return FalseDiscovery(adjusted, adjusted <= rate)
