"""From a statistic and its moments to z and p; undefined where the moments are."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from hanse.engines.faults import UnknownConvention

ALTERNATIVES = ("two_sided", "greater", "less")


@dataclass(frozen=True)
class NormalTest:
    """z = (statistic - expected) / sqrt(variance) and its p under the normal distribution."""

    variance: float
    z: float
    p: float


def normal_test(
    statistic: float, expected: float, variance: float, alternative: str = "two_sided"
) -> NormalTest:
    """How far a statistic lies from its expectation; all NaN where the variance is not positive.

    >>> normal_test(3.0, 1.0, 4.0).z
    1.0
    """
    if alternative not in ALTERNATIVES:
        raise UnknownConvention(f"alternative {alternative!r}; there are {', '.join(ALTERNATIVES)}")
    if not (np.isfinite(variance) and variance > 0 and np.isfinite(statistic)):
        return NormalTest(np.nan, np.nan, np.nan)
    z = float((statistic - expected) / np.sqrt(variance))
    tail = {"two_sided": 2 * ndtr(-abs(z)), "greater": ndtr(-z), "less": ndtr(z)}[alternative]
    return NormalTest(float(variance), z, float(tail))
