"""Sigma convergence: whether the spread between regions shrinks."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import faults, reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "change",
    roles=("region", "period", "value"),
    optional=("sector",),
    rows_are=("region", "sector", "period"),
    gives=("sector", "period"),
)
def sigma_convergence(
    cells: Table, *, by: Sequence[str] = (), measure: str = "cv", sample: bool = True
) -> Table:
    """Spread between regions in each period, and its trend; of each sector where there are some.

    Formula   measure "cv": standard deviation / mean; "sd_log": standard deviation of ln x
              trend = slope of the measure on the period, by least squares over the periods
    Unit      0 and more; trend: a period; below 0: convergence
    Takes     region, period (a number), value; sector; sample: n - 1 in the place of n. Only the
              rows given count
    Gives     sector, period, sigma_convergence (the spread), trend (the same in every row), n,
              left_out, reason
    Unknown   region_empty where all is zero; single_unit; zero_value where a logarithm has nothing
              but zeros. Zeros under a logarithm are left out, and counted; one period has no trend
    Source    R. J. Barro and X. Sala-i-Martin (1992) "Convergence", Journal of Political
              Economy 100.

    >>> cells = {"region": list("ab") * 2, "period": [0, 0, 1, 1], "value": [1, 3, 3, 3]}
    >>> sigma_convergence(cells, sample=False).select(["sigma_convergence", "trend"]).to_pylist()
    [{'sigma_convergence': 0.5, 'trend': -0.5}, {'sigma_convergence': 0.0, 'trend': -0.5}]
    """
    if measure not in {"cv", "sd_log"}:
        raise faults.UnknownConvention(f"measure={measure!r}: cv or sd_log is meant.")
    if not cells.period.type().is_numeric():
        raise faults.NotNumeric(f"Periods are {cells.period.type()}, not numbers: no trend.")
    sector = [name for name in ("sector",) if name in cells.columns]
    series = list(dict.fromkeys([*by, *sector]))
    owner = [*series, "period"]
    if measure == "cv":
        rows = cells.mutate(x=cells.value)
    else:
        positive = (cells.value > 0).ifelse(cells.value, 1.0)
        rows = cells.mutate(x=(cells.value > 0).ifelse(positive.ln(), None))
    rows = rows.mutate(gap=rows.x - rows.x.mean().over(group_by=owner))
    sums = (
        rows.mutate(square=_.gap * _.gap)
        .group_by(owner)
        .agg(
            squares=_.square.sum(),
            mean=_.x.mean(),
            total=_.value.sum(),
            n=_.x.count(),
            left_out=_.x.isnull().sum(),
        )
    )
    spread = ratio(_.squares, _.n - 1 if sample else _.n).sqrt()
    sums = sums.mutate(sigma_convergence=ratio(spread, _.mean) if measure == "cv" else spread)
    known = sums.mutate(
        at=sums.sigma_convergence.isnull().ifelse(None, sums.period.cast("float64"))
    )
    known = known.mutate(
        dx=_.at - _.at.mean().over(group_by=series),
        dy=_.sigma_convergence - _.sigma_convergence.mean().over(group_by=series),
    ).mutate(xy=_.dx * _.dy, xx=_.dx * _.dx)
    trend = ratio(_.xy.sum().over(group_by=series), _.xx.sum().over(group_by=series))
    return (
        known.mutate(trend=trend)
        .pipe(
            explained,
            "sigma_convergence",
            {
                reasons.REGION_EMPTY: (_.total == 0) & (measure == "cv"),
                reasons.ZERO_VALUE: (_.n == 0) & (_.total == 0),
                reasons.SINGLE_UNIT: _.n == 1,
            },
        )
        .select(*owner, "sigma_convergence", "trend", "n", "left_out", "reason")
    )
