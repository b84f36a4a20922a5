"""Gini coefficient: how unevenly a sector is spread over regions."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.distributions import distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.lorenz import lorenz_gini
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("value",),
    optional=("region", "sector", "weight"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"econgeo": {}, "reat": {}, "pysal": {}},
)
def gini(
    cells: Table, *, by: Sequence[str] = (), of: str = "sector", normalised: bool = False
) -> Table:
    """Gini coefficient of each sector over regions, or of each region over its sectors.

    Formula   G = sum over i, j of w_i * w_j * | x_i - x_j | / (2 * W**2 * m), W the sum and m the
              weighted mean; w = 1 where there is no column weight
              normalised: G * n / (n - 1), n the number of regions (sectors)
    Unit      0 to (n - 1) / n (normalised 0 to 1); 0 = the same everywhere
    Takes     region, sector, value; weight (people, where the value is a mean or a rate); of
              "sector" or "region". With weights only the rows given count
    Gives     sector or region, gini, left_out, reason
    Unknown   sector_empty, region_empty; single_unit where one region is to be normalised
    Differs   REAT leaves weights where they were when it sorts; on sorted values both agree
    Source    C. Gini (1912) "Variabilità e mutabilità".

    >>> gini({"region": list("abcd"), "value": [20, 50, 20, 10]})["gini"].to_pylist()
    [0.3]
    """
    rows, owner = distributions(cells, of, by=by)
    weight = rows.weight if "weight" in rows.columns else ibis.literal(1.0)
    count = _.n.cast("float64")
    curve = lorenz_gini(rows, owner, mass=rows.x * weight, weight=weight)
    if normalised:
        curve = curve.mutate(gini=ratio(_.gini * count, count - 1.0))
    causes = {**emptiness(of), reasons.SINGLE_UNIT: _.n == 1}
    return curve.pipe(explained, "gini", causes).select(*owner, "gini", "left_out", "reason")
