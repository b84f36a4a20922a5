"""Entry and exit: which specialisations a region has won, and which it has lost."""

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import Table

from hanse.engines import reasons
from hanse.engines.regional.location_quotient import location_quotient
from hanse.engines.regional.spans import both_ends, spans
from hanse.engines.regional.table import indicator


@indicator(
    "change",
    roles=("region", "sector", "period", "value"),
    rows_are=("region", "sector", "period"),
    gives=("region", "sector", "start"),
    presets={"econgeo": {"empty": "zero"}},
)
def entry_exit(
    cells: Table,
    *,
    by: Sequence[str] = (),
    threshold: float | None = 1.0,
    empty: str = "null",
    periods: str = "ends",
    first: Any = None,
    last: Any = None,
) -> Table:
    """Entry into and exit from specialisations, for each sector of each region.

    Formula   present where LQ >= threshold, see `location_quotient`; threshold None: value > 0
              entry = 1 where absent at the start and present at the end, 0 where absent at both
              exit  = 1 where present at the start and absent at the end, 0 where present at both
    Unit      0 or 1
    Takes     region, sector, period, value; periods "ends": one span, from `first` to `last`;
              "each": from each to the next; empty: as in `location_quotient`
    Gives     region, sector, start, end, entry, exit, reason. What is present at the start cannot
              enter, what is absent cannot exit: one of the two is always null
    Unknown   not_known where presence is not known at either end; too_few with one period
    Source    R. Boschma, P.-A. Balland and D. F. Kogler (2015) "Relatedness and technological
              change in cities", Industrial and Corporate Change 24.

    >>> cells = {"region": ["a", "a"], "sector": ["x", "x"], "period": [1, 2], "value": [0, 3]}
    >>> entry_exit(cells, threshold=None).select(["entry", "exit"]).to_pylist()
    [{'entry': 1, 'exit': None}]
    """
    if threshold is None:
        there = (cells.value > 0).ifelse(1.0, 0.0)
        rows = cells.mutate(value=cells.value.isnull().ifelse(None, there))
    else:
        quotients = location_quotient.expression(
            cells, by=[*by, "period"], threshold=threshold, empty=empty
        )
        rows = quotients.select(*by, "region", "sector", "period", value=_.present.cast("float64"))
    within = spans(rows, by=by, first=first, last=last, periods=periods)
    ends = both_ends(rows, ("region", "sector"), within, by=by)
    known = ends.x0.notnull() & (ends.start != ends.end)
    one, zero, nothing = (
        ibis.literal(1, "int8"),
        ibis.literal(0, "int8"),
        ibis.null("int8"),
    )
    end = (ends.x1 > 0).ifelse(one, zero)
    gone = (ends.x1 > 0).ifelse(zero, one)
    keys = list(dict.fromkeys([*by, "region", "sector", "start", "end"]))
    return ends.mutate(
        entry=(known & (ends.x0 == 0)).ifelse(end, nothing),
        exit=(known & (ends.x0 > 0)).ifelse(gone, nothing),
        reason=ibis.cases(
            (known, ibis.null("string")),
            (ends.start == ends.end, reasons.TOO_FEW),
            else_=reasons.NOT_KNOWN,
        ),
    ).select(*keys, "entry", "exit", "reason")
