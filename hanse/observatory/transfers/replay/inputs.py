"""What the inputs of cases name: matrices, long tables, vectors, points, neighbours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hanse.observatory.transfers.replay.cases import Case

Floats = NDArray[np.float64]
Rows = dict[str, list[Any]]


@dataclass(frozen=True)
class Labelled:
    """A matrix with its labels: rows are regions, columns are sectors."""

    rows: list[str]
    columns: list[str]
    values: Floats

    def sample(self, values: Floats, rows: Sequence[Any], columns: Sequence[Any]) -> Floats:
        """The cells of another matrix of the same shape that a case names."""
        at = np.ix_([self.rows.index(str(one)) for one in rows], self._at(columns))
        return values[at]

    def of_columns(self, values: Floats, columns: Sequence[Any]) -> Floats:
        """The same of a square matrix of the columns."""
        return values[np.ix_(self._at(columns), self._at(columns))]

    def _at(self, columns: Sequence[Any]) -> list[int]:
        return [self.columns.index(str(one)) for one in columns]


def matrix(case: Case, key: str = "matrix") -> Labelled:
    """An inline matrix, a file of one (first column: labels), or a long table of triples."""
    if key not in case.input and key == "matrix":
        key = "csv" if "csv" in case.input else "mcp"
    given = case.input[key]
    if not isinstance(given, str):
        values = np.array(given)
        rows, columns = (list(map(str, range(size))) for size in values.shape)
        return Labelled(rows, columns, values)
    table = case.table(key)
    if len(table.columns) == 3 and table.columns[-1] in {"value", "v"}:  # noqa: PLR2004 -- triples
        row, column, value = table.columns
        whole = table.pivot_table(index=row, columns=column, values=value, aggfunc="sum")
        whole = whole.fillna(0.0)
        return Labelled(
            [str(one) for one in whole.index], [str(one) for one in whole.columns], whole.to_numpy()
        )
    labels = [str(one) for one in table.iloc[:, 0]]
    return Labelled(labels, [str(one) for one in table.columns[1:]], table.iloc[:, 1:].to_numpy())


def long(values: Any, **more: Any) -> Rows:
    """A matrix as rows of region, sector and value."""
    found = np.asarray(values, dtype=float)
    regions, sectors = np.indices(found.shape)
    rows = {"region": regions.ravel(), "sector": sectors.ravel(), "value": found.ravel()}
    columns = {name: list(column) for name, column in rows.items()}
    return columns | {name: [value] * found.size for name, value in more.items()}


def wide(result: Any, column: str) -> list[list[Any]]:
    """A long result as the matrix that a case expects."""
    regions, values = result["region"].to_pylist(), result[column].to_pylist()
    return [
        [value for region, value in zip(regions, values, strict=True) if region == one]
        for one in sorted(set(regions))
    ]


def joined(*tables: Rows) -> Rows:
    """Tables of the same columns, one below the other."""
    return {name: [value for one in tables for value in one[name]] for name in tables[0]}


def listed(values: Any, key: str = "region", **more: Any) -> Rows:
    """A vector as rows, each named by its number."""
    values = list(np.atleast_1d(np.asarray(values, dtype=float)))
    return {key: list(range(len(values))), "value": values, **more}


SPAN = re.compile(
    r"(?P<name>[^\[]*)\[(?P<first>\d+)(:(?P<last>\d+))?(, *columns (?P<a>\d+)\.\.(?P<b>\d+))?\]"
)


def vectors(case: Case, *names: str) -> list[Floats]:
    """Inline vectors, or columns of the case's file: `e_2008`, `Goettingen2017[2:16]` (from 1)."""
    return [vector(case, name) for name in names]


def vector(case: Case, name: str) -> Floats:
    """One of them. `X[2:16, columns 3..11]` gives a matrix, a column each."""
    given = case.input[name]
    if not isinstance(given, str):
        return np.atleast_1d(np.asarray(given, dtype=float))
    table = case.table()
    span = SPAN.fullmatch(given)
    if span is None:
        return table[given].to_numpy(dtype=float)
    first = int(span["first"])
    rows = slice(first - 1, int(span["last"] or first))
    if span["a"]:
        columns = slice(int(span["a"]) - 1, int(span["b"]))
        return table.iloc[rows, columns].to_numpy(dtype=float)
    return table[span["name"]].iloc[rows].to_numpy(dtype=float)


def columns(case: Case, **roles: str) -> Rows:
    """Columns of the case's file under the roles of our indicators: role → key of the input."""
    table = case.table()
    return {role: table[case.input[key]].tolist() for role, key in roles.items()}


@dataclass(frozen=True)
class Points:
    """Points with type and weight, as a file of four columns holds them."""

    x: Floats
    y: Floats
    types: NDArray[Any]
    weights: Floats


def points(case: Case) -> Points:
    """The point pattern of a case."""
    table = case.table()
    x, y, types, weights = (table.iloc[:, place] for place in range(4))
    return Points(
        x.to_numpy(float), y.to_numpy(float), types.to_numpy(str), weights.to_numpy(float)
    )
