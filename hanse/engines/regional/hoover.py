"""Hoover index: what part of a sector would have to move to be spread as the reference is."""

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
    presets={"econgeo": {"scale": 100.0}, "reat": {}},
)
def hoover(
    cells: Table,
    *,
    by: Sequence[str] = (),
    of: str = "sector",
    scale: float = 1.0,
    reference: Table | None = None,
) -> Table:
    """Hoover index of each sector over regions, or of each region over its sectors.

    Formula   scale * sum over r of | s_r - p_r | / 2, s_r the share of region r in the sector and
              p_r in the reference: the whole table, or the table `reference` (population, area)
    Unit      0 to scale (1, or 100 for per cent); the part that would have to move for both to be
              spread alike
    Takes     region, sector, value; of "region" or "sector"
    Gives     sector or region, hoover, left_out, reason
    Unknown   sector_empty, region_empty, reference_empty
    Source    E. M. Hoover (1936) "The measurement of industrial localization", Review of Economics
              and Statistics 18.

    >>> people = {"region": list("ab"), "value": [50, 50]}
    >>> hoover({"region": list("ab"), "value": [30, 10]}, reference=people)["hoover"].to_pylist()
    [0.25]
    """
    rows, owner = distributions(cells, of, by=by, reference=reference, compared=True)
    return (
        grouped(rows.mutate(gap=(rows.s - rows.r).abs()), owner)
        .agg(distance=_.gap.sum(), **COUNTS)
        .mutate(hoover=_.distance * (float(scale) / 2.0))
        .pipe(explained, "hoover", emptiness(of))
        .select(*owner, "hoover", "left_out", "reason")
    )
