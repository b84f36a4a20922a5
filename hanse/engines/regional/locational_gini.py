"""Locational Gini coefficient: how unevenly location quotients are spread."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.distributions import distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.lorenz import lorenz_gini
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("value",),
    optional=("region", "sector"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"econgeo": {"scale": 0.5}, "reat": {"weighted": False}},
)
def locational_gini(
    cells: Table,
    *,
    by: Sequence[str] = (),
    of: str = "sector",
    weighted: bool = True,
    scale: float = 1.0,
    reference: Table | None = None,
) -> Table:
    """Locational Gini coefficient of each sector over regions, or of each region over sectors.

    Formula   Gini coefficient of the quotients q_r = s_r / p_r, s_r the share of region r in the
              sector and p_r in the reference: the whole table, or the table `reference`
              weighted: a region counts with p_r (the Lorenz curve of s against p; with a table of
              population this is the Hoover-Gini); else every region counts alike (REAT's
              gini.conc and, of regions, gini.spec)
    Unit      0 to scale; 0 = spread as the reference. EconGeo takes the area (scale 0.5)
    Takes     region, sector, value; of "sector" or "region"
    Gives     sector or region, locational_gini, left_out, reason
    Unknown   sector_empty, region_empty, reference_empty. Unweighted, a region without anything in
              the reference has no quotient and does not count
    Source    P. Krugman (1991) "Geography and Trade", p. 55; E. M. Hoover (1936) "The measurement
              of industrial localization", Review of Economics and Statistics 18.

    >>> cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [10, 0, 0, 10]}
    >>> locational_gini(cells)["locational_gini"].to_pylist()
    [0.5, 0.5]
    """
    rows, owner = distributions(cells, of, by=by, reference=reference, compared=True)
    if weighted:
        curve = lorenz_gini(rows, owner, mass=rows.s, weight=rows.r)
    else:
        curve = lorenz_gini(rows, owner, mass=ratio(rows.s, rows.r), weight=ibis.literal(1.0))
    return (
        curve.mutate(locational_gini=_.gini * float(scale))
        .pipe(explained, "locational_gini", emptiness(of))
        .select(*owner, "locational_gini", "left_out", "reason")
    )
