"""Plants of an industry: what every index of agglomeration is computed from."""

from collections.abc import Mapping, Sequence
from typing import Final

from ibis import _
from ibis.expr.types import BooleanValue, Table

from hanse.engines import reasons
from hanse.engines.regional.distributions import distributions
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import grouped, matched

CAUSES: Final[Mapping[str, BooleanValue]] = {
    reasons.SECTOR_EMPTY: (_.total == 0) & (_.left_out == 0),
    reasons.NOT_KNOWN: _.total == 0,
    reasons.REFERENCE_EMPTY: _.squares.isnull(),
    reasons.SINGLE_UNIT: (_.herfindahl == 1) | (_.squares == 1),
}
"""Why an index of `plant_sums` may be null."""


def plant_sums(
    cells: Table, by: Sequence[str], reference: Table | None
) -> tuple[Table, tuple[str, ...]]:
    """Sums of each industry over its plants and over regions, and the columns that name it.

    Gives     concentration  G = sum over regions r of (s_r - x_r)**2
              own_squares    sum of s_r**2, s_r the share of r in the industry
              squares, cubes sums of x_r**2 and x_r**3, x_r the share of r in the reference:
                             all plants of the table, or the table `reference`
              herfindahl, fourths  sums over plants k of z_k**2 and z_k**4, z_k the share of k
              plants, total, left_out
    """
    own = [name for name in ("sector",) if name in cells.columns]
    known = cells.mutate(size=_.value.fill_null(0.0))
    regions = known.group_by(list(dict.fromkeys([*by, *own, "region"]))).agg(value=_.size.sum())
    rows, owner = distributions(regions, "sector", by=by, reference=reference, compared=True)
    rows = rows.mutate(gap=_.s - _.r)
    areas = grouped(rows, owner).agg(
        concentration=(_.gap * _.gap).sum(),
        own_squares=(_.s * _.s).sum(),
        squares=(_.r * _.r).sum(),
        cubes=(_.r * _.r * _.r).sum(),
    )
    sizes = (
        grouped(known.mutate(square=_.size * _.size), owner)
        .agg(
            total=_.size.sum(),
            second=_.square.sum(),
            fourth=(_.square * _.square).sum(),
            plants=_.value.count(),
            left_out=_.value.isnull().sum(),
        )
        .mutate(
            herfindahl=ratio(_.second, _.total * _.total),
            fourths=ratio(_.fourth, _.total * _.total * _.total * _.total),
        )
    )
    return matched(sizes.drop("second", "fourth"), areas, owner), owner
