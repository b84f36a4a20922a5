"""Distributions: each region over its sectors, or each sector over the regions.

Most indices of specialisation and of concentration are one formula, read in two directions. `of`
says whose index it is; what it is spread over is the other column. Where the table has no column
of that name, it is one distribution as a whole.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, Table

from hanse.engines import faults, reasons
from hanse.engines.regional.exact import ratio
from hanse.engines.regional.table import THERE, absent, matched

OVER: Final = {"region": "sector", "sector": "region"}


def distributions(
    cells: Table,
    of: str,
    *,
    by: Sequence[str] = (),
    reference: Table | None = None,
    compared: bool = False,
    rest: bool = False,
) -> tuple[Table, tuple[str, ...]]:
    """A row for each owner and unit, and the columns that name an owner.

    Gives     the owner's columns, unit, x and y: value here and in the reference; s and r: their
              shares in the sums of the owner; weight and group where the cells have them
    Zero      a pair without a row counts as zero; rows with a weight or a group are taken as given
    Unknown   where x, y or the weight is not known all four are null, and no sum has that unit
    reference None: all owners together; `rest`: all the others. Else a table of units and values.
              An owner that is `compared` cannot be the whole table and the reference too

    >>> cells = ibis.memtable({"region": ["a", "b"], "sector": ["x", "y"], "value": [3.0, 1.0]})
    >>> rows, owner = distributions(cells, "region")
    >>> owner, rows.order_by("region", "unit").r.to_pyarrow().to_pylist()
    (('region',), [0.75, 0.25, 0.75, 0.25])
    """
    if of not in OVER:
        raise faults.UnknownConvention(f"of={of!r}: an index is of a region or of a sector.")
    over = OVER[of]
    if over not in cells.columns:
        raise faults.MissingColumn(f"An index of a {of} needs the column {over!r}.")
    if compared and reference is None and of not in cells.columns:
        raise faults.MissingColumn(
            f"Without a column {of!r} the table is one distribution: give its reference."
        )
    owner = tuple(dict.fromkeys((*by, *((of,) if of in cells.columns else ()))))
    extra = [name for name in ("weight", "group") if name in cells.columns]
    rows = cells.select(*owner, *extra, unit=cells[over], x=cells.value)
    figures = None if reference is None else _figures(reference, over, by, rows)
    if not extra:
        rows = _completed(rows, owner, by, figures)
    if figures is None:
        whole = rows.x.sum().over(group_by=[*by, "unit"])
        rows = rows.mutate(y=whole - rows.x if rest else whole)
    else:
        keys = [*(name for name in by if name in figures.columns), "unit"]
        rows = matched(rows, figures, keys)
        rows = rows.mutate(y=absent(rows.listed).ifelse(0.0, rows.y)).drop("listed")
    known = rows.x.notnull() & rows.y.notnull()
    if "weight" in extra:
        known &= rows.weight.notnull()
    rows = rows.mutate(x=known.ifelse(rows.x, None), y=known.ifelse(rows.y, None))
    sums = {
        name: rows[column].sum().over(group_by=list(owner))
        for name, column in (("x_sum", "x"), ("y_sum", "y"))
    }
    rows = rows.mutate(**sums)
    shares = {"s": ratio(rows.x, rows.x_sum), "r": ratio(rows.y, rows.y_sum)}
    return rows.mutate(**shares).drop("x_sum", "y_sum"), owner


COUNTS: Final = {
    "total": _.x.sum(),
    "reference_total": _.y.sum(),
    "n": _.x.count(),
    "left_out": _.x.isnull().sum(),
}


def emptiness(of: str) -> Mapping[str, BooleanValue]:
    """Why an index of the `COUNTS` may be null: nothing here, or nothing in the reference."""
    empty = reasons.REGION_EMPTY if of == "region" else reasons.SECTOR_EMPTY
    return {
        empty: (_.left_out == 0) & (_.total == 0),
        reasons.NOT_KNOWN: _.total.fill_null(0.0) == 0,
        reasons.REFERENCE_EMPTY: _.reference_total == 0,
    }


def _figures(reference: Table, over: str, by: Sequence[str], rows: Table) -> Table:
    if over not in reference.columns:
        raise faults.MissingColumn(f"The reference area needs the column {over!r}.")
    kept = [name for name in by if name in reference.columns]
    units = reference.select(
        *kept, unit=reference[over].cast(rows.unit.type()), value=reference.value
    )
    sums = units.group_by([*kept, "unit"]).agg(y=_.value.sum())
    return sums.mutate(listed=THERE)


def _completed(
    rows: Table, owner: Sequence[str], by: Sequence[str], figures: Table | None
) -> Table:
    """Every owner with every unit of its table or of the reference area."""
    units = rows.select(*by, "unit").distinct()
    if figures is not None:
        listed = figures.select(*(name for name in by if name in figures.columns), "unit")
        missing = [name for name in by if name not in listed.columns]
        if missing:
            within = rows.select(*by).distinct()
            shared = [name for name in by if name not in missing]
            listed = within.join(listed, shared) if shared else within.cross_join(listed)
        units = ibis.union(units, listed.select(*by, "unit"), distinct=True)
    if list(owner) == list(by):
        pairs = units
    else:
        owners = rows.select(*owner).distinct()
        pairs = owners.join(units, list(by)) if by else owners.cross_join(units)
    pairs = pairs.select(*owner, "unit")
    found = matched(pairs, rows.mutate(given=THERE), [*owner, "unit"])
    return found.mutate(x=absent(found.given).ifelse(0.0, found.x)).drop("given")
