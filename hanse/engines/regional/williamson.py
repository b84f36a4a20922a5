"""Williamson index: the spread of regional incomes, weighted with people."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import faults
from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("value", "weight"),
    optional=("region", "sector"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"reat": {"centre": "plain"}},
)
def williamson(
    cells: Table, *, by: Sequence[str] = (), of: str = "sector", centre: str = "weighted"
) -> Table:
    """Williamson index of each sector over regions, or of each region over its sectors.

    Formula   sqrt(sum of p_i * (x_i - c)**2) / m, p_i = w_i / sum of w, m = sum of p_i * x_i
              centre "weighted": c = m; "plain": c the mean of x without weights, as in REAT
    Unit      0 and more; 0 = the same everywhere
    Takes     region, sector, value (income per head), weight (people); of "sector" or "region";
              only the rows given count
    Gives     sector or region, williamson, left_out, reason
    Unknown   sector_empty, region_empty
    Source    J. G. Williamson (1965) "Regional inequality and the process of national
              development", Economic Development and Cultural Change 13.

    >>> williamson({"region": list("ab"), "value": [1, 3], "weight": [5, 5]})[
    ...     "williamson"].to_pylist()
    [0.5]
    """
    if centre not in {"weighted", "plain"}:
        raise faults.UnknownConvention(f"centre={centre!r}: weighted or plain is meant.")
    rows, owner = distributions(cells, of, by=by)
    rows = rows.mutate(w=_.x.isnull().ifelse(None, _.weight), plain=_.x.mean().over(group_by=owner))
    rows = rows.mutate(p=ratio(_.w, _.w.sum().over(group_by=list(owner))))
    rows = rows.mutate(mean=(_.p * _.x).sum().over(group_by=list(owner)))
    gap = rows.x - (rows.mean if centre == "weighted" else rows.plain)
    return (
        grouped(rows.mutate(square=rows.p * gap * gap), owner)
        .agg(squares=_.square.sum(), mean=_.mean.max(), **COUNTS)
        .mutate(williamson=ratio(_.squares.sqrt(), _.mean))
        .pipe(explained, "williamson", emptiness(of))
        .select(*owner, "williamson", "left_out", "reason")
    )
