"""A backup of one database is restored into the other, and back, by the commands themselves."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

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


def manifest_of(archive: Path) -> dict[str, Any]:
    with tarfile.open(archive) as tar:
        return json.load(tar.extractfile("manifest.json"))


def records_in(archive: Path) -> dict[str, str]:
    return {
        name: part["sha256"]
        for name, part in manifest_of(archive)["parts"].items()
        if name.startswith("records/")
    }


def test_records_go_from_sqlite_to_postgresql_and_back_byte_for_byte(
    tmp_path, empty_postgres, settings
):
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    for folder, database in ((one, ""), (two, empty_postgres), (three, "")):
        folder.mkdir()
        (folder / "releases").symlink_to(settings.HANSE_RELEASES)
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
    persons = manifest_of(tmp_path / "1.tar.gz")["records"]["people.person"] + 1
    assert f"people.person{'':<27} {persons:>8}".strip() in said
