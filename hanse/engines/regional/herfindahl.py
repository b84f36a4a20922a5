"""Herfindahl-Hirschman index: how few sectors a region lives on."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "specialisation",
    roles=("region", "value"),
    optional=("sector",),
    rows_are=("region", "sector"),
    gives=("region",),
    presets={"econgeo": {}, "reat": {}},
)
def herfindahl(cells: Table, *, by: Sequence[str] = (), normalised: bool = False) -> Table:
    """Herfindahl-Hirschman index of each region over its sectors.

    Formula   HHI = sum over i of s_i**2, s_i = x_i / sum of x
              normalised: (HHI - 1 / n) / (1 - 1 / n), n the number of rows of the region, zeros too
    Unit      1 / n to 1 (normalised 0 to 1); 1 = everything in one sector; 1 / HHI is the number
              of sectors of equal size with the same index
    Takes     region, sector, value
    Gives     region, herfindahl, equivalent, left_out, reason
    Unknown   region_empty; single_unit where one sector is to be normalised
    Source    A. O. Hirschman (1964) "The paternity of an index", American Economic Review 54.

    >>> herfindahl({"region": ["r"] * 4, "sector": list("abcd"), "value": [20, 50, 20, 10]})[
    ...     "herfindahl"].to_pylist()
    [0.34]
    """
    sums = cells.group_by(*by, "region").agg(
        total=_.value.sum(),
        squares=(_.value * _.value).sum(),
        n=_.value.count(),
        left_out=_.value.isnull().sum(),
    )
    plain = ratio(_.squares, _.total * _.total)
    even = 1.0 / _.n.cast("float64")
    index = ratio(plain - even, 1.0 - even) if normalised else plain
    return (
        sums.mutate(herfindahl=index, equivalent=1.0 / plain)
        .pipe(
            explained,
            "herfindahl",
            {reasons.REGION_EMPTY: _.total == 0, reasons.SINGLE_UNIT: _.n == 1},
        )
        .select(*by, "region", "herfindahl", "equivalent", "left_out", "reason")
    )
