"""Concentration of a sector: how unevenly it is spread over the regions."""

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio, whole


def industry_concentration(cells: Table) -> Table:
    """Herfindahl, Hoover and Gini index of each sector and year over the regions given.

    Formula   HHI    = sum of x_r**2 / X**2
              Hoover = half the sum of | x_r / X - T_r / T |, computed as
                       sum of | x_r * T - T_r * X | / (2 * X * T)
              Gini   = sum of (2k - n - 1) * x_(k) / (n * X),  x_(k) the k-th smallest of n values
              x_r persons of the sector in region r, T_r total of region r; X and T are their sums
              over the regions whose figure is known.
    Unit      0 to 1: HHI 1 = all in one region; Hoover = the share of the sector's persons who
              would have to move for it to spread like all employment; Gini 0 = the same number
              everywhere.
    Takes     sector, year, persons, total; one level of regions only (NUTS 2)
    Gives     sector, year, hhi, hoover, gini, regions_known
    Beware    confidential regions are left out, so the indices describe the known ones.
    Source    Hirschman (1964); E. M. Hoover (1936) "The measurement of industrial localization",
              Review of Economics and Statistics 18; C. Gini (1912).

    >>> cells = ibis.memtable({
    ...     "sector": [1, 1], "year": [2014] * 2, "persons": [75, 25], "total": [500, 500]})
    >>> industry_concentration(cells).select("hhi", "hoover", "gini").to_pyarrow().to_pylist()
    [{'hhi': 0.625, 'hoover': 0.25, 'gini': 0.25}]
    """
    known = cells.filter(_.persons.notnull(), _.total.notnull()).select(
        "sector", "year", "persons", "total"
    )
    sums = known.group_by("sector", "year").agg(
        sector_sum=_.persons.sum().cast("int64"),
        total_sum=_.total.sum().cast("int64"),
        n=_.count(),
    )
    # Regions that stand level may take their places in any order: the sum is the same.
    placed = known.mutate(
        place=ibis.row_number().over(
            ibis.window(group_by=[known.sector, known.year], order_by=known.persons)
        )
        + 1
    )
    return (
        placed.join(sums, ["sector", "year"])
        .mutate(
            square=whole(_.persons) * whole(_.persons),
            distance=(
                whole(_.persons) * whole(_.total_sum) - whole(_.total) * whole(_.sector_sum)
            ).abs(),
            moment=whole(2 * _.place - _.n - 1) * whole(_.persons),
        )
        .group_by("sector", "year", "sector_sum", "total_sum", "n")
        .agg(square=_.square.sum(), distance=_.distance.sum(), moment=_.moment.sum())
        .mutate(
            hhi=ratio(_.square, whole(_.sector_sum) * whole(_.sector_sum)),
            hoover=ratio(_.distance, whole(_.sector_sum) * whole(_.total_sum) * 2),
            gini=ratio(_.moment, whole(_.n) * whole(_.sector_sum)),
        )
        .select("sector", "year", "hhi", "hoover", "gini", regions_known=_.n)
    )
