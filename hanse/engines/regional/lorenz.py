"""The area under a Lorenz curve, for every index that is a Gini coefficient."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import FloatingValue, Table

from hanse.engines.regional.distributions import COUNTS
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped


def lorenz_gini(
    rows: Table, owner: Sequence[str], *, mass: FloatingValue, weight: FloatingValue
) -> Table:
    """Gini coefficient of each owner: mass against weight, in the order of mass per weight.

    Formula   G = sum of m_k * (2 * W_k - w_k - W) / (W * M), W_k the weights up to and with k
              which is 1 minus twice the area under the Lorenz curve
    Gives     the owner's columns, gini, the counts of `COUNTS`
    Source    M. O. Lorenz (1905); C. Gini (1912).
    """
    weighed = rows.mutate(m=mass).mutate(w=_.m.isnull().ifelse(0.0, weight))
    weighed = weighed.mutate(m=_.m.fill_null(0.0))
    # A unit with mass and no weight is infinitely steep: it comes last.
    steep = weighed.mutate(
        last=(_.w > 0).ifelse(0, 1).cast("int8"), slope=ratio(_.m, _.w).fill_null(0.0)
    )
    order = ibis.window(group_by=list(owner), order_by=["last", "slope", "unit"], rows=(None, 0))
    placed = steep.mutate(
        reached=steep.w.sum().over(order), weights=steep.w.sum().over(group_by=list(owner))
    )
    return (
        grouped(placed.mutate(moment=_.m * (2.0 * _.reached - _.w - _.weights)), owner)
        .agg(moment=_.moment.sum(), m=_.m.sum(), w=_.w.sum(), **COUNTS)
        .mutate(gini=ratio(_.moment, _.w * _.m))
        .drop("moment", "m", "w")
    )
