"""Maurel-Sedillot index: agglomeration beyond that of the plants, in its French form."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio
from hanse.engines.regional.plants import CAUSES, plant_sums
from hanse.engines.regional.table import indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "agglomeration",
    roles=("region", "value"),
    optional=("plant", "sector"),
    rows_are=("plant",),
    gives=("sector",),
)
def maurel_sedillot(
    cells: Table, *, by: Sequence[str] = (), reference: Table | None = None
) -> Table:
    """Maurel-Sedillot gamma of each industry.

    Formula   gamma = (G - H) / (1 - H), G = (sum of s_r**2 - sum of x_r**2) / (1 - sum of x_r**2)
              s_r the share of region r in the industry, x_r in the reference: all plants of the
              table, or the table `reference` of regions; H = sum over plants of z_k**2
    Unit      up to 1; 0 = as chance would have it
    Takes     a row for each plant: region, value; sector, plant (its name: doubles are refused)
    Gives     sector, maurel_sedillot, concentration (G), herfindahl (H), plants, left_out, reason
    Unknown   sector_empty, reference_empty; single_unit where one plant has everything (H = 1) or
              the reference is one region
    Source    F. Maurel and B. Sédillot (1999) "A measure of the geographic concentration in French
              manufacturing industries", Regional Science and Urban Economics 29.

    >>> area = {"region": list("abcd"), "value": [1, 1, 1, 1]}
    >>> maurel_sedillot({"region": ["a"] * 4, "value": [10] * 4}, reference=area)[
    ...     "maurel_sedillot"].to_pylist()
    [1.0]
    """
    rows, owner = plant_sums(cells, by, reference)
    return (
        rows.mutate(concentration=ratio(_.own_squares - _.squares, 1.0 - _.squares))
        .mutate(maurel_sedillot=ratio(_.concentration - _.herfindahl, 1.0 - _.herfindahl))
        .pipe(explained, "maurel_sedillot", CAUSES)
        .select(
            *owner,
            "maurel_sedillot",
            "concentration",
            "herfindahl",
            "plants",
            "left_out",
            "reason",
        )
    )
