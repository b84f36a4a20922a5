"""Growth of a sector in a region on the year before."""

from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio


def growth(cells: Table) -> Table:
    """Relative change of persons employed from the year before.

    Formula   growth(y) = (x(y) - x(y-1)) / x(y-1)
    Unit      none; 0.05 = five per cent more
    Takes     region, sector, year, persons
    Gives     the same rows with growth
    Unknown   where either year is not known, or the year before counted nobody.
    Source    Eurostat's V91290 "growth rate of persons employed", which is in per cent.

    >>> import ibis
    >>> cells = ibis.memtable({
    ...     "region": [1, 1, 1], "sector": [2] * 3, "year": [2013, 2014, 2015],
    ...     "persons": [100, 105, None]})
    >>> growth(cells).order_by("year").growth.to_pyarrow().to_pylist()
    [None, 0.05, None]
    """
    before = cells.select(
        "region", "sector", year=(_.year + 1).cast(cells.year.type()), persons_before=_.persons
    )
    return (
        cells.left_join(before, ["region", "sector", "year"])
        .drop("region_right", "sector_right", "year_right")
        .mutate(growth=ratio(_.persons - _.persons_before, _.persons_before))
        .drop("persons_before")
    )
