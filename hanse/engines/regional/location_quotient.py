"""Location quotient: how much more a region works in a sector than the reference area does."""

from collections.abc import Sequence
from fractions import Fraction

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, Table

from hanse.engines import faults, reasons
from hanse.engines.regional.exact import ratio, whole
from hanse.engines.regional.table import grouped, indicator, matched
from hanse.engines.regional.undefined import explained


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


@indicator(
    "specialisation",
    roles=("region", "sector", "value"),
    rows_are=("region", "sector"),
    gives=("region", "sector"),
    presets={"econgeo": {"empty": "zero"}, "reat": {}},
)
def location_quotient(
    cells: Table,
    *,
    by: Sequence[str] = (),
    threshold: float = 1.0,
    empty: str = "null",
    reference: Table | None = None,
) -> Table:
    """Location quotient of each row, and whether the region is specialised in the sector.

    Formula   LQ = (x / R) / (S / T), computed as (x * T) / (R * S) with one division: x value, R
              total of the region, S of the sector, T of the reference: the whole table, or the
              table `reference` of sectors
              present = 1 where LQ >= threshold, else 0. Of whole numbers it is decided in whole
              numbers, x * T >= threshold * R * S: a quotient of exactly the threshold passes
    Unit      0 and more; 1 = as the reference area
    Takes     region, sector, value; the rows given are the rows of the result
    Gives     region, sector, location_quotient, present, reason
    Unknown   region_empty, sector_empty, reference_empty (0 and not present with empty "zero")
    Differs   EconGeo's rca is rounded to two decimals; this is not
    Source    P. Sargant Florence (1939); B. Balassa (1965) "Trade liberalisation and 'revealed'
              comparative advantage", The Manchester School 33.

    >>> location_quotient({"region": list("aabb"), "sector": list("xyxy"), "value": [3, 6, 7, 14]})[
    ...     "present"].to_pylist()
    [1, 1, 1, 1]
    """
    if empty not in {"null", "zero"}:
        raise faults.UnknownConvention(f"empty={empty!r}: null or zero is meant.")
    if not threshold >= 0:
        raise faults.UnknownConvention(f"threshold={threshold}: a quotient is 0 and more.")
    rows = cells.mutate(row=_.value.sum().over(group_by=[*by, "region"]))
    if reference is None:
        rows = rows.mutate(
            column=_.value.sum().over(group_by=[*by, "sector"]),
            whole=_.value.sum().over(group_by=list(by)),
        )
    else:
        rows = _with_reference(rows, reference, by)
    rows = rows.mutate(
        location_quotient=ratio(_.value * _.whole, _.row * _.column),
        known=(_.row > 0) & (_.column > 0) & _.value.notnull(),
    )
    passed = rows.known.ifelse(_passes(rows, Fraction(str(threshold))), None)
    rows = rows.mutate(present=passed.ifelse(1, 0).cast("int8"))
    rows = rows.mutate(present=rows.known.ifelse(rows.present, None))
    if empty == "zero":
        nothing = rows.value.notnull() & ~rows.known
        rows = rows.mutate(
            location_quotient=nothing.ifelse(0.0, rows.location_quotient),
            present=nothing.ifelse(ibis.literal(0, "int8"), rows.present),
        )
    nowhere = reasons.SECTOR_EMPTY if reference is None else reasons.REFERENCE_EMPTY
    return rows.pipe(
        explained,
        "location_quotient",
        {
            reasons.NOT_KNOWN: _.value.isnull(),
            reasons.REGION_EMPTY: _.row == 0,
            nowhere: _.column == 0,
        },
    ).select(*by, "region", "sector", "location_quotient", "present", "reason")


def _with_reference(rows: Table, reference: Table, by: Sequence[str]) -> Table:
    if "sector" not in reference.columns:
        raise faults.MissingColumn("The reference area needs the column 'sector'.")
    kept = [name for name in by if name in reference.columns]
    area = reference.mutate(sector=reference.sector.cast(rows.sector.type()))
    sectors = area.group_by([*kept, "sector"]).agg(column=_.value.sum())
    rows = matched(rows, sectors, [*kept, "sector"])
    rows = rows.mutate(column=rows.column.fill_null(0.0))
    return matched(rows, grouped(area, kept).agg(whole=_.value.sum()), kept)


def _passes(rows: Table, threshold: Fraction) -> BooleanValue:
    """LQ >= p / q, of whole numbers x * T * q >= p * R * S: no product is beyond 38 digits."""
    most = max(threshold.numerator, threshold.denominator)
    limit = min(2.0**53, (10.0**37 / most) ** 0.5)
    figures = (rows.value, rows.whole, rows.row, rows.column)
    exactly = ibis.literal(value=True)
    for figure in figures:
        exactly &= (figure < limit) & (figure == figure.floor().cast("float64"))
    # Through int64: PostgreSQL keeps 15 digits of a float64 that becomes a decimal.
    x, t, r, s = (whole(exactly.ifelse(figure, 0.0).cast("int64")) for figure in figures)
    return exactly.ifelse(
        x * t * ibis.literal(threshold.denominator) >= r * s * ibis.literal(threshold.numerator),
        rows.location_quotient >= float(threshold),
    )
