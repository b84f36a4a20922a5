"""Total of a region: what all its business sectors employ together."""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table


def region_totals(cells: Table, sections: Sequence[int]) -> Table:
    """Persons employed in all sections, for each region and year.

    Formula   total(r) = sum over sections s of  persons(s, r), or, where that is not known,
              the sum of the known persons of the divisions of s
    Unit      persons
    Takes     cells: region, sector, section, is_section, year, persons (null = not known)
    Gives     region, year, total, total_bound
    Bound     `total_bound` says that a section was not published, so that the total is a lower
              bound. A region without any figure has no total.
    Source    the platform's definition; Eurostat's regional business statistics publish no total
              over the business economy without finance (sections B to J and L to N).

    >>> cells = ibis.memtable({
    ...     "region": [1, 1, 1, 1], "sector": [10, 20, 21, 22], "section": [10, 20, 20, 20],
    ...     "is_section": [True, True, False, False], "year": [2014] * 4,
    ...     "persons": [70, None, 20, 5]})
    >>> region_totals(cells, [10, 20]).to_pyarrow().to_pylist()
    [{'region': 1, 'year': 2014, 'total': 95, 'total_bound': True}]
    """
    return (
        cells.filter(_.section.isin(sections))
        .group_by("region", "year", "section")
        .agg(
            published=_.persons.max(where=_.is_section),
            parts=_.persons.sum(where=~_.is_section),
        )
        .mutate(figure=ibis.coalesce(_.published, _.parts).cast("int64"))
        .group_by("region", "year")
        .agg(total=_.figure.sum().cast("int64"), known_sections=_.published.count())
        .mutate(
            total_bound=ibis.ifelse(
                _.total.isnull(), ibis.null("boolean"), _.known_sections < len(sections)
            )
        )
        .drop("known_sections")
    )
