"""Atkinson index: inequality with a stated aversion to it."""

import math
from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines import faults
from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("value",),
    optional=("region", "sector", "weight"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"reat": {"epsilon": 0.5}},
)
def atkinson(
    cells: Table, *, by: Sequence[str] = (), of: str = "sector", epsilon: float = 0.5
) -> Table:
    """Atkinson index of each sector over regions, or of each region over its sectors.

    Formula   A = 1 - (sum of p_i * (x_i / m)**(1 - e))**(1 / (1 - e)), m = sum of p_i * x_i,
              p_i = w_i / sum of w, w = 1 where there is no column weight
              e = 1: A = 1 - exp(sum of p_i * ln(x_i / m))
    Unit      0 to 1; 0 = the same everywhere; the part of the sum that could be given up, spread
              evenly, without loss of welfare. From e = 1 on a single zero makes it 1
    Takes     region, sector, value; weight; of "sector" or "region"; epsilon, 0 and more. With
              weights only the rows given count
    Gives     sector or region, atkinson, left_out, reason
    Unknown   sector_empty, region_empty
    Source    A. B. Atkinson (1970) "On the measurement of inequality", Journal of Economic
              Theory 2.

    >>> round(atkinson({"region": list("ab"), "value": [1, 9]})["atkinson"][0].as_py(), 15)
    0.2
    """
    if not (epsilon >= 0 and math.isfinite(epsilon)):
        raise faults.UnknownConvention(f"epsilon={epsilon}: an aversion is 0 and more.")
    rows, owner = distributions(cells, of, by=by)
    weight = rows.weight if "weight" in rows.columns else ibis.literal(1.0)
    rows = rows.mutate(w=rows.x.isnull().ifelse(None, weight))
    rows = rows.mutate(p=ratio(_.w, _.w.sum().over(group_by=list(owner))))
    rows = rows.mutate(mean=(_.p * _.x).sum().over(group_by=list(owner)))
    rows = rows.mutate(level=ratio(_.x, _.mean), zero=(_.p > 0) & (_.x == 0))
    positive = (rows.level > 0).ifelse(rows.level, 1.0)
    power = 1.0 - float(epsilon)
    term = positive.ln() if power == 0 else (rows.level > 0).ifelse(positive**power, 0.0)
    sums = grouped(rows.mutate(term=rows.p * term), owner).agg(
        **COUNTS, mean=_.mean.max(), terms=_.term.sum(), zeros=_.zero.cast("int32").sum()
    )
    known = (sums.terms > 0).ifelse(sums.terms, 1.0)
    even = sums.terms.exp() if power == 0 else known ** (1.0 / power)
    if power <= 0:
        even = (sums.zeros > 0).ifelse(0.0, even)
    return (
        sums.mutate(atkinson=(_.mean > 0).ifelse(1.0 - even, None))
        .pipe(explained, "atkinson", emptiness(of))
        .select(*owner, "atkinson", "left_out", "reason")
    )
