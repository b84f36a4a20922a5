"""A panel of series: units x periods, whole or refused."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hanse.engines import faults

Panel = NDArray[np.float64]
Mask = NDArray[np.bool_]


def panel_of(outcome: Any) -> Panel:
    """The outcome as float64, units x periods.

    Errors    WrongShape, NotFinite: a gap in a series is not filled here; leave the unit out.

    >>> panel_of([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    panel = np.asarray(outcome, dtype=np.float64)
    if panel.ndim != 2:  # noqa: PLR2004
        raise faults.WrongShape(f"A panel is units x periods, not {panel.ndim}-d.")
    if not np.isfinite(panel).all():
        rows = np.flatnonzero(~np.isfinite(panel).all(axis=1))[:5].tolist()
        raise faults.NotFinite(f"Series with gaps in rows {rows}; leave these units out.")
    return panel


def check_alpha(alpha: float) -> None:
    """The share of placebos outside of a band lies between 0 and 1."""
    if not 0 < alpha < 1:
        raise faults.WrongShape(f"alpha: {alpha}; above 0 and below 1")


def check_start(panel: Panel, start: int) -> None:
    """The policy must begin after the first and not after the last period."""
    if not 0 < start < panel.shape[1]:
        raise faults.TooFew(
            f"The policy starts in period {start} of {panel.shape[1]}: a period before and one "
            "from then on are needed."
        )
