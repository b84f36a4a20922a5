"""Rank among the known, and the value that just passes a top share."""

from fractions import Fraction

import ibis
from ibis.expr.types import Table


def ranked(cells: Table, value: str, *, within: tuple[str, ...], name: str, top: Fraction) -> Table:
    """Rank of each value from the largest down, and where the cut of the top share lies.

    Formula   rank = 1 + number of larger known values;  cut = ceil(top * number of known values)
    Unit      places
    Takes     the column `value`, and `is_ranked` (which rows take part: the NUTS 2 regions)
    Gives     {name}_rank, {name}_known, {name}_cut, {name}_value_at_cut
    Ties      share the smallest rank, so all that stand level at the cut pass.
    Unknown   rows without a value or outside the ranking have no rank; the counts stay visible.
    Error     none for counts; for ratios of counts below 2**26 none either: two different fractions
              with such denominators never round to the same float64.
    Source    the Observatory's test "among the top 10 % of regions"; ties are ours.

    >>> cells = ibis.memtable({"year": [1] * 4, "x": [9, 5, 5, None], "is_ranked": [True] * 4})
    >>> rows = ranked(cells, "x", within=("year",), name="size", top=Fraction(1, 2))
    >>> rows.order_by(ibis.desc("x")).select(
    ...     "size_rank", "size_known", "size_cut", "size_value_at_cut").to_pyarrow().to_pylist()[1]
    {'size_rank': 2, 'size_known': 3, 'size_cut': 2, 'size_value_at_cut': 5.0}
    """
    counted = cells.mutate(
        _counted=ibis.ifelse(cells.is_ranked & cells[value].notnull(), cells[value], ibis.null())
    )
    field = [counted[key] for key in within]
    order = ibis.window(
        group_by=[*field, counted["_counted"].notnull()], order_by=ibis.desc(counted["_counted"])
    )
    placed = counted.mutate(
        _place=ibis.rank().over(order) + 1,
        _known=counted["_counted"].count().over(ibis.window(group_by=field)),
    )
    cut = ((placed["_known"] * top.numerator + (top.denominator - 1)) // top.denominator).cast(
        "int64"
    )
    rank = ibis.ifelse(placed["_counted"].notnull(), placed["_place"], ibis.null("int64"))
    cutted = placed.mutate(
        **{
            f"{name}_rank": rank,
            f"{name}_known": placed["_known"],
            f"{name}_cut": cut,
        }
    )
    passing = ibis.ifelse(
        cutted[f"{name}_rank"] <= cutted[f"{name}_cut"], cutted["_counted"], ibis.null()
    )
    return cutted.mutate(
        **{
            f"{name}_value_at_cut": passing.min().over(
                ibis.window(group_by=[cutted[key] for key in within])
            )
        }
    ).drop("_counted", "_place", "_known")
