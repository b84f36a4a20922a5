import pyarrow as pa
import pytest
from ibis import _

from hanse.adapters.duckdb import duckdb_warehouse


def test_tables_are_put_kept_and_fetched():
    with duckdb_warehouse(1) as warehouse:
        table = warehouse.put("figures", pa.table({"x": [1, 2, 3]}))
        kept = warehouse.keep("large", table.filter(_.x > 1))
        assert warehouse.rows(kept.order_by("x")).to_pylist() == [{"x": 2}, {"x": 3}]


def test_a_warehouse_works_on_as_many_threads_as_it_is_given():
    with duckdb_warehouse(1) as warehouse:
        found = warehouse.connection.con.execute("SELECT current_setting('threads')").fetchone()
    assert found == (1,)


def test_a_table_is_gone_when_the_warehouse_is_closed():
    with duckdb_warehouse() as warehouse:
        table = warehouse.put("figures", pa.table({"x": [1]}))
    with duckdb_warehouse() as another, pytest.raises(Exception, match="figures"):
        another.rows(table)
