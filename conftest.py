"""What the suite shares wherever a test lies: one browser, and the engines to compare with."""

import importlib
import importlib.util
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

POSTGRES = "HANSE_TEST_POSTGRES"
SPARK = "spark://local[2]"


def without(reason: str) -> None:
    """In CI nothing is skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium():
    path = Path(os.environ.get("HANSE_CHROMIUM", "/usr/bin/chromium"))
    if not path.exists():
        without("Chromium is not installed: nobody looked at the pages in a browser")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(path),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def duckdb():
    """Opens warehouses in memory."""
    return importlib.import_module("hanse.adapters.duckdb").duckdb_warehouse


@pytest.fixture(scope="session")
def postgres():
    """Opens warehouses in the PostgreSQL database that HANSE_TEST_POSTGRES names."""
    url = os.environ.get(POSTGRES)
    if not url:
        without(f"No PostgreSQL to compare with: {POSTGRES} names none (postgresql://user@host/x).")
    return partial(importlib.import_module("hanse.adapters.postgres").postgres_warehouse, url)


@pytest.fixture(scope="session")
def spark():
    """Opens warehouses on Spark in this process, which starts once for the whole run."""
    java = Path(os.environ["JAVA_HOME"], "bin") if "JAVA_HOME" in os.environ else None
    if importlib.util.find_spec("pyspark") is None:
        without("No Spark to compare with: pip install 'pyspark>=4,<4.1'.")
    if shutil.which("java", path=java) is None:
        without("No Spark to compare with: it needs Java 17 or 21.")
    opened = importlib.import_module("hanse.adapters.spark").spark_warehouse
    with pytest.MonkeyPatch.context() as patch:
        # Java's second compiler takes longer over these few rows than it saves.
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with opened(SPARK):
            yield partial(opened, SPARK)
