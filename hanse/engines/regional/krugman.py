"""Krugman index: how unlike others a region is, or a sector."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines import faults, reasons
from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained

AREAS = ("whole", "rest")
AGAINST = (*AREAS, "average", "each")


@indicator(
    "specialisation",
    roles=("value",),
    optional=("region", "sector"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"econgeo": {"against": "whole"}, "reat": {"against": "average"}},
)
def krugman(
    cells: Table,
    *,
    by: Sequence[str] = (),
    of: str = "region",
    against: str = "whole",
    scale: float = 1.0,
    reference: Table | None = None,
) -> Table:
    """Krugman index of each region over its sectors, or of each sector over regions.

    Formula   K = scale * sum over i of | s_i - r_i |, s_i the share of sector i here and r_i
              against "whole": in the whole table, this region too, or in the table `reference`
              against "rest": in all the other regions together
              against "average": the mean share of all the other regions, each counting alike
              against "each": in one other region; K is the mean over all of them
    Unit      0 to 2 * scale; 0 = alike. scale 0.5 is the coefficient of specialisation
    Takes     region, sector, value; of "region" or "sector"
    Gives     region or sector, krugman, left_out, reason
    Unknown   region_empty, sector_empty, reference_empty; single_unit where there is no other
    Source    P. Krugman (1991) "Geography and Trade", p. 75; "average": K. H. Midelfart-Knarvik et
              al. (2000) "The location of European industry", European Commission.

    >>> krugman({"region": list("aabb"), "sector": list("xyxy"), "value": [2, 0, 0, 2]})[
    ...     "krugman"].to_pylist()
    [1.0, 1.0]
    """
    if against not in AGAINST:
        raise faults.UnknownConvention(f"against={against!r}: {', '.join(AGAINST)} are known.")
    if against != "whole" and reference is not None:
        raise faults.UnknownConvention(f"A reference area is a whole; against={against!r} is not.")
    rows, owner = distributions(
        cells, of, by=by, reference=reference, compared=True, rest=against == "rest"
    )
    rows = (
        rows.mutate(gap=(rows.s - rows.r).abs()) if against in AREAS else _gaps(rows, by, against)
    )
    alone = (_.left_out == 0) & _.distance.isnull()
    return (
        grouped(rows, owner)
        .agg(distance=_.gap.sum(), **COUNTS)
        .mutate(krugman=_.distance * float(scale))
        .pipe(explained, "krugman", {**emptiness(of), reasons.SINGLE_UNIT: alone})
        .select(*owner, "krugman", "left_out", "reason")
    )


def _gaps(rows: Table, by: Sequence[str], against: str) -> Table:
    """The distance to the mean share of the others, or the mean of the distances to each.

    No pair is formed for these: with C the sum of the k smallest shares, this one with them, S the
    sum of all and m their number, the sum of | s - s' | is s * (2 * k - m) - 2 * C + S.
    """
    units = [*by, "unit"]
    if against == "average":
        sums = rows.mutate(
            everything=rows.s.sum().over(group_by=units), owners=rows.s.count().over(group_by=units)
        )
        return sums.mutate(gap=(_.s - ratio(_.everything - _.s, _.owners - 1)).abs())
    last = rows.mutate(last=rows.s.isnull().ifelse(1, 0).cast("int8"))
    order = ibis.window(group_by=units, order_by=["last", "s"], rows=(None, 0))
    placed = last.mutate(
        place=last.s.count().over(order),
        reached=last.s.sum().over(order),
        everything=last.s.sum().over(group_by=units),
        owners=last.s.count().over(group_by=units),
    )
    gaps = _.s * (2 * _.place - _.owners).cast("float64") - 2.0 * _.reached + _.everything
    return placed.mutate(gap=ratio(gaps, _.owners - 1))
