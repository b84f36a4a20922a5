"""A warehouse on Spark, through Ibis: the same expressions on a computer or on a cluster.

    spark://local[2]                       two threads of this computer; spark://local[*]: all
    spark://local[2]?memory=4g             so much memory for Spark, else 1g
    spark://local[2]?folder=/srv/figures   where tables lie while they are needed, else /tmp
    spark://host:7077?folder=/srv/figures  a cluster, with a folder that all its members share

Spark runs while a warehouse is open: the first starts it and the last ends it. Each computation has
a session, a database and a folder of its own, which are gone at the end.
"""

import shutil
import signal
import sys
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext_lazy as _
from ibis.expr.types import Table

from hanse.kit.refusals import Refusal, Refused

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend
    from pyspark.sql import SparkSession

SCHEME = "spark://"
REFUSALS = {
    "no_pyspark": _(
        "Figures are to be computed on Spark, and PySpark is not installed: "
        "pip install 'pyspark>=4,<4.1'."
    ),
    "no_spark": _(
        "Spark does not start. It needs Java 17 or 21 (on Debian: openjdk-17-jre-headless, or its "
        "folder in JAVA_HOME). Its last words: %(words)s"
    ),
    "no_spark_address": _(
        "%(url)s is no address of Spark: spark://local[2] or spark://host:7077?folder=… is meant. "
        "A cluster needs a folder that all its members share."
    ),
}


@dataclass(frozen=True)
class SparkAddress:
    """Where Spark runs, with how much memory, and where tables lie."""

    master: str
    memory: str
    folder: Path | None

    @property
    def is_here(self) -> bool:
        """Whether Spark is threads of this process, not other computers."""
        return self.master.startswith("local")

    @property
    def settings(self) -> Mapping[str, str]:
        """Quiet, without pages of its own; on this computer heard by this computer alone."""
        here = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
        return {
            "spark.master": self.master,
            "spark.app.name": "hanse",
            "spark.driver.memory" if self.is_here else "spark.executor.memory": self.memory,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.log.level": "ERROR",
            # As every other engine does: an overflow is an error, `Region` is not `region`.
            "spark.sql.ansi.enabled": "true",
            "spark.sql.caseSensitive": "true",
            **(here | {"spark.sql.shuffle.partitions": "4"} if self.is_here else {}),
        }


def spark_address(url: str) -> SparkAddress:
    """The parts of an address; what is none is refused.

    >>> spark_address("spark://local[2]?memory=4g")
    SparkAddress(master='local[2]', memory='4g', folder=None)
    """
    place, _mark, query = url.removeprefix(SCHEME).partition("?")
    said = dict(parse_qsl(query))
    is_here = place.startswith("local")
    if not place or said.keys() - {"memory", "folder"} or not (is_here or "folder" in said):
        raise _refused("no_spark_address", url=url)
    return SparkAddress(
        master=place if is_here else f"{SCHEME}{place}",
        memory=said.get("memory", "1g"),
        folder=Path(said["folder"]) if "folder" in said else None,
    )


def _refused(reason: str, **facts: object) -> Refused:
    return Refused(Refusal(reason, REFUSALS[reason], facts))


@dataclass(frozen=True)
class SparkWarehouse:
    """Tables of one computation: Parquet in a folder, in a database of their own."""

    connection: "Backend"
    session: "SparkSession"
    folder: Path

    def put(self, name: str, rows: pa.Table) -> Table:
        """Load rows as the table `name`."""
        path = self.folder / f"{name}.put"
        path.mkdir()
        pq.write_table(rows, path / "rows.parquet")
        self.session.catalog.createTable(name, path=str(path), source="parquet")
        return self.connection.table(name)

    def keep(self, name: str, expression: Table) -> Table:
        """Compute an expression once and hold its rows as the table `name`."""
        return self.connection.create_table(name, expression, overwrite=True)

    def rows(self, expression: Table) -> pa.Table:
        """Compute an expression and fetch its rows."""
        # By way of the folder: what Python asks for over a socket must fit into Spark's own memory.
        path = self.folder / f"{uuid.uuid4().hex}.rows"
        self.session.sql(self.connection.compile(expression)).write.parquet(str(path))
        parts = [pq.read_table(part) for part in sorted(path.glob("part-*.parquet"))]
        shutil.rmtree(path)
        schema = expression.schema().to_pyarrow()
        return pa.concat_tables([part.cast(schema) for part in parts] or [schema.empty_table()])


@contextmanager
def spark_warehouse(url: str) -> Iterator[SparkWarehouse]:
    """An empty warehouse in a new database; dropped when the block ends."""
    address = spark_address(url)
    with _session(address) as session, TemporaryDirectory(dir=address.folder) as folder:
        database = f"figures_{uuid.uuid4().hex[:12]}"
        connection = ibis.pyspark.connect(session)
        session.sql(f"CREATE DATABASE {database} LOCATION '{Path(folder, 'kept').as_uri()}'")
        session.catalog.setCurrentDatabase(database)
        try:
            yield SparkWarehouse(connection, session, Path(folder))
        finally:
            session.sql(f"DROP DATABASE {database} CASCADE")


# Starting and ending -----------------------------------------------------------------------------


@dataclass
class Running:
    """Spark in this process, of which there can be one, and how many warehouses are open in it."""

    address: SparkAddress
    session: "SparkSession"
    ends: ExitStack
    warehouses: int = 0


_lock = threading.Lock()
_running: list[Running] = []


@contextmanager
def _session(address: SparkAddress) -> "Iterator[SparkSession]":
    """A session of its own in the running Spark; the first starts it and the last ends it."""
    with _lock:
        if not _running:
            _running.append(_started(address))
        running = _running[0]
        if running.address != address:
            raise ValueError(f"Spark runs on {running.address.master} in this process already.")
        running.warehouses += 1
    try:
        yield running.session.newSession()
    finally:
        with _lock:
            running.warehouses -= 1
            if not running.warehouses:
                _running.clear()
                running.ends.close()


def _started(address: SparkAddress) -> Running:
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415 -- optional dependency
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415 -- optional dependency
        from pyspark.errors import PySparkException  # noqa: PLC0415 -- optional dependency
        from pyspark.java_gateway import launch_gateway  # noqa: PLC0415 -- optional dependency
        from pyspark.sql import SparkSession  # noqa: PLC0415 -- optional dependency
    except ImportError as why:
        raise _refused("no_pyspark") from why
    with ExitStack() as ends:
        folder = Path(ends.enter_context(TemporaryDirectory(prefix="hanse-spark-")))
        conf = SparkConf().setAll([*address.settings.items(), ("spark.local.dir", str(folder))])
        # What Java says goes into a file: faults of a computation come as exceptions.
        said = folder / "said.txt"
        interrupt, paths = signal.getsignal(signal.SIGINT), list(sys.path)
        try:
            with said.open("w") as out:
                gateway = launch_gateway(conf, {"stdout": out, "stderr": out})
            ends.callback(_end_java, gateway)
            context = SparkContext(conf=conf, gateway=gateway)
        except (PySparkException, Py4JError) as why:
            raise _refused("no_spark", words=_last_words(said) or str(why)) from why
        finally:
            # Spark takes Ctrl-C for itself and a place among the modules, and would keep both.
            sys.path[:] = paths
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, interrupt)
        session = SparkSession(context)
        ends.callback(session.stop)
        ends_later = ends.pop_all()
    return Running(address, session, ends_later)


def _last_words(said: Path) -> str:
    words = said.read_text(encoding="utf-8", errors="replace").splitlines()
    return " ".join([one for one in words if one and not one.startswith(("WARNING", "\t"))][-3:])


def _end_java(gateway: Any) -> None:
    """PySpark keeps its Java for the next session; a server would carry it along for weeks."""
    from pyspark import SparkContext  # noqa: PLC0415 -- optional dependency

    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 -- there is no word for it
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=60)
