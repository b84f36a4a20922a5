"""The same expressions on PostgreSQL give the same release, to one part in a thousand million."""

import importlib
import os
from functools import partial

import pyarrow as pa
import pytest

from hanse.observatory.actions.indicators import computed_tables
from hanse.observatory.actions.release import _measure, described_measures
from hanse.observatory.tests import small_pack
from hanse.observatory.transfers import pack as transfers

URL = "HANSE_TEST_POSTGRES"


@pytest.fixture
def postgres():
    """Opens a warehouse in the PostgreSQL database that HANSE_TEST_POSTGRES names."""
    url = os.environ.get(URL)
    if url:
        adapter = importlib.import_module("hanse.adapters.postgres")
        return partial(adapter.postgres_warehouse, url)
    reason = f"No PostgreSQL to compare with: {URL} names none (postgresql://user@host/name)."
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def measures(tmp_path, monkeypatch):
    small_pack.provide_duckdb()
    manifests = small_pack.make_pack(tmp_path / "pack")
    monkeypatch.setattr(transfers, "manifest", manifests.__getitem__)
    folder = transfers.compile_pack(tmp_path / "pack", tmp_path / "measures")
    described = described_measures(folder)
    return {name: _measure(folder, described, name) for name in described["files"]}


@pytest.mark.database
def test_postgresql_gives_the_same_release(postgres, measures):
    duckdb = importlib.import_module("hanse.adapters.duckdb").duckdb_warehouse
    with duckdb() as warehouse:
        wanted = computed_tables(warehouse, measures)
    with postgres() as warehouse:
        found = computed_tables(warehouse, measures)
    assert set(found) == set(wanted)
    for name, table in wanted.items():
        assert_close(name, found[name], table)


@pytest.mark.slow
@pytest.mark.database
def test_postgresql_gives_the_same_figures_for_two_real_years(postgres, settings):
    folder = settings.ROOT / "releases/nuts2013-2008-2015"
    described = described_measures(folder)
    measures = {name: _measure(folder, described, name) for name in described["files"]}
    for name in ("cells", "estimates"):
        year = measures[name].column("year")
        measures[name] = measures[name].filter(pa.compute.is_in(year, pa.array([2013, 2014])))
    duckdb = importlib.import_module("hanse.adapters.duckdb").duckdb_warehouse
    with duckdb() as warehouse:
        wanted = computed_tables(warehouse, measures)
    with postgres() as warehouse:
        found = computed_tables(warehouse, measures)
    for name, table in wanted.items():
        assert_close(name, found[name], table)


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
