"""Wages per person employed: the productivity that the 2020 mapping tool measures."""

from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio


def wages_per_person(cells: Table) -> Table:
    """Wages and salaries per person employed.

    Formula   wages * 1,000,000 / persons, wages in million EUR
    Unit      EUR a year and person employed
    Takes     wages (DECIMAL, million EUR), persons
    Gives     the same rows with wages_per_person
    Unknown   where either is not known or nobody is employed.
    Beware    persons employed include owners who draw no wage, and wages are in current EUR.
    Source    European Observatory for Clusters and Industrial Change, mapping tool: productivity is
              "average wages per employed person".

    >>> import ibis
    >>> from decimal import Decimal
    >>> cells = ibis.memtable({"wages": [Decimal("313.5")], "persons": [6270]})
    >>> wages_per_person(cells).wages_per_person.to_pyarrow().to_pylist()
    [50000.0]
    """
    return cells.mutate(
        wages_per_person=ratio((_.wages * 1_000_000).cast("decimal(38, 3)"), _.persons)
    )
