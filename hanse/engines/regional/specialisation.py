"""Specialisation of a region as a whole: how narrow, and how unlike the reference area."""

from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio, whole


def regional_specialisation(divisions: Table) -> Table:
    """Herfindahl and Krugman index of each region and year over its known divisions.

    Formula   HHI     = sum of x_i**2 / X**2
              Krugman = sum of | x_i / X - y_i / Y |, computed as
                        sum of | x_i * Y - y_i * X | / (X * Y)
              x_i persons of division i in the region, y_i in the reference area; X and Y are the
              sums over the divisions that are known in the region, so that both sets of shares
              add up to 1.
    Unit      HHI 0 to 1 (1 = one division only); Krugman 0 to 2 (0 = as the reference area)
    Takes     divisions: region, year, persons, reference_persons; level of divisions only
    Gives     region, year, hhi, krugman, divisions_known
    Unknown   where no division is known or all are zero.
    Source    Hirschman (1964) "The paternity of an index", American Economic Review 54;
              Krugman (1991) "Geography and Trade", p. 75.

    >>> import ibis
    >>> divisions = ibis.memtable({
    ...     "region": [1, 1], "year": [2014] * 2, "persons": [75, 25],
    ...     "reference_persons": [500, 500]})
    >>> regional_specialisation(divisions).select("hhi", "krugman").to_pyarrow().to_pylist()
    [{'hhi': 0.625, 'krugman': 0.5}]
    """
    known = divisions.filter(_.persons.notnull(), _.reference_persons.notnull())
    sums = known.group_by("region", "year").agg(
        region_sum=_.persons.sum().cast("int64"),
        reference_sum=_.reference_persons.sum().cast("int64"),
    )
    return (
        known.select("region", "year", "persons", "reference_persons")
        .join(sums, ["region", "year"])
        .mutate(
            square=whole(_.persons) * whole(_.persons),
            distance=(
                whole(_.persons) * whole(_.reference_sum)
                - whole(_.reference_persons) * whole(_.region_sum)
            ).abs(),
        )
        .group_by("region", "year", "region_sum", "reference_sum")
        .agg(square=_.square.sum(), distance=_.distance.sum(), divisions_known=_.count())
        .mutate(
            hhi=ratio(_.square, whole(_.region_sum) * whole(_.region_sum)),
            krugman=ratio(_.distance, whole(_.region_sum) * whole(_.reference_sum)),
        )
        .select("region", "year", "hhi", "krugman", "divisions_known")
    )
