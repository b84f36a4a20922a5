"""Colocation of two industries: how often a firm of one has one of the other beside it."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "agglomeration",
    roles=("region", "sector"),
    optional=("plant", "value"),
    rows_are=("plant",),
    gives=("sector", "other"),
    presets={"reat": {}},
)
def colocation(cells: Table, *, by: Sequence[str] = ()) -> Table:
    """Howard, Newman and Tarp's colocation of every two industries.

    Formula   C_ij = sum over regions r of n_ri * n_rj / (n_i * n_j), n the numbers of firms: the
              part of all pairs of a firm of i and a firm of j that are in the same region
    Unit      0 to 1; a part of pairs, not corrected for the size of the regions
    Takes     a row for each firm: region, sector; plant (its name: doubles are refused); or with
              value the number of firms of the row
    Gives     sector, other (below it in their order), colocation, left_out, reason
    Unknown   sector_empty
    Source    E. Howard, C. Newman and F. Tarp (2016) "Measuring industry coagglomeration and
              identifying the driving forces", Journal of Economic Geography 16.

    >>> colocation({"region": list("XXXYYX"), "sector": list("ABABAB")})["colocation"].to_pylist()
    [0.5555555555555556]
    """
    counted = "value" in cells.columns
    firms = cells.mutate(firms=_.value if counted else 1.0)
    rows = firms.group_by([*by, "sector", "region"]).agg(
        n=_.firms.fill_null(0.0).sum(), silent=_.firms.isnull().sum()
    )
    sums = rows.group_by([*by, "sector"]).agg(total=_.n.sum(), unknown=_.silent.sum())
    other = sums.view().rename(other="sector", total_there="total", also="unknown")
    on = [*by, sums.sector < other.other]
    pairs = sums.join(other, on).select(
        *by, "sector", "other", "total", "total_there", left_out=_.unknown + _.also
    )
    here = rows.select(*by, "sector", "region", "n")
    there = here.view().rename(other="sector", n_there="n")
    together = (
        here.join(there, [*by, "region", here.sector < there.other])
        .mutate(both=_.n * _.n_there)
        .group_by([*by, "sector", "other"])
        .agg(together=_.both.sum())
    )
    keys = [*by, "sector", "other"]
    joined = pairs.left_join(together, keys).drop([f"{key}_right" for key in keys])
    return (
        joined.mutate(colocation=ratio(_.together.fill_null(0.0), _.total * _.total_there))
        .pipe(explained, "colocation", {reasons.SECTOR_EMPTY: _.left_out == 0})
        .select(*keys, "colocation", "left_out", "reason")
    )
