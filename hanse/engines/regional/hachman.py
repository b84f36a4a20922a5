"""Hachman index: how much a region's mix of sectors is like that of the reference area."""

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
    presets={"econgeo": {}},
)
def hachman(
    cells: Table,
    *,
    by: Sequence[str] = (),
    of: str = "region",
    reference: Table | None = None,
) -> Table:
    """Hachman index of each region against the reference area, or of each sector.

    Formula   1 / sum over i of LQ_i * s_i = 1 / sum of s_i**2 / r_i, s_i the share here and r_i
              in the reference area: the whole table, or the table `reference`
    Unit      0 to 1; 1 = the mix of the reference area
    Takes     region, sector, value; of "region" or "sector"
    Gives     region or sector, hachman, left_out, reason
    Unknown   region_empty, sector_empty; reference_empty where the reference area has nothing of a
              sector that is here
    Source    F. Hachman, Bureau of Economic and Business Research, University of Utah; see
              Moore (2001) "What is the Hachman index?", State of Utah Economic Report.

    >>> hachman({"region": list("aabb"), "sector": list("xyxy"), "value": [2, 0, 0, 2]})[
    ...     "hachman"].to_pylist()
    [0.5, 0.5]
    """
    rows, owner = distributions(cells, of, by=by, reference=reference, compared=True)
    rows = rows.mutate(
        term=(_.s == 0).ifelse(0.0, ratio(_.s * _.s, _.r)), foreign=(_.s > 0) & (_.r == 0)
    )
    missing = _.missing > 0
    return (
        grouped(rows, owner)
        .agg(**COUNTS, terms=_.term.sum(), missing=_.foreign.cast("int32").sum())
        .mutate(hachman=missing.ifelse(None, 1.0 / _.terms.nullif(0.0)))
        .pipe(
            explained,
            "hachman",
            {**emptiness(of), reasons.REFERENCE_EMPTY: missing | (_.reference_total == 0)},
        )
        .select(*owner, "hachman", "left_out", "reason")
    )
