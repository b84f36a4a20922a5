"""What a policy changed, over a table of region, period, value and treated (1 or 0, true or false).

start     the first period with the policy, as the column of periods has it
of        "effect": one row; "period": a row for each, with the gap and the placebos' band
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hanse.engines import faults, reasons
from hanse.engines.catalogue.cells import of_each_region
from hanse.engines.catalogue.rows import Column, no_reasons, table_of
from hanse.engines.evaluation import difference_in_differences, synthetic_control
from hanse.engines.regional.grid import Grid, grid
from hanse.engines.relatedness.conventions import one_of

OF = ("effect", "period")


@dataclass(frozen=True, eq=False)
class Series:
    """Units x periods, which units are treated, and the place of the first period of the policy."""

    values: NDArray[np.float64]
    periods: NDArray[np.object_]
    treated: NDArray[np.bool_]
    start: int


def differences_rows(
    rows: pa.Table,
    *,
    start: Any = None,
    of: str = "effect",
    placebos: int = 999,
    alpha: float = 0.05,
    seed: int = 1,
) -> pa.Table:
    """The effect, or the gap of each period."""
    one_of("of", of, OF)
    given = _series(rows, start)
    found = difference_in_differences(
        given.values,
        given.treated,
        given.start,
        placebos=int(placebos),
        alpha=alpha,
        seed=int(seed),
    )
    if of == "period":
        return _periods(given, found.gaps, found.band_low, found.band_high)
    columns: dict[str, Column] = {
        "effect": [found.effect],
        "standard_error": [found.standard_error],
        "placebo_p": [found.placebo_p],
        "placebos": [found.placebos],
        "is_exhaustive": [found.is_exhaustive],
    }
    return table_of({}, columns, [None], reasons.TOO_FEW)


def synthetic_rows(
    rows: pa.Table,
    *,
    start: Any = None,
    of: str = "effect",
    alpha: float = 0.1,
    pre_fit: float = 5.0,
) -> pa.Table:
    """The mean gap from the start on, or the gap of each period; one region is treated."""
    one_of("of", of, OF)
    given = _series(rows, start)
    if given.treated.sum() != 1:
        raise faults.WrongShape(
            f"{int(given.treated.sum())} regions are treated; synthetic_control needs one."
        )
    own, donors = given.values[given.treated][0], given.values[~given.treated]
    found = synthetic_control(own, donors, given.start, alpha=alpha, pre_fit=pre_fit)
    if of == "period":
        return _periods(given, found.gaps, found.band_low, found.band_high)
    columns: dict[str, Column] = {
        "effect": [float(found.gaps[given.start :].mean())],
        "fit": [found.fit],
        "ratio": [found.ratio],
        "placebo_p": [found.placebo_p],
        "placebos": [found.placebos],
    }
    return table_of({}, columns, [None], reasons.TOO_FEW)


def _series(rows: pa.Table, start: Any) -> Series:
    if start is None:
        raise faults.NothingGiven("start is needed, the first period with the policy.")
    cells = grid(rows, sector="period")
    there = rows.append_column("there", pa.array(np.ones(rows.num_rows)))
    gaps = np.argwhere(grid(there, sector="period", value="there").values == 0)
    if len(gaps):
        region, period = gaps[0]
        raise faults.NotFinite(
            f"Region {cells.regions[region]} has no row for period {cells.sectors[period]}; "
            "leave it out."
        )
    places = np.flatnonzero(cells.sectors == start)
    if not places.size:
        known = ", ".join(str(one) for one in cells.sectors)
        raise faults.UnknownConvention(f"start={start!r} is no period; periods are: {known}.")
    return Series(cells.values, cells.sectors, _treated(rows, cells), int(places[0]))


def _treated(rows: pa.Table, cells: Grid) -> NDArray[np.bool_]:
    """Which regions are treated: 1 or 0 in every period; when it begins is said by start."""
    marked = of_each_region(rows, cells.regions, "treated")
    other = ~np.isin(marked, (0, 1))
    if other.any():
        region, value = cells.regions[other][0], marked[other][0]
        raise faults.WrongShape(f"Region {region} has treated {value}, neither 0 nor 1.")
    truth: NDArray[np.bool_] = marked == 1
    return truth


def _periods(
    given: Series,
    gaps: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> pa.Table:
    keys = {"period": given.periods, "has_policy": np.arange(len(gaps)) >= given.start}
    columns = {"gap": gaps, "band_low": low, "band_high": high}
    return table_of(keys, columns, no_reasons(len(gaps)), reasons.TOO_FEW)
