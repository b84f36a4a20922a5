"""Coulter coefficient: the Hoover index with squares in the place of distances."""

from collections.abc import Sequence

from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.distributions import COUNTS, distributions, emptiness
from hanse.engines.regional.table import grouped, indicator
from hanse.engines.regional.undefined import explained


@indicator(
    "concentration",
    roles=("value",),
    optional=("region", "sector"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"reat": {}},
)
def coulter(
    cells: Table,
    *,
    by: Sequence[str] = (),
    of: str = "sector",
    reference: Table | None = None,
) -> Table:
    """Coulter coefficient of each sector over regions, or of each region over its sectors.

    Formula   sqrt(sum over r of (s_r - p_r)**2 / 2), s_r the share of region r in the sector and
              p_r in the reference: the whole table, or the table `reference` (population, area)
    Unit      0 to 1; 0 = spread as the reference
    Takes     region, sector, value; of "region" or "sector"
    Gives     sector or region, coulter, left_out, reason
    Unknown   sector_empty, region_empty, reference_empty
    Source    P. B. Coulter (1989) "Measuring Inequality: A Methodological Handbook".

    >>> people = {"region": list("ab"), "value": [50, 50]}
    >>> coulter({"region": list("ab"), "value": [30, 10]}, reference=people)["coulter"].to_pylist()
    [0.25]
    """
    rows, owner = distributions(cells, of, by=by, reference=reference, compared=True)
    gap = rows.s - rows.r
    return (
        grouped(rows.mutate(square=gap * gap), owner)
        .agg(squares=_.square.sum(), **COUNTS)
        .mutate(coulter=(_.squares / 2.0).sqrt())
        .pipe(explained, "coulter", emptiness(of))
        .select(*owner, "coulter", "left_out", "reason")
    )
