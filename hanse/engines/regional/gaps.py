"""Gap filling: the Observatory's estimate for cells that are confidential or missing."""

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio


def estimates(cells: Table) -> Table:
    """An estimate for every blank division whose section is known in the region and year.

    Formula   estimate = max(0, parent - sum of known children) / number of missing children;
              the tree is section and division, so the nearest available parent is the section
    Unit      persons (a fraction of a person is an artefact of the equal split)
    Takes     region, sector, section, is_section, year, persons
    Gives     region, sector, year, persons_estimate: only for blank divisions
    Unknown   where the section is blank too: nothing is estimated.
    Guard     max(0, …) is ours: rounding and revisions can make known children exceed their parent.
    Source    European Cluster Observatory, "industry splitting" of missing data.

    >>> cells = ibis.memtable({
    ...     "region": [1] * 4, "sector": [10, 11, 12, 13], "section": [10] * 4,
    ...     "is_section": [True, False, False, False], "year": [2014] * 4,
    ...     "persons": [100, 40, None, None]})
    >>> estimates(cells).order_by("sector").to_pyarrow().to_pylist()[0]["persons_estimate"]
    30.0
    """
    residuals = (
        cells.filter(_.section.notnull())
        .group_by("region", "year", "section")
        .agg(
            parent=_.persons.max(where=_.is_section),
            known=_.persons.sum(where=~_.is_section).fill_null(0),
            missing=(_.persons.isnull() & ~_.is_section).sum(),
        )
        .filter(_.parent.notnull(), _.missing > 0)
        .mutate(residual=ibis.greatest(_.parent - _.known, 0))
        .select("region", "year", "section", persons_estimate=ratio(_.residual, _.missing))
    )
    return (
        cells.filter(~_.is_section, _.persons.isnull())
        .select("region", "sector", "section", "year")
        .join(residuals, ["region", "year", "section"])
        .drop("section")
    )
