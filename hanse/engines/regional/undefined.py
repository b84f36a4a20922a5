"""Null, and why: the column `reason` beside a value that is not defined."""

from collections.abc import Mapping

import ibis
from ibis.expr.types import BooleanValue, Table


def explained(
    rows: Table, value: str, causes: Mapping[str, BooleanValue], otherwise: str = "not_known"
) -> Table:
    """The rows with `reason`: the first cause that holds where `value` is null, else null.

    causes    reason code → when it is the reason; asked in order. An unknown answer is no.
    otherwise the code where no cause holds

    >>> rows = ibis.memtable({"total": [0.0, 2.0], "hhi": [None, 0.5]})
    >>> explained(rows, "hhi", {"region_empty": ibis._.total == 0}).reason.to_pyarrow().to_pylist()
    ['region_empty', None]
    """
    branches = [(rows[value].notnull(), ibis.null("string"))]
    branches += [
        (rows.bind(holds)[0].fill_null(False), ibis.literal(code)) for code, holds in causes.items()
    ]
    return rows.mutate(reason=ibis.cases(*branches, else_=otherwise))
