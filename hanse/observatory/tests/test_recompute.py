"""Recompute: nothing differs, and where something does it is counted."""

import math

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings

from hanse.kit.refusals import Refused
from hanse.observatory.actions.recompute import difference, recompute
from hanse.observatory.actions.release import publish_release, serving_release
from hanse.observatory.tests import small_pack
from hanse.observatory.tests.test_pack import real_pack
from hanse.observatory.transfers import pack as transfers
from hanse.observatory.transfers.pack import recompute_from_pack


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A made-up world with measures and a release."""
    small_pack.provide_duckdb()
    folder = tmp_path_factory.mktemp("small")
    manifests = small_pack.make_pack(folder / "pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transfers, "manifest", manifests.__getitem__)
        transfers.compile_pack(folder / "pack", folder / "measures")
    publish_release(folder / "measures", folder / "releases")
    return folder


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    small_pack.provide_duckdb()
    folder = tmp_path_factory.mktemp("recompute") / "releases"
    publish_release(measures(), folder)
    return folder


def measures():
    return settings.ROOT / "releases/nuts2013-2008-2015"


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2])
def test_nothing_differs_on_one_thread_and_on_two(releases, threads):
    found = recompute(releases, measures(), threads=threads)
    assert found.pop("cells") > 20_000_000
    assert found == {
        "release": serving_release(releases).name,
        "method": "1.1",
        "from": "measures",
        "differing": 0,
    }


@pytest.mark.slow
@pytest.mark.pack
def test_nothing_differs_from_the_real_pack(releases):
    found = recompute_from_pack(releases, real_pack(settings))
    assert (found["from"], found["differing"]) == ("pack", 0)


def test_a_changed_cell_is_counted(small):
    releases, measures = small / "releases", small / "measures"
    path = serving_release(releases) / "sector_years.parquet"
    kept = path.read_bytes()
    table = pq.read_table(path)
    place = table.column_names.index("hhi")
    values = table.column("hhi").to_pylist()
    known = [place for place, value in enumerate(values) if value is not None]
    values[known[0]] = math.nextafter(values[known[0]], 2.0)
    values[known[1]] = None
    pq.write_table(table.set_column(place, "hhi", pa.array(values, pa.float64())), path)
    try:
        assert recompute(releases, measures)["differing"] == 2
        path.unlink()
        assert recompute(releases, measures)["differing"] == table.num_rows * table.num_columns
    finally:
        path.write_bytes(kept)


def test_missing_rows_and_columns_differ_in_every_value():
    whole = pa.table({"x": [1, 2, 3], "y": [1.0, None, 0.0]})
    assert difference(whole, whole) == (6, 0)
    assert difference(whole.slice(0, 2), whole) == (6, 2)
    assert difference(whole.select(["x"]), whole) == (6, 3)
    assert difference(pa.table({}), whole) == (6, 6)


def test_an_unknown_value_is_not_equal_to_a_known_one():
    assert difference(pa.table({"x": [None, 1]}), pa.table({"x": [0, 1]})) == (2, 1)


def test_without_a_serving_release_there_is_nothing_to_compare(tmp_path):
    with pytest.raises(Refused) as caught:
        recompute(tmp_path, measures())
    assert caught.value.refusal.code == "no_release"
