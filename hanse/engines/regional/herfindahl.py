"""Herfindahl-Hirschman index: how few sectors a region lives on, or how few regions a sector."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "specialisation",
    roles=("value",),
    optional=("region", "sector"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"econgeo": {}, "reat": {}},
)
def herfindahl(
    cells: Table, *, by: Sequence[str] = (), of: str = "region", normalised: bool = False
) -> Table:
    """Herfindahl-Hirschman index of each region over its sectors, or each sector over regions.

    Formula   HHI = sum over i of s_i**2, s_i = x_i / sum of x
              normalised: (HHI - 1 / n) / (1 - 1 / n), n the number of sectors (regions) of the
              table, those with zero too
    Unit      1 / n to 1 (normalised 0 to 1); 1 = everything in one sector; 1 / HHI is the number
              of sectors of equal size with the same index
    Takes     region, sector, value; of "region" or "sector"
    Gives     region or sector, herfindahl, equivalent, left_out, reason
    Unknown   region_empty, sector_empty; single_unit where one sector is to be normalised
    Source    A. O. Hirschman (1964) "The paternity of an index", American Economic Review 54.

    >>> herfindahl({"region": ["r"] * 4, "sector": list("abcd"), "value": [20, 50, 20, 10]})[
    ...     "herfindahl"].to_pylist()
    [0.34]
    """
    rows, owner = distributions(cells, of, by=by)
    sums = grouped(rows, owner).agg(**COUNTS, squares=(_.x * _.x).sum())
    plain = ratio(_.squares, _.total * _.total)
    even = 1.0 / _.n.cast("float64").nullif(0.0)
    index = ratio(plain - even, 1.0 - even) if normalised else plain
    return (
        sums.mutate(herfindahl=index, equivalent=1.0 / plain)
        .pipe(explained, "herfindahl", {**emptiness(of), reasons.SINGLE_UNIT: _.n == 1})
        .select(*owner, "herfindahl", "equivalent", "left_out", "reason")
    )
