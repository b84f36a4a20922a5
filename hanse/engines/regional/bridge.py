"""Bridge: figures of a fine classification summed into categories of a sector set."""

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio, whole

MILLION = 1_000_000


def bridge(cells: Table, parts: Table) -> Table:
    """Persons of each category of a sector set, from figures of the classes that make it up.

    Formula   persons(k) = sum over classes j of weight(j, k) * persons(j)
    Unit      persons, with fractions; weights are shares of a class, exact to one millionth
    Takes     cells: region, sector, year, persons;  parts: category, sector, weight (0 to 1)
    Gives     category, region, year, persons, classes_known, classes, bound
    Bound     where a class is not known its persons are left out, and `bound` says that the sum
              is a lower bound. A category without a single known class has no row.
    Source    the platform's definition; the way the European Cluster Observatory sums 4-digit
              classes into its cluster categories.

    >>> cells = ibis.memtable({
    ...     "region": [1, 1], "sector": ["C2910", "C2932"], "year": [2014] * 2,
    ...     "persons": [100, 40]})
    >>> parts = ibis.memtable({
    ...     "category": ["Automotive"] * 3, "sector": ["C2910", "C2932", "C2931"],
    ...     "weight": [0.5, 1.0, 1.0]})
    >>> bridge(cells, parts).to_pyarrow().to_pylist()[0]["persons"]
    90.0
    """
    sizes = parts.group_by("category").agg(classes=_.count())
    return (
        cells.filter(_.persons.notnull())
        .select("region", "sector", "year", "persons")
        .join(parts, ["sector"])
        .mutate(part=whole(_.persons) * whole((_.weight * MILLION).round()))
        .group_by("category", "region", "year")
        .agg(part=_.part.sum(), classes_known=_.count())
        .mutate(persons=ratio(_.part, ibis.literal(MILLION)))
        .drop("part")
        .join(sizes, ["category"])
        .mutate(bound=_.classes_known < _.classes)
    )
