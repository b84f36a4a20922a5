"""A warehouse in PostgreSQL, through Ibis: the same expressions on the database server.

Each computation works in a schema of its own, which is dropped at the end.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import ibis
import pyarrow as pa
from ibis.backends.postgres import Backend
from ibis.expr.types import Table


@dataclass(frozen=True)
class PostgresWarehouse:
    """Tables of one computation, in a schema of its own."""

    connection: Backend

    def put(self, name: str, rows: pa.Table) -> Table:
        """Load rows as the table `name`, by COPY."""
        plain = _without_dictionaries(rows)
        table = self.connection.create_table(name, schema=ibis.schema(plain.schema), overwrite=True)
        columns = ", ".join(f'"{column}"' for column in plain.column_names)
        with self.connection.con.cursor() as cursor:
            with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                for batch in plain.to_batches(max_chunksize=10_000):
                    for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                        copy.write_row(row)
            cursor.execute(f'ANALYZE "{name}"')
        self.connection.con.commit()
        return table

    def keep(self, name: str, expression: Table) -> Table:
        """Compute an expression once and hold its rows as the table `name`."""
        table = self.connection.create_table(name, expression, overwrite=True)
        # Without counts of its rows PostgreSQL joins it as if it had a few.
        with self.connection.con.cursor() as cursor:
            cursor.execute(f'ANALYZE "{name}"')
        self.connection.con.commit()
        return table

    def rows(self, expression: Table) -> pa.Table:
        """Compute an expression and fetch its rows."""
        return self.connection.to_pyarrow(expression)


def _without_dictionaries(rows: pa.Table) -> pa.Table:
    schema = pa.schema(
        [
            pa.field(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type)
            for f in rows.schema
        ]
    )
    return rows.cast(schema)


@contextmanager
def postgres_warehouse(url: str) -> Iterator[PostgresWarehouse]:
    """An empty warehouse in a new schema of the database at `url`; dropped when the block ends."""
    schema = f"figures_{uuid.uuid4().hex[:12]}"
    connection = ibis.connect(url)
    connection.raw_sql(f'CREATE SCHEMA "{schema}"').close()
    connection.raw_sql(f'SET search_path TO "{schema}"').close()
    try:
        yield PostgresWarehouse(connection)
    finally:
        connection.con.rollback()
        connection.raw_sql(f'DROP SCHEMA "{schema}" CASCADE').close()
        connection.con.commit()
        connection.disconnect()
