"""Proximity by correlation: how alike the location quotients of two sectors are over regions."""

from numpy.typing import ArrayLike

from hanse.engines.relatedness.correlation import correlations
from hanse.engines.relatedness.inputs import Matrix


def correlation_proximity(quotients: ArrayLike) -> Matrix:
    """Correlation of sectors over regions, moved to 0..1.

    Formula   phi[i, j] = (1 + r[i, j]) / 2
              r  Pearson's correlation of LQ[., i] and LQ[., j] over the regions
    Unit      0..1; 1/2 = not correlated
    Takes     quotients: regions x sectors, as `location_quotients` gives them; regions without
              any quotient (empty ones) are left out
    Gives     a symmetric square matrix; 1 on the diagonal
    Unknown   NaN for sectors that are empty or the same in every region.
    Errors    as `correlations`
    Source    py-ecomplexity, continuous=True.
    Error     as `correlations`

    >>> correlation_proximity([[1, 3], [2, 2], [3, 1]]).round(12)
    array([[1., 0.],
           [0., 1.]])
    """
    return (1 + correlations(quotients)) / 2
