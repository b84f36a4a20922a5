"""A backup of one database is restored into the other, and back, by the commands themselves."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from hanse.cli.demo import PEOPLE

POSTGRES = os.environ.get("HANSE_TEST_POSTGRES", "")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.skipif(not POSTGRES, reason="HANSE_TEST_POSTGRES names no PostgreSQL server"),
]


def hanse(folder: Path, database: str, *words: str) -> str:
    environment = {**os.environ, "HANSE_VAR": str(folder), "DATABASE_URL": database}
    environment |= {"HANSE_DEMO": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *words],
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def empty_postgres():
    import psycopg

    name = f"hanse_crossing_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def records_in(archive: Path) -> dict[str, str]:
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    return {
        name: part["sha256"]
        for name, part in manifest["parts"].items()
        if name.startswith("records/")
    }


def test_records_go_from_sqlite_to_postgresql_and_back_byte_for_byte(tmp_path, empty_postgres):
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    for folder, database in ((one, ""), (two, empty_postgres), (three, "")):
        hanse(folder, database, "django", "migrate", "-v0")
    hanse(one, "", "hanse.cli.main", "demo")

    hanse(one, "", "hanse.cli.main", "backup", str(tmp_path / "1.tar.gz"))
    hanse(two, empty_postgres, "hanse.cli.main", "restore", str(tmp_path / "1.tar.gz"))
    hanse(two, empty_postgres, "hanse.cli.main", "backup", str(tmp_path / "2.tar.gz"))
    hanse(three, "", "hanse.cli.main", "restore", str(tmp_path / "2.tar.gz"))
    hanse(three, "", "hanse.cli.main", "backup", str(tmp_path / "3.tar.gz"))

    first, second, third = (records_in(tmp_path / f"{number}.tar.gz") for number in (1, 2, 3))
    assert first == second == third
    words = ["person", "admit", "new@example.org", "--name", "New", "--password", "way-to-Lübeck"]
    hanse(two, empty_postgres, "hanse.cli.main", *words)
    said = hanse(two, empty_postgres, "hanse.cli.main", "backup", str(tmp_path / "4.tar.gz"))
    assert f"people.person{'':<27} {len(PEOPLE) + 1:>8}".strip() in said
