"""Industrial change: which specialisations a region gained or lost, and how far its mix moved."""

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines.regional.exact import ratio, whole


def industrial_change(divisions: Table) -> Table:
    """Entries, exits and structural change of each region between every pair of years.

    Formula   entry = a division with LQ < 1 in the first and LQ >= 1 in the second year; exit =
              the reverse.  Structural change = half the sum over divisions of
              | x1_i / X1 - x0_i / X0 |, computed as
              sum of | x1_i * X0 - x0_i * X1 | / (2 * X0 * X1);
              X0 and X1 are the sums over the divisions known in both years.
    Unit      entries, exits: divisions; structural change: 0 to 1, the share of persons employed
              who would have to change division to get from the one year's mix to the other's
    Takes     divisions: region, sector, year, persons, specialised (LQ >= 1, three-valued)
    Gives     region, start, end, entries, exits, structural_change, divisions_compared
    Unknown   structural change where the compared divisions count nobody in one of the years.
    Source    entry and exit as in Neffke, Henning, Boschma (2011) Economic Geography 87; the half
              sum is the index of M. Michaely (1962) "Concentration in International Trade".

    >>> divisions = ibis.memtable({
    ...     "region": [1] * 4, "sector": [10, 10, 11, 11], "year": [2010, 2014] * 2,
    ...     "persons": [60, 50, 40, 50], "specialised": [True, False, False, True]})
    >>> industrial_change(divisions).drop("region", "start", "end").to_pyarrow().to_pylist()
    [{'entries': 1, 'exits': 1, 'structural_change': 0.1, 'divisions_compared': 2}]
    """
    known = divisions.filter(_.persons.notnull())
    first = known.select("region", "sector", start=_.year, p0=_.persons, s0=_.specialised)
    last = known.select("region", "sector", end=_.year, p1=_.persons, s1=_.specialised)
    pairs = first.join(last, ["region", "sector"]).filter(_.start < _.end)
    sums = pairs.group_by("region", "start", "end").agg(
        sum0=_.p0.sum().cast("int64"), sum1=_.p1.sum().cast("int64")
    )
    return (
        pairs.select("region", "start", "end", "p0", "p1", "s0", "s1")
        .join(sums, ["region", "start", "end"])
        .mutate(distance=(whole(_.p1) * whole(_.sum0) - whole(_.p0) * whole(_.sum1)).abs())
        .group_by("region", "start", "end", "sum0", "sum1")
        .agg(
            entries=ibis.ifelse((~_.s0 & _.s1).fill_null(False), 1, 0).sum().cast("int64"),
            exits=ibis.ifelse((_.s0 & ~_.s1).fill_null(False), 1, 0).sum().cast("int64"),
            distance=_.distance.sum(),
            divisions_compared=_.count(),
        )
        .mutate(structural_change=ratio(_.distance, whole(_.sum0) * whole(_.sum1) * 2))
        .select(
            "region", "start", "end", "entries", "exits", "structural_change", "divisions_compared"
        )
    )
