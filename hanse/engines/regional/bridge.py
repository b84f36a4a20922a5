"""Bridge: figures of a fine classification summed into categories of a sector set."""

from ibis import _
from ibis.expr.types import Table


def bridge(cells: Table, parts: Table) -> Table:
    """Persons of each category of a sector set, from figures of the classes that make it up.

    Formula   persons(k) = sum over classes j of weight(j, k) * persons(j)
    Unit      persons; weights are DECIMAL shares of a class, so a category may hold fractions
    Takes     cells: region, sector, year, persons;  parts: category, sector, weight (DECIMAL, 0 to 1)
    Gives     category, region, year, persons (DECIMAL), classes_known, classes, bound
    Bound     where a class is not known its persons are left out, and `bound` says that the sum is a
              lower bound. A category without a single known class has no row.
    Source    the platform's definition; the way the European Cluster Observatory sums 4-digit classes
              into its cluster categories.

    >>> import ibis
    >>> from decimal import Decimal
    >>> cells = ibis.memtable({
    ...     "region": [1, 1], "sector": ["C2910", "C2932"], "year": [2014] * 2, "persons": [100, 40]})
    >>> parts = ibis.memtable({
    ...     "category": ["Automotive"] * 3, "sector": ["C2910", "C2932", "C2931"],
    ...     "weight": [Decimal("0.5"), Decimal("1.0"), Decimal("1.0")]})
    >>> bridge(cells, parts).to_pyarrow().to_pylist()[0]["persons"]
    Decimal('90.000000')
    """
    sizes = parts.group_by("category").agg(classes=_.count())
    return (
        cells.filter(_.persons.notnull())
        .select("region", "sector", "year", "persons")
        .join(parts, ["sector"])
        .mutate(part=(_.persons.cast("decimal(18, 0)") * _.weight.cast("decimal(9, 6)")))
        .group_by("category", "region", "year")
        .agg(persons=_.part.sum().cast("decimal(38, 6)"), classes_known=_.count())
        .join(sizes, ["category"])
        .mutate(bound=_.classes_known < _.classes)
    )
