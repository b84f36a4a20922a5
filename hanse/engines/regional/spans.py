"""Spans of time: every unit at the start and at the end of each."""

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import NumericValue, Table

from hanse.engines import faults
from hanse.engines.regional.table import absent, grouped, matched


def spans(
    cells: Table,
    *,
    by: Sequence[str] = (),
    first: Any = None,
    last: Any = None,
    periods: str = "ends",
) -> Table:
    """The span from the first period to the last, or each from one period to the next.

    periods   "ends": from the first to the last; "each": from each to the next
    Gives     the columns by, start, end. A table of one period has one span, without length
    first, last  periods to begin and to end with, else the first and last of the table
    """
    if periods not in {"ends", "each"}:
        raise faults.UnknownConvention(f"periods={periods!r}: ends or each is meant.")
    found = cells.select(*by, "period").distinct()
    if first is not None:
        found = found.filter(_.period >= first)
    if last is not None:
        found = found.filter(_.period <= last)
    if periods == "ends":
        return grouped(found, by).agg(start=_.period.min(), end=_.period.max())
    order = ibis.window(group_by=list(by), order_by="period")
    paired = found.mutate(
        end=_.period.lead().over(order), times=_.period.count().over(group_by=list(by))
    )
    return paired.filter(_.end.notnull() | (_.times == 1)).select(
        *by, start=_.period, end=ibis.coalesce(_.end, _.period)
    )


def both_ends(cells: Table, units: Sequence[str], within: Table, *, by: Sequence[str]) -> Table:
    """Every unit of the table in every span: its value at the start (x0) and at the end (x1).

    Zero      a unit without a row in a period counts as zero there
    Unknown   where either value is not known both are null
    """
    keys = list(dict.fromkeys([*by, *units]))
    shared = [name for name in by if name in within.columns]
    named = cells.select(*keys).distinct()
    rows = named.join(within, shared) if shared else named.cross_join(within)
    rows = rows.select(*dict.fromkeys([*keys, *within.columns]))
    for name, at in (("x0", "start"), ("x1", "end")):
        found = cells.group_by([*keys, "period"]).agg(
            **{name: _.value.sum(), "silent": _.value.isnull().sum(), "given": _.count()}
        )
        rows = matched(rows, found.rename({at: "period"}), [*keys, at])
        value = (rows.silent == 0).ifelse(rows[name], None)
        rows = rows.mutate(**{name: absent(rows.given).ifelse(0.0, value)}).drop("silent", "given")
    known = rows.x0.notnull() & rows.x1.notnull()
    return rows.mutate(x0=known.ifelse(rows.x0, None), x1=known.ifelse(rows.x1, None))


def length(rows: Table) -> NumericValue:
    """From the start to the end of a span, in units of the period (years)."""
    if not rows.start.type().is_numeric():
        raise faults.NotNumeric(f"Periods are {rows.start.type()}, not numbers: no rate a year.")
    return rows.end.cast("float64") - rows.start.cast("float64")
