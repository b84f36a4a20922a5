"""Answers of array methods as labelled long tables, a reason beside every null."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Reasons = NDArray[np.object_]
Column = NDArray[Any] | Sequence[Any]


def no_reasons(size: int) -> Reasons:
    """As many units that nothing is the matter with."""
    return np.full(size, None, dtype=object)


def either(first: Reasons, second: Reasons) -> Reasons:
    """The first reason, else the second."""
    found = no_reasons(len(first))
    found[:] = [one or other for one, other in zip(first, second, strict=True)]
    return found


def table_of(
    keys: Mapping[str, Column], values: Mapping[str, Column], reasons: Column, otherwise: str
) -> pa.Table:
    """Keys, values, and the reason where the first value is null.

    otherwise   the reason of a null for which none is given
    """
    columns = {name: arrow(column) for name, column in {**keys, **values}.items()}
    main = columns[next(iter(values))]
    said = [
        (reason or otherwise) if value is None else None
        for value, reason in zip(main.to_pylist(), reasons, strict=True)
    ]
    return pa.table({**columns, "reason": pa.array(said, pa.string())})


def arrow(column: Column) -> pa.Array:
    """A column; NaN becomes null, labels keep their kind."""
    array = np.asarray(column)
    if array.dtype == object or array.dtype.kind in "US":
        return pa.array(array.tolist())
    return pa.array(array, from_pandas=True)


def warned(table: pa.Table, codes: Sequence[str]) -> pa.Table:
    """The table with warnings in the metadata of its schema."""
    return table.replace_schema_metadata({"warnings": " ".join(codes)}) if codes else table


def warnings_of(table: pa.Table) -> list[str]:
    """The warnings that came with an answer."""
    return str((table.schema.metadata or {}).get(b"warnings", b"").decode()).split()
