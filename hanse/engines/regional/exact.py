"""Exact sums and one division: how every figure of this folder is computed.

Counts are whole numbers, so their sums and products are exact in DECIMAL(38, 0), in whatever order
and on however many threads they are added. A ratio is one float64 division of two such numbers.
Both are cast before dividing, because PostgreSQL divides integers to integers.
"""

from ibis.expr.types import NumericValue

WHOLE = "decimal(38, 0)"


def whole(count: NumericValue) -> NumericValue:
    """The count as a whole number of up to 38 digits, so that products cannot overflow.

    >>> import ibis
    >>> ibis.memtable({"x": [3_000_000_000]}).select(y=whole(ibis._.x)).schema()["y"].precision
    38
    """
    return count.cast(WHOLE)


def ratio(numerator: NumericValue, denominator: NumericValue) -> NumericValue:
    """One float64 division; unknown where the denominator is zero or either side is unknown.

    >>> import ibis
    >>> t = ibis.memtable({"x": [1, 1], "y": [4, 0]})
    >>> t.select(r=ratio(t.x, t.y)).r.to_pyarrow().to_pylist()
    [0.25, None]
    """
    return numerator.cast("float64") / denominator.cast("float64").nullif(0.0)
