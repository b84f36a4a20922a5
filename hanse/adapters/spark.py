"""A warehouse on Spark, through Ibis: the same expressions on a computer or on a cluster.

    spark://local[2]                       two threads of this computer; spark://local[*]: all
    spark://local[2]?memory=4g             so much memory for Spark, else 1g
    spark://local[2]?folder=/srv/figures   where tables lie while they are needed, else /tmp
    spark://host:7077?folder=/srv/figures  a cluster, with a folder that all its members share

Spark runs while a warehouse is open: the first one starts it, the last one ends it. Each computation
has a session, a database and a folder of its own, which are gone at the end.
"""

import os
import shutil
import signal
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.expr.types import Table

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend
    from pyspark.sql import SparkSession

SCHEME = "spark://"
MISSING_PYSPARK = (
    "HANSE_WAREHOUSE names Spark, and PySpark is not installed: pip install 'pyspark>=4,<4.1'."
)
MISSING_JAVA = (
    "HANSE_WAREHOUSE names Spark, and there is no Java 17 or 21: install one (on Debian: "
    "openjdk-17-jre-headless), or name its folder in JAVA_HOME."
)


@dataclass(frozen=True)
class SparkAddress:
    """Where Spark runs, with how much memory, and where tables lie."""

    master: str
    memory: str
    folder: Path | None

    @property
    def is_here(self) -> bool:
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
    """The parts of an address; a cluster without a folder that its members share is refused.

    >>> spark_address("spark://local[2]?memory=4g")
    SparkAddress(master='local[2]', memory='4g', folder=None)
    """
    place, _, query = url.removeprefix(SCHEME).partition("?")
    said = dict(parse_qsl(query, strict_parsing=bool(query)))
    memory, folder = said.pop("memory", "1g"), said.pop("folder", None)
    if said or not place:
        raise ValueError(
            f"{url}: spark://local[2] or spark://host:7077 is meant, with ?memory= and ?folder=."
        )
    is_here = place.startswith("local")
    if not is_here and folder is None:
        raise ValueError(f"{url}: a cluster needs ?folder=, a folder that all its members share.")
    return SparkAddress(
        place if is_here else f"{SCHEME}{place}", memory, Path(folder) if folder else None
    )


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
    folder: "TemporaryDirectory[str]"
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
                _end(running)


def _started(address: SparkAddress) -> Running:
    try:
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415 -- optional dependency
        from pyspark.errors import PySparkRuntimeError  # noqa: PLC0415 -- optional dependency
        from pyspark.java_gateway import launch_gateway  # noqa: PLC0415 -- optional dependency
        from pyspark.sql import SparkSession  # noqa: PLC0415 -- optional dependency
    except ImportError as why:
        raise LookupError(MISSING_PYSPARK) from why
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")):
        raise LookupError(MISSING_JAVA)
    folder = TemporaryDirectory(prefix="hanse-spark-")
    conf = SparkConf().setAll([*address.settings.items(), ("spark.local.dir", folder.name)])
    # What Spark says at its start goes into a file: faults of a computation come as exceptions.
    said = Path(folder.name, "said.txt")
    interrupt = signal.getsignal(signal.SIGINT)
    try:
        with said.open("w") as out:
            gateway = launch_gateway(conf, {"stdout": out, "stderr": out})
        context = SparkContext(conf=conf, gateway=gateway)
    except PySparkRuntimeError as why:
        words = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        folder.cleanup()
        raise LookupError(f"Spark does not start here: {' '.join(words)} {MISSING_JAVA}") from why
    if threading.current_thread() is threading.main_thread():
        # Spark takes Ctrl-C for itself, and would keep it when it is gone.
        signal.signal(signal.SIGINT, interrupt)
    return Running(address, SparkSession(context), folder)


def _end(running: Running) -> None:
    from pyspark import SparkContext  # noqa: PLC0415 -- optional dependency

    gateway = SparkContext._gateway  # noqa: SLF001 -- PySpark has no word for ending its Java
    running.session.stop()
    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 -- as above
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(timeout=60)
    running.folder.cleanup()
