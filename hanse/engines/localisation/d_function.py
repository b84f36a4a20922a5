"""D of Diggle and Chetwynd: are the cases more clustered than the controls around them?"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.localisation.k_function import k_function
from hanse.engines.localisation.points import Floats, checked_points, of_type
from hanse.engines.localisation.window import Window


def d_function(
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    window: Window,
    cases: Any,
    controls: Any = None,
    *,
    intertype: bool = False,
    correction: str | None = None,
    like: str | None = None,
    threads: int | None = None,
) -> Floats:
    """K of the cases less K of the controls; 0 where cases are placed like controls.

    Formula   D(r) = K_cases(r) - K_controls(r)
    Unit      unit of distance, squared
    Takes     what `k_function` takes; controls: a type, or None for all points that are no cases
    intertype compare with controls around cases instead of controls around controls
    Unknown   NaN where one of the two K is.
    Raises    faults of `k_function`
    Source    P. J. Diggle & A. G. Chetwynd (1991) "Second-order analysis of spatial clustering for
              inhomogeneous populations", Biometrics 47.
    """
    size = checked_points(x, y)[0].size
    is_case = of_type(types, size, cases, least=2)
    is_control = ~is_case if controls is None else of_type(types, size, controls)
    roles = np.where(is_case, 1, np.where(is_control, 2, 0))
    first = k_function(x, y, roles, r, window, 1, correction=correction, like=like, threads=threads)
    second = k_function(
        x,
        y,
        roles,
        r,
        window,
        1 if intertype else 2,
        2,
        correction=correction,
        like=like,
        threads=threads,
    )
    return first - second
