"""Reference areas: what a region is compared with.

A reference area is known by its persons employed in each sector and by its total over the sections.
Country figures (NUTS 0) are used rather than sums of regions, because they contain the regions
whose own figures are confidential.
"""

from collections.abc import Sequence

import ibis
from ibis import _
from ibis.expr.types import Table


def country_reference(cells: Table, sections: Sequence[int]) -> Table:
    """Each country as a reference area, in the years in which it has regional figures.

    Formula   persons(i, c) = the figure of the country, or, where it is not known, the sum of the
              known figures of its NUTS 2 regions;  total(c) = sum of persons(s, c) over sections s
    Unit      persons
    Takes     cells: region, country, level, sector, section, is_section, year, persons
    Gives     country, year, sector, reference_persons, reference_bound, reference_total,
              reference_total_bound
    Bound     `…_bound`: a figure had to be summed from regions, or none exists, so that the number
              is a lower bound.
    Source    the platform's definition.

    >>> cells = ibis.memtable({
    ...     "region": [1, 1, 2, 2], "country": [1] * 4, "level": [0, 0, 2, 2],
    ...     "sector": [10, 20, 10, 20], "section": [10, 20, 10, 20], "is_section": [True] * 4,
    ...     "year": [2014] * 4, "persons": [100, None, 90, 30]})
    >>> rows = country_reference(cells, [10, 20]).order_by("sector").to_pyarrow().to_pylist()
    >>> [(r["reference_persons"], r["reference_bound"], r["reference_total"]) for r in rows]
    [(100, False, 130), (30, True, 130)]
    """
    figures = _country_figures(cells)
    totals = _totals(figures, sections, "country", "year")
    return figures.drop("is_section", "section").join(totals, ["country", "year"])


def europe_reference(cells: Table, sections: Sequence[int]) -> Table:
    """All countries with regional figures in the year, together: the default reference area.

    Formula   persons(i) = sum over countries c of persons(i, c), as in `country_reference`
    Unit      persons
    Takes     as `country_reference`
    Gives     year, sector, reference_persons, reference_bound, reference_total,
              reference_total_bound, reference_countries
    Bound     `reference_bound`: at least one country's own figure is not known.
    Source    the platform's definition. The countries change with the years (France joins in 2010),
              so shares of two years are those of two slightly different areas.

    >>> cells = ibis.memtable({
    ...     "region": [1, 2, 5, 6], "country": [1, 1, 5, 5], "level": [0, 2, 0, 2],
    ...     "sector": [10] * 4, "section": [10] * 4, "is_section": [True] * 4,
    ...     "year": [2014] * 4, "persons": [100, 90, 50, None]})
    >>> europe_reference(cells, [10]).to_pyarrow().to_pylist()[0]["reference_persons"]
    100
    """
    figures = (
        _country_figures(cells)
        .group_by("year", "sector", "section", "is_section")
        .agg(
            reference_persons=_.reference_persons.sum().cast("int64"),
            reference_bound=_.reference_bound.any(),
            reference_countries=_.country.nunique(),
        )
    )
    totals = _totals(figures, sections, "year")
    return figures.drop("is_section", "section").join(totals, ["year"])


def _country_figures(cells: Table) -> Table:
    with_regions = (
        cells.filter(_.level == 2, _.persons.notnull()).select("country", "year").distinct()  # noqa: PLR2004
    )
    return (
        cells.filter(_.level.isin([0, 2]))
        .group_by("country", "year", "sector", "section", "is_section")
        .agg(
            own=_.persons.max(where=_.level == 0),
            regions=_.persons.sum(where=_.level == 2),  # noqa: PLR2004
        )
        .mutate(
            reference_persons=ibis.coalesce(_.own, _.regions).cast("int64"),
            reference_bound=_.own.isnull(),
        )
        .drop("own", "regions")
        .semi_join(with_regions, ["country", "year"])
    )


def _totals(figures: Table, sections: Sequence[int], *area: str) -> Table:
    return (
        figures.filter(_.is_section, _.section.isin(sections))
        .group_by(*area)
        .agg(
            reference_total=_.reference_persons.sum().cast("int64"),
            reference_total_bound=_.reference_bound.any() | (_.count() < len(sections)),
        )
    )
