"""Shannon entropy: how evenly a region's work is spread over sectors."""

import math
from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines import faults
from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "specialisation",
    roles=("value",),
    optional=("region", "sector"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"econgeo": {"base": 2.0}},
)
def entropy(
    cells: Table, *, by: Sequence[str] = (), of: str = "region", base: float = math.e
) -> Table:
    """Shannon entropy of each region over its sectors, or each sector over regions.

    Formula   H = - sum over i of s_i * log(s_i), s_i = x_i / sum of x, 0 * log 0 = 0
    Unit      0 to log n; 0 = everything in one sector; `base` of the logarithm: 2 gives bits.
              equivalent = base**H, the number of sectors of equal size with the same entropy
    Takes     region, sector, value; of "region" or "sector"
    Gives     region or sector, entropy, equivalent, left_out, reason
    Unknown   region_empty, sector_empty
    Differs   EconGeo adds 1e-9 inside the logarithm and rounds to three decimals; this does not.
    Source    C. E. Shannon (1948) "A mathematical theory of communication", Bell System Technical
              Journal 27; H. Theil (1972) "Statistical Decomposition Analysis".

    >>> entropy({"region": ["r"] * 4, "sector": list("abcd"), "value": [1, 1, 1, 1]}, base=2)[
    ...     "entropy"].to_pylist()
    [2.0]
    """
    if not (base > 0 and base != 1 and math.isfinite(base)):
        raise faults.UnknownConvention(f"base={base}: a logarithm has a base above 0, not 1.")
    rows, owner = distributions(cells, of, by=by)
    logs = ibis.ifelse(rows.s > 0, ibis.ifelse(rows.s > 0, rows.s, 1.0).ln(), 0.0)
    return (
        grouped(rows.mutate(term=rows.s * logs), owner)
        .agg(nats=-_.term.sum(), **COUNTS)
        .mutate(entropy=_.nats / math.log(base), equivalent=_.nats.exp())
        .pipe(explained, "entropy", emptiness(of))
        .select(*owner, "entropy", "equivalent", "left_out", "reason")
    )
