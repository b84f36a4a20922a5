"""A warehouse in memory: DuckDB through Ibis."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table


@dataclass(frozen=True)
class DuckDBWarehouse:
    """Tables of one computation, in memory."""

    connection: Backend

    def put(self, name: str, rows: pa.Table) -> Table:
        """Load rows as the table `name`."""
        with _former_names():
            return self.connection.create_table(name, rows, overwrite=True)

    def keep(self, name: str, expression: Table) -> Table:
        """Compute an expression once and hold its rows as the table `name`."""
        with _former_names():
            return self.connection.create_table(name, expression, overwrite=True)

    def rows(self, expression: Table) -> pa.Table:
        """Compute an expression and fetch its rows."""
        with _former_names():
            return self.connection.to_pyarrow(expression)


@contextmanager
def duckdb_warehouse(threads: int | None = None) -> Iterator[DuckDBWarehouse]:
    """An empty warehouse in memory; gone when the block ends."""
    connection = ibis.duckdb.connect(**({} if threads is None else {"threads": threads}))
    try:
        yield DuckDBWarehouse(connection)
    finally:
        connection.disconnect()


@contextmanager
def _former_names() -> Iterator[None]:
    # Ibis 12 calls fetch_arrow_table, which DuckDB 2 has renamed and warns about.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)
        yield
