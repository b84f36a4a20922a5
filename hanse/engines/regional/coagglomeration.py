"""Coagglomeration of a group of industries: whether they choose the same regions."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.distributions import COUNTS, distributions
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "agglomeration",
    roles=("region", "sector", "value"),
    optional=("group",),
    rows_are=("region", "sector"),
    gives=("group",),
)
def coagglomeration(
    cells: Table, *, by: Sequence[str] = (), reference: Table | None = None
) -> Table:
    """Ellison-Glaeser coagglomeration of each group of industries.

    Formula   gamma = (G - sum over j of w_j**2 * G_j) / ((1 - X2) * (1 - sum of w_j**2))
              G of the group and G_j of industry j: sum over regions of (s_r - x_r)**2; w_j the
              share of j in the group; x_r the share of region r in the reference: the whole
              table, or the table `reference` of regions; X2 = sum of x_r**2.
              The plants of the 1997 form cancel: H = sum of w_j**2 * H_j stands in it twice
    Unit      up to 1; 0 = the industries choose their regions independently of each other. It is
              the mean of `coagglomeration_pairs`, weighted with w_i * w_j
    Takes     region, sector, value; group of the sector, else the table is one group
    Gives     group, coagglomeration, sectors, left_out, reason
    Unknown   sector_empty; single_unit where a group is one industry or the reference one region
    Differs   REAT's ellison.c gives values above 1
    Source    G. Ellison and E. L. Glaeser (1997) "Geographic concentration in U.S. manufacturing
              industries: a dartboard approach", Journal of Political Economy 105, p. 898.

    >>> cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [2, 2, 0, 0]}
    >>> area = {"region": list("ab"), "value": [1, 1]}
    >>> coagglomeration(cells, reference=area)["coagglomeration"].to_pylist()
    [1.0]
    """
    whole = cells.drop("group") if "group" in cells.columns else cells
    rows, owner = distributions(whole, "sector", by=by, reference=reference)
    sectors = cells.select(*owner, *_group(cells)).distinct()
    rows = rows.join(sectors, list(owner))
    group = [*by, *_group(cells)]
    regions = (
        grouped(rows, [*group, "unit"])
        .agg(x=_.x.sum(), r=_.r.max(), silent=_.x.isnull().sum())
        .mutate(s=ratio(_.x, _.x.sum().over(group_by=group)))
        .mutate(gap=_.s - _.r)
    )
    of_group = grouped(regions, group).agg(
        g=(_.gap * _.gap).sum(),
        squares=(_.r * _.r).sum(),
        left_out=_.silent.sum(),
        whole=_.x.sum(),
    )
    of_sectors = (
        grouped(rows.mutate(gap=_.s - _.r), [*owner, *_group(cells)])
        .agg(g_j=(_.gap * _.gap).sum(), **COUNTS)
        .mutate(w=ratio(_.total, _.total.sum().over(group_by=group)))
    )
    members = grouped(of_sectors, group).agg(
        weights=(_.w * _.w).sum(),
        owned=(_.w * _.w * _.g_j.fill_null(0.0)).sum(),
        sectors=_.n.count(),
    )
    joined = of_group.join(members, group) if group else of_group.cross_join(members)
    return (
        joined.mutate(coagglomeration=ratio(_.g - _.owned, (1.0 - _.squares) * (1.0 - _.weights)))
        .pipe(
            explained,
            "coagglomeration",
            {
                reasons.SECTOR_EMPTY: (_.whole == 0) & (_.left_out == 0),
                reasons.SINGLE_UNIT: (_.weights == 1) | (_.squares == 1),
            },
        )
        .select(*group, "coagglomeration", "sectors", "left_out", "reason")
    )


def _group(cells: Table) -> list[str]:
    return [name for name in ("group",) if name in cells.columns]
