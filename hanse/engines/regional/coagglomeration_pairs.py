"""Coagglomeration of two industries: whether they choose the same regions."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import faults, reasons
from hanse.engines.regional.distributions import distributions
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "agglomeration",
    roles=("region", "sector", "value"),
    rows_are=("region", "sector"),
    gives=("sector", "other"),
)
def coagglomeration_pairs(
    cells: Table,
    *,
    by: Sequence[str] = (),
    shares: str = "total",
    reference: Table | None = None,
) -> Table:
    """Ellison-Glaeser-Kerr coagglomeration of every two industries.

    Formula   gamma_ij = sum over r of (s_ri - x_r) * (s_rj - x_r) / (1 - sum of x_r**2)
              s_ri the share of region r in industry i; x_r the share of r in the reference
              shares "total": the whole table, or the table `reference`; "mean": the mean of s_ri
              over the industries, as Ellison, Glaeser and Kerr have it
    Unit      up to 1; 0 = the two choose their regions independently of each other
    Takes     region, sector, value. The rows are as many as pairs of industries
    Gives     sector, other (below it in their order), coagglomeration, left_out, reason
    Unknown   sector_empty, of either of the two; single_unit where the reference is one region
    Source    G. Ellison, E. L. Glaeser and W. R. Kerr (2010) "What causes industry agglomeration?
              Evidence from coagglomeration patterns", American Economic Review 100.

    >>> cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [2, 0, 0, 2]}
    >>> coagglomeration_pairs(cells)["coagglomeration"].to_pylist()
    [-1.0]
    """
    if shares not in {"total", "mean"}:
        raise faults.UnknownConvention(f"shares={shares!r}: total or mean is meant.")
    if shares == "mean" and reference is not None:
        raise faults.UnknownConvention("A reference area has shares of its own, not their mean.")
    rows, owner = distributions(cells, "sector", by=by, reference=reference)
    area = rows.s.mean().over(group_by=[*by, "unit"]) if shares == "mean" else rows.r
    rows = rows.mutate(area=area)
    here = rows.select(*owner, "unit", "s", "area", unknown=_.x.isnull())
    there = here.view().rename(other="sector", o="s", also="unknown", area_there="area")
    pairs = here.join(there, [*by, "unit", here.sector < there.other])
    return (
        pairs.mutate(
            product=(_.s - _.area) * (_.o - _.area_there),
            square=_.area * _.area_there,
            silent=(_.unknown | _.also).cast("int32"),
        )
        .group_by([*owner, "other"])
        .agg(products=_.product.sum(), squares=_.square.sum(), left_out=_.silent.sum())
        .mutate(coagglomeration=ratio(_.products, 1.0 - _.squares))
        .pipe(
            explained,
            "coagglomeration",
            {
                reasons.SINGLE_UNIT: _.squares == 1,
                reasons.SECTOR_EMPTY: (_.left_out == 0) & _.products.isnull(),
            },
        )
        .select(*owner, "other", "coagglomeration", "left_out", "reason")
    )
