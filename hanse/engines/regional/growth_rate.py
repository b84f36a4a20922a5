"""Growth of regions, of sectors, or of each sector in each region, between two periods."""

from collections.abc import Sequence
from typing import Any

from ibis import _
from ibis.expr.types import Table

from hanse.engines import faults, reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.spans import both_ends, spans
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "change",
    roles=("period", "value"),
    optional=("region", "sector"),
    rows_are=("region", "sector", "period"),
    gives=("region", "sector", "start"),
    presets={"econgeo": {"scale": 100.0}},
)
def growth_rate(
    cells: Table,
    *,
    by: Sequence[str] = (),
    of: str = "region",
    scale: float = 1.0,
    periods: str = "ends",
    first: Any = None,
    last: Any = None,
) -> Table:
    """Growth rate of each region, each sector, or each cell of a region and a sector.

    Formula   g = scale * (X1 - X0) / X0, X0 and X1 sums at the start and at the end over the cells
              that are known at both
    Unit      scale 1: 0.05 = five per cent more; scale 100: per cent
    Takes     region, sector, period, value; of "region", "sector" or "cell"; periods "ends": one
              span, from `first` to `last`; "each": from each to the next
    Gives     region, sector (as `of` says), start, end, growth_rate, change, left_out, reason
    Unknown   base_zero where nothing was there at the start; too_few where there is one period
    Source    arithmetic

    >>> cells = {"region": ["a", "a"], "period": [2010, 2014], "value": [100, 105]}
    >>> growth_rate(cells)["growth_rate"].to_pylist()
    [0.05]
    """
    wanted = {"region": ("region",), "sector": ("sector",), "cell": ("region", "sector")}.get(of)
    if wanted is None:
        raise faults.UnknownConvention(f"of={of!r}: growth is of a region, a sector or a cell.")
    for name in wanted:
        if name not in cells.columns:
            raise faults.MissingColumn(f"Growth of a {of} needs the column {name!r}.")
    units = [name for name in ("region", "sector") if name in cells.columns]
    within = spans(cells, by=by, first=first, last=last, periods=periods)
    owner = list(dict.fromkeys([*by, *wanted, "start", "end"]))
    return (
        both_ends(cells, units, within, by=by)
        .group_by(owner)
        .agg(x0=_.x0.sum(), x1=_.x1.sum(), left_out=_.x0.isnull().sum())
        .mutate(change=_.x1 - _.x0)
        .mutate(growth_rate=(_.start == _.end).ifelse(None, ratio(_.change, _.x0) * float(scale)))
        .pipe(
            explained,
            "growth_rate",
            {reasons.TOO_FEW: _.start == _.end, reasons.BASE_ZERO: _.x0 == 0},
        )
        .select(*owner, "growth_rate", "change", "left_out", "reason")
    )
