"""Coefficient of variation: the spread of values against their mean."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("value",),
    optional=("region", "sector"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"reat": {"sample": True}},
)
def coefficient_of_variation(
    cells: Table, *, by: Sequence[str] = (), of: str = "sector", sample: bool = False
) -> Table:
    """Coefficient of variation of each sector over regions, or of each region over its sectors.

    Formula   sqrt(sum of (x_i - m)**2 / n) / m, m the mean; sample: n - 1 in the place of n
    Unit      0 to sqrt(n - 1); 0 = the same everywhere
    Takes     region, sector, value; of "sector" or "region"
    Gives     sector or region, coefficient_of_variation, left_out, reason
    Unknown   sector_empty, region_empty; single_unit where a sample has one value
    Source    K. Pearson (1896), Philosophical Transactions of the Royal Society A 187, p. 277.

    >>> coefficient_of_variation({"region": list("ab"), "value": [1, 3]})[
    ...     "coefficient_of_variation"].to_pylist()
    [0.5]
    """
    rows, owner = distributions(cells, of, by=by)
    rows = rows.mutate(gap=rows.x - rows.x.mean().over(group_by=list(owner)))
    spread = ratio(_.squares, _.n - 1 if sample else _.n).sqrt()
    name = "coefficient_of_variation"
    return (
        grouped(rows.mutate(square=_.gap * _.gap), owner)
        .agg(squares=_.square.sum(), mean=_.x.mean(), **COUNTS)
        .mutate(coefficient_of_variation=ratio(spread, _.mean))
        .pipe(explained, name, {**emptiness(of), reasons.SINGLE_UNIT: _.n == 1})
        .select(*owner, name, "left_out", "reason")
    )
