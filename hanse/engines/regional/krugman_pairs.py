"""Krugman index of two regions, or of two sectors: how unlike each other they are."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.distributions import distributions
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "specialisation",
    roles=("region", "sector", "value"),
    rows_are=("region", "sector"),
    gives=("region", "sector", "other"),
    presets={"reat": {}},
)
def krugman_pairs(
    cells: Table, *, by: Sequence[str] = (), of: str = "region", scale: float = 1.0
) -> Table:
    """Krugman index of every two regions over their sectors, or of two sectors over regions.

    Formula   K = scale * sum over i of | s_i - o_i |, s_i and o_i the shares of sector i in both
    Unit      0 to 2 * scale; 0 = alike, 2 = nothing in common
    Takes     region, sector, value; of "region" or "sector". The rows are as many as pairs: hand
              over the regions that are to be compared
    Gives     region or sector, other (below it in their order), krugman, left_out, reason
    Unknown   region_empty, sector_empty, of either of the two
    Source    P. Krugman (1991) "Geography and Trade", p. 75.

    >>> krugman_pairs({"region": list("aabb"), "sector": list("xyxy"), "value": [1, 1, 1, 0]})[
    ...     "krugman"].to_pylist()
    [1.0]
    """
    rows, owner = distributions(cells, of, by=by)
    here = rows.select(*owner, "unit", "s", unknown=rows.x.isnull())
    there = here.view().rename(other=of, o="s", also="unknown")
    pairs = here.join(there, [*by, "unit", here[of] < there.other])
    empty = reasons.REGION_EMPTY if of == "region" else reasons.SECTOR_EMPTY
    return (
        pairs.mutate(gap=(_.s - _.o).abs(), silent=(_.unknown | _.also).cast("int32"))
        .group_by([*owner, "other"])
        .agg(distance=_.gap.sum(), left_out=_.silent.sum())
        .mutate(krugman=_.distance * float(scale))
        .pipe(explained, "krugman", {empty: _.left_out == 0})
        .select(*owner, "other", "krugman", "left_out", "reason")
    )
