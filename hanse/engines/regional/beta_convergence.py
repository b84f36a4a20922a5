"""Beta convergence: whether poorer regions grow faster."""

import math
from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.spans import both_ends, length, spans
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained

FEWEST = 3  # two points lie on a line: no error of it can be told


@indicator(
    "change",
    roles=("region", "period", "value"),
    optional=("sector",),
    rows_are=("region", "sector", "period"),
    gives=("sector", "start"),
)
def beta_convergence(
    cells: Table,
    *,
    by: Sequence[str] = (),
    annual: bool = True,
    first: Any = None,
    last: Any = None,
) -> Table:
    """Absolute beta convergence of the regions, of each sector where there are sectors.

    Formula   ln(x1 / x0) = a + b * ln x0, by least squares over regions; annual: the left side is
              divided by T, the periods between
              speed = - ln(1 + b * T) / T (annual) or - ln(1 + b) / T; half_life = ln 2 / speed
    Unit      b below 0: convergence; speed: share of the gap closed in a year; half_life in years
    Takes     region, period (a number), value (above zero); sector; `first` and `last` period
    Gives     sector, start, end, intercept, beta_convergence (b), standard_error (of b), t,
              r_squared, n, speed, half_life, left_out, reason
    Unknown   too_few below three regions; no_variation where all begin alike. Zeros and unknown
              values are left out, and counted
    Source    R. J. Barro and X. Sala-i-Martin (1992) "Convergence", Journal of Political
              Economy 100.

    >>> cells = {"region": list("abc") * 2, "period": [0, 0, 0, 1, 1, 1],
    ...          "value": [1, 2, 4, 4, 4, 4]}
    >>> round(beta_convergence(cells)["beta_convergence"][0].as_py(), 12)
    -1.0
    """
    units = [name for name in ("sector", "region") if name in cells.columns]
    within = spans(cells, by=by, first=first, last=last)
    rows = both_ends(cells, units, within, by=by)
    owner = list(dict.fromkeys([*by, *units[:-1], "start", "end"]))
    years = length(rows)
    apart = (years > 0).ifelse(years, None)
    usable = (rows.x0 > 0) & (rows.x1 > 0) & (rows.start != rows.end)
    logs = {name: usable.ifelse(usable.ifelse(rows[name], 1.0).ln(), None) for name in ("x0", "x1")}
    rows = rows.mutate(years=apart, log0=logs["x0"], log1=logs["x1"])
    rise = rows.log1 - rows.log0
    rows = rows.mutate(x=rows.log0, y=rise / rows.years if annual else rise)
    rows = rows.mutate(
        dx=_.x - _.x.mean().over(group_by=owner), dy=_.y - _.y.mean().over(group_by=owner)
    )
    sums = grouped(rows.mutate(xx=_.dx * _.dx, xy=_.dx * _.dy, yy=_.dy * _.dy), owner).agg(
        xx=_.xx.sum(),
        xy=_.xy.sum(),
        yy=_.yy.sum(),
        mean_x=_.x.mean(),
        mean_y=_.y.mean(),
        years=_.years.max(),
        n=_.x.count(),
        left_out=_.x.isnull().sum(),
    )
    name = "beta_convergence"
    fitted = (
        sums.mutate(beta_convergence=(_.n < FEWEST).ifelse(None, ratio(_.xy, _.xx)))
        .mutate(error=_.yy - _.beta_convergence * _.xy)
        .mutate(error=(_.error < 0).ifelse(0.0, _.error))
        .mutate(
            intercept=_.mean_y - _.beta_convergence * _.mean_x,
            standard_error=ratio(ratio(_.error, _.n - 2), _.xx).sqrt(),
            r_squared=1.0 - ratio(_.error, _.yy),
            left=1.0 + _.beta_convergence * (_.years if annual else 1.0),
        )
        .mutate(
            t=ratio(_.beta_convergence, _.standard_error),
            speed=(_.left > 0).ifelse(
                -(_.left > 0).ifelse(_.left, 1.0).ln() / _.years, ibis.null("float64")
            ),
        )
        .mutate(half_life=(_.speed > 0).ifelse(math.log(2) / _.speed.nullif(0.0), None))
    )
    return fitted.pipe(
        explained,
        name,
        {reasons.TOO_FEW: _.n < FEWEST, reasons.NO_VARIATION: _.xx == 0},
    ).select(
        *owner,
        "intercept",
        name,
        "standard_error",
        "t",
        "r_squared",
        "n",
        "speed",
        "half_life",
        "left_out",
        "reason",
    )
