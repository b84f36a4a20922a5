"""The whole directory as files, written once a day; there is never half a file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from hanse.directory.models import Tick
from hanse.directory.queries import open_data
from hanse.kit.streams import AllOf, CsvFile, JsonLines, ParquetFile, XlsxFile

AT_ONCE = 2000
# A workbook of more rows opens on few machines; the other files hold all.
MOST_IN_WORKBOOK = 20_000
# So many are written at once when somebody asks for a file that is older than the directory.
FEW = 3000
# The files before stay a while: somebody may be fetching them.
KEPT = 2
FORMS = ("csv", "jsonl", "xlsx", "parquet")
NAMES = ("organisations", "memberships", "projects")


@dataclass(frozen=True)
class OpenFiles:
    """The files of one day."""

    folder: Path
    tick: int
    day: date

    def path(self, name: str, form: str) -> Path:
        return self.folder / f"{name}.{form}"


def shelf() -> Path:
    return Path(settings.VAR) / "open-data"


def whole_files() -> list[OpenFiles]:
    """What was written and stands, the newest last."""
    whole = [
        OpenFiles(path, int(tick), date.fromisoformat(day))
        for path in (shelf().iterdir() if shelf().is_dir() else ())
        for day, _at, tick in [path.name.partition("_")]
        if tick.isdigit()
    ]
    return sorted(whole, key=lambda one: (one.day, one.tick))


def open_files() -> OpenFiles | None:
    """The newest files; None where none were written yet."""
    return next(reversed(whole_files()), None)


def files_of_now() -> OpenFiles | None:
    """The files, written anew where the directory changed since and is small enough to wait for."""
    held, tick = open_files(), tick_now()
    if held and (held.tick, held.day) == (tick, timezone.localdate()):
        return held
    if open_data.found().count() <= FEW:
        return write_open_data()
    return held


def tick_now() -> int:
    return Tick.objects.values_list("number", flat=True).first() or 0


def write_open_data() -> OpenFiles:
    """Write all files beside their place and rename them together; older ones go."""
    shelf().mkdir(parents=True, exist_ok=True)
    files = OpenFiles(
        shelf() / f"{timezone.localdate().isoformat()}_{tick_now()}",
        tick_now(),
        timezone.localdate(),
    )
    draft = Path(mkdtemp(prefix=".draft-", dir=shelf()))
    try:
        write_into(draft)
        shutil.rmtree(files.folder, ignore_errors=True)
        try:
            draft.rename(files.folder)
        except OSError:
            # Another process wrote the same files in this moment.
            if not files.folder.is_dir():
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for other in whole_files()[:-KEPT]:
        shutil.rmtree(other.folder, ignore_errors=True)
    return files


def write_into(folder: Path) -> dict[str, int]:
    """All files into a folder; how many rows each table has."""
    counts = {"organisations": _organisations(folder)}
    tables: Sequence[tuple[str, Sequence[str], Callable[[], Iterator[dict[str, Any]]]]] = (
        ("memberships", open_data.MEMBERSHIPS, open_data.memberships),
        ("projects", open_data.PROJECTS, open_data.projects),
    )
    for name, columns, rows in tables:
        counts[name] = _table(folder, name, columns, rows())
    return counts


def _organisations(folder: Path) -> int:
    columns, count = open_data.columns(), 0
    name = "organisations"
    with (
        AllOf(_tables(folder, name, columns)) as tables,
        AllOf([JsonLines(folder / f"{name}.jsonl")]) as lines,
    ):
        for some in _some(open_data.with_facts()):
            tables.add([open_data.row_of(*one) for one in some])
            lines.add([open_data.record_of(*one) for one in some])
            count += len(some)
    return count


def _table(folder: Path, name: str, columns: Sequence[str], rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    files = [*_tables(folder, name, columns), JsonLines(folder / f"{name}.jsonl")]
    with AllOf(files) as written:
        for some in _some(rows):
            written.add([{**row, **_days(row)} for row in some])
            count += len(some)
    return count


def _days(row: dict[str, Any]) -> dict[str, str]:
    return {key: value.isoformat() for key, value in row.items() if isinstance(value, date)}


def _tables(folder: Path, name: str, columns: Sequence[str]) -> list[Any]:
    return [
        CsvFile(folder / f"{name}.csv", columns),
        XlsxFile(folder / f"{name}.xlsx", columns, MOST_IN_WORKBOOK, more_elsewhere()),
        ParquetFile(folder / f"{name}.parquet", columns),
    ]


def more_elsewhere() -> str:
    return _("There are more rows than a workbook can be opened with; CSV and Parquet hold all.")


def _some(things: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(things)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
