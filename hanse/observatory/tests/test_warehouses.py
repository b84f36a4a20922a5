"""The same expressions on PostgreSQL and Spark give the same release, to one part in 10**9."""

from contextlib import contextmanager
from dataclasses import dataclass, field

import ibis
import ibis.config
import pyarrow as pa
import pytest

from hanse.observatory.actions.indicators import computed_tables
from hanse.observatory.actions.release import _measure, described_measures
from hanse.observatory.actions.speed import generated_cells, rate_generated_cells
from hanse.observatory.tests import small_pack
from hanse.observatory.transfers import pack as transfers
from hanse.ports import warehouse as port

ENGINES = ["postgres", "spark"]
DIALECTS = ("duckdb", "postgres", "pyspark", "trino", "clickhouse")


@pytest.fixture
def pack(tmp_path, monkeypatch):
    manifests = small_pack.make_pack(tmp_path / "pack")
    monkeypatch.setattr(transfers, "manifest", manifests.__getitem__)
    return tmp_path / "pack"


@pytest.fixture
def measures(pack, tmp_path, monkeypatch, duckdb):
    monkeypatch.setattr(port, "_providers", [duckdb])
    return measures_in(transfers.compile_pack(pack, tmp_path / "measures"))


def measures_in(folder):
    described = described_measures(folder)
    return {name: _measure(folder, described, name) for name in described["files"]}


@pytest.mark.parametrize("engine", ENGINES)
def test_another_engine_gives_the_same_release(engine, request, duckdb, measures):
    opened = request.getfixturevalue(engine)
    with duckdb() as warehouse:
        wanted = computed_tables(warehouse, measures)
    with opened() as warehouse:
        found = computed_tables(warehouse, measures)
    assert set(found) == set(wanted)
    for name, table in wanted.items():
        assert_close(name, found[name], table)


@pytest.mark.parametrize("engine", ENGINES)
def test_another_engine_gives_the_same_quotients_and_stars(engine, request, duckdb, monkeypatch):
    rows = generated_cells(regions=60, sectors=20, years=2, rows=1500)
    found = []
    for opened in (duckdb, request.getfixturevalue(engine)):
        monkeypatch.setattr(port, "_providers", [lambda _threads, opened=opened: opened()])
        found.append(rate_generated_cells(rows)["three_stars"])
    assert found[0] == found[1] > 0


def test_postgresql_compiles_the_same_measures(postgres, pack, tmp_path, monkeypatch, measures):
    monkeypatch.setattr(port, "_providers", [lambda _threads: postgres()])
    found = measures_in(transfers.compile_pack(pack, tmp_path / "again"))
    for name, table in measures.items():
        assert found[name].equals(table), name


@pytest.mark.slow
def test_postgresql_gives_the_same_figures_for_two_real_years(postgres, duckdb, settings):
    measures = measures_in(settings.ROOT / "releases/nuts2013-2008-2015")
    for name in ("cells", "estimates"):
        year = measures[name].column("year")
        measures[name] = measures[name].filter(pa.compute.is_in(year, pa.array([2013, 2014])))
    with duckdb() as warehouse:
        wanted = computed_tables(warehouse, measures)
    with postgres() as warehouse:
        found = computed_tables(warehouse, measures)
    for name, table in wanted.items():
        assert_close(name, found[name], table)


@dataclass
class Recording:
    """A warehouse that writes down every expression that it is asked for."""

    inner: port.Warehouse
    asked: list[ibis.Table] = field(default_factory=list)

    def put(self, name, rows):
        return self.inner.put(name, rows)

    def keep(self, name, expression):
        self.asked.append(expression)
        return self.inner.keep(name, expression)

    def rows(self, expression):
        self.asked.append(expression)
        return self.inner.rows(expression)


class Spark(ibis.config.Config):
    treat_nan_as_null: bool = False


def test_every_expression_of_a_release_is_sql_in_every_dialect(pack, tmp_path, duckdb, monkeypatch):
    recordings = []

    @contextmanager
    def recording(threads=None):
        with duckdb(threads) as warehouse:
            recordings.append(Recording(warehouse))
            yield recordings[-1]

    monkeypatch.setattr(port, "_providers", [recording])
    measures = measures_in(transfers.compile_pack(pack, tmp_path / "measures"))
    with port.open_warehouse() as warehouse:
        computed_tables(warehouse, measures)
    rate_generated_cells(generated_cells(regions=50, sectors=10, years=1, rows=400))
    asked = [expression for one in recordings for expression in one.asked]
    assert len(asked) > 20
    # Ibis knows these options only where PySpark is installed.
    monkeypatch.setattr(ibis.options, "pyspark", Spark())
    for expression in asked:
        for dialect in DIALECTS:
            assert "SELECT" in ibis.to_sql(expression, dialect=dialect)


def assert_close(name, found, wanted):
    assert found.column_names == wanted.column_names, name
    assert found.num_rows == wanted.num_rows, name
    for column in wanted.column_names:
        one, other = found.column(column), wanted.column(column)
        if pa.types.is_floating(other.type):
            assert other.is_null().equals(one.is_null()), (name, column)
            pairs = zip(one.drop_null().to_pylist(), other.drop_null().to_pylist(), strict=True)
            far = [pair for pair in pairs if abs(pair[0] - pair[1]) > 1e-9 * max(1, abs(pair[1]))]
            assert not far, (name, column, far[:3])
        else:
            assert one.to_pylist() == other.to_pylist(), (name, column)
