"""Every indicator gives on PostgreSQL and on Spark what it gives on DuckDB, to one part in 10**9.

`pytest.approx` takes the larger of the relative and the absolute bound.
"""

import pytest

from hanse.engines import regional
from hanse.engines.regional.tests.examples import EXAMPLES


def found(opened, name):
    table, given = EXAMPLES[name]
    with opened() as warehouse:
        if "reference" in given:
            given = {**given, "reference": warehouse.put("area", given["reference"])}
        indicator = getattr(regional, name)
        return warehouse.rows(indicator(warehouse.put("given", table), **given))


# PySpark leaves it to Python to close the sockets by which Ibis fetches what it checks.
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.parametrize("name", sorted(regional.__all__))
@pytest.mark.parametrize("engine", ["postgres", "spark"])
def test_an_indicator_is_the_same_on_every_engine(engine, name, request, duckdb):
    wanted = found(duckdb, name)
    other = found(request.getfixturevalue(engine), name)
    assert other.schema.equals(wanted.schema)
    for row, other_row in zip(wanted.to_pylist(), other.to_pylist(), strict=True):
        assert other_row == {
            column: pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value
            for column, value in row.items()
        }
