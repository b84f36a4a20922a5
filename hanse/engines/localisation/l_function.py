"""L of Besag: K as a distance."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.faults import UnknownConvention, WrongShape
from hanse.engines.localisation.points import Floats, checked_distances, numbers


def l_function(
    r: ArrayLike, k: ArrayLike, *, minus_r: bool | None = None, like: str | None = None
) -> Floats:
    """Distance within which as many points would lie by chance as lie within r.

    Formula   L(r) = sqrt(K(r) / pi);  with minus_r: L(r) - r, zero by chance
    Unit      unit of distance
    Takes     increasing distances r and the values of `k_function` there
    like      "dbmss" (2.2 and later), "spatstat": r is not subtracted, as by default
    Unknown   NaN where K is.
    Raises    WrongShape, UnknownConvention
    Source    J. Besag (1977) in the discussion of Ripley, JRSS B 39.

    >>> l_function([1, 2], [np.pi, 16 * np.pi]).tolist()
    [1.0, 4.0]
    """
    if like not in {None, "dbmss", "spatstat"}:
        raise UnknownConvention(f"like {like!r}; there are dbmss, spatstat")
    distances, values = checked_distances(r), numbers("K", k)
    if values.shape != distances.shape:
        raise WrongShape(f"r has shape {distances.shape} and K {values.shape}")
    with np.errstate(invalid="ignore"):
        found: Floats = np.sqrt(values / np.pi)
    return found - distances if minus_r else found
