"""Spark as a warehouse: its address, what it says where it cannot start, and what it leaves."""

import sys
from pathlib import Path

import pyarrow as pa
import pytest
from ibis import _

from hanse.adapters import spark as adapter
from hanse.adapters.spark import spark_address, spark_warehouse
from hanse.kit.refusals import Refused


def test_tables_are_put_kept_and_fetched(spark):
    flags = pa.array(["c", None, "c"]).dictionary_encode()
    with spark() as warehouse:
        table = warehouse.put("figures", pa.table({"x": [1, 2, 3], "flag": flags}))
        kept = warehouse.keep("large", table.filter(_.x > 1))
        assert warehouse.rows(kept.order_by("x")).to_pylist() == [
            {"x": 2, "flag": None},
            {"x": 3, "flag": "c"},
        ]
        assert warehouse.rows(kept.filter(_.x > 9)).num_rows == 0


def test_two_warehouses_do_not_see_each_other_and_leave_nothing(spark):
    with spark() as one, spark() as other:
        table = one.put("figures", pa.table({"x": [1]}))
        other.put("figures", pa.table({"x": [2]}))
        assert one.rows(table).to_pylist() == [{"x": 1}]
        databases = [here.session.catalog.currentDatabase() for here in (one, other)]
        assert databases[0] != databases[1]
    assert not one.folder.exists()
    assert not other.folder.exists()
    with spark() as another:
        assert not any(another.session.catalog.databaseExists(name) for name in databases)


def test_spark_is_heard_by_this_computer_alone_and_has_no_pages(spark):
    with spark() as warehouse:
        conf = warehouse.session.sparkContext.getConf()
        assert warehouse.session.sparkContext.uiWebUrl is None
    assert conf.get("spark.driver.bindAddress") == "127.0.0.1"
    assert Path(conf.get("spark.local.dir")).name.startswith("hanse-spark-")


def test_a_second_address_in_one_process_is_refused(spark):
    with pytest.raises(ValueError, match="already"), spark_warehouse("spark://local[1]"):
        pass


def test_an_address_has_memory_and_a_folder():
    here = spark_address("spark://local[*]")
    assert (here.master, here.memory, here.folder) == ("local[*]", "1g", None)
    cluster = spark_address("spark://chief:7077?memory=4g&folder=/srv/figures")
    assert cluster.master == "spark://chief:7077"
    assert cluster.folder == Path("/srv/figures")
    assert cluster.settings["spark.executor.memory"] == "4g"
    assert "spark.driver.bindAddress" not in cluster.settings


@pytest.mark.parametrize("url", ["spark://", "spark://chief:7077", "spark://local[2]?colour=red"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(Refused, match="no address of Spark") as said:
        spark_address(url)
    assert url in str(said.value)


def test_without_pyspark_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(adapter, "_running", [])
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(Refused, match="pip install 'pyspark"), spark_warehouse("spark://local[1]"):
        pass


# PySpark leaves the pipe to a Java that did not start to Python.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_without_java_it_says_what_to_install(monkeypatch, tmp_path):
    context = pytest.importorskip("pyspark").SparkContext
    monkeypatch.setattr(adapter, "_running", [])
    monkeypatch.setattr(context, "_gateway", None)
    monkeypatch.setattr(context, "_jvm", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(Refused, match="Java 17 or 21"), spark_warehouse("spark://local[1]"):
        pass
    assert adapter._running == []
