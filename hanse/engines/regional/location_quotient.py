"""Location quotient: how much more a region works in a sector than the reference area does."""

from fractions import Fraction

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, Table

from hanse.engines.regional.exact import ratio, whole


def location_quotients(cells: Table) -> Table:
    """Specialisation of each region in each sector; 1 = as the reference area.

    Formula   LQ = (x / Xr) / (Xi / X), computed as (x * X) / (Xr * Xi) with one division
              x  persons of the sector in the region      Xr total of the region
              Xi persons of the sector in the reference   X  total of the reference area
    Unit      none; 0 and more
    Takes     persons, total, reference_persons, reference_total
    Gives     the same rows with lq and share (= x / Xr)
    Unknown   where a figure is not known, or Xr or Xi is zero.
    Bound     where `total` is a lower bound, share and LQ are upper bounds.
    Source    P. Sargant Florence (1939); the U.S. Bureau of Labor Statistics publishes
              quotients of this form with its Quarterly Census of Employment and Wages.
    Error     one rounding of a division: relative 2**-53.

    >>> cells = ibis.memtable({
    ...     "persons": [158], "total": [1000],
    ...     "reference_persons": [20], "reference_total": [1000]})
    >>> location_quotients(cells).select("share", "lq").to_pyarrow().to_pylist()
    [{'share': 0.158, 'lq': 7.9}]
    """
    return cells.mutate(
        share=ratio(_.persons, _.total),
        lq=ratio(
            whole(_.persons) * whole(_.reference_total),
            whole(_.total) * whole(_.reference_persons),
        ),
    )


def quotient_reaches(cells: Table, threshold: Fraction) -> BooleanValue:
    """Whether LQ >= threshold p / q, decided in whole numbers: x * X * q >= p * Xr * Xi.

    Three-valued: unknown where the quotient is unknown. A quotient of exactly the threshold passes,
    which a comparison of rounded ratios could not promise.

    >>> cells = ibis.memtable({
    ...     "persons": [2, 1], "total": [10, 10], "reference_persons": [10, 10],
    ...     "reference_total": [100, 100]})
    >>> cells.select(passed=quotient_reaches(cells, Fraction(2))).passed.to_pyarrow().to_pylist()
    [True, False]
    """
    here = whole(cells.persons) * whole(cells.reference_total) * ibis.literal(threshold.denominator)
    there = whole(cells.total) * whole(cells.reference_persons) * ibis.literal(threshold.numerator)
    known = (cells.total > 0) & (cells.reference_persons > 0)
    return ibis.ifelse(known, here >= there, ibis.null("boolean"))
