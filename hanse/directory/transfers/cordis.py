"""Joint projects from a folder in the form of CORDIS: participations.parquet, projects.parquet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

SOURCE = "CORDIS, European Union"
COLUMNS = ("project_rcn", "org_pic", "role")
ABOUT = ("project_rcn", "start_date", "end_date", "programme_parts")


class Unreadable(Exception):  # noqa: N818  a state of the folder
    """The folder does not hold what is needed; the text says what."""


@dataclass(frozen=True)
class Told:
    """A project as the folder tells it: who took part by participant code, in which role."""

    number: str
    began_on: date | None
    ended_on: date | None
    programmes: str
    parts: tuple[tuple[str, str], ...]


def projects_in(folder: Path) -> Iterator[Told]:
    """Every project with its participations, in the order of their numbers."""
    parts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for number, code, role in _rows(folder / "participations.parquet", COLUMNS):
        parts[str(number)].append((str(code), str(role or "participant")))
    about = {str(row[0]): row for row in _rows(folder / "projects.parquet", ABOUT)}
    for number in sorted(parts):
        _number, began, ended, programmes = about.get(number, (number, None, None, ""))
        yield Told(number, _day(began), _day(ended), str(programmes or ""), tuple(parts[number]))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    import pyarrow as pa
    from pyarrow.parquet import read_table

    try:
        table = read_table(path, columns=list(columns))
    except FileNotFoundError:
        raise Unreadable(f"There is no {path.name} in {path.parent}.") from None
    except (pa.ArrowInvalid, OSError) as damage:
        raise Unreadable(f"{path.name} cannot be read: {damage}") from damage
    if missing := set(columns) - set(table.column_names):
        raise Unreadable(f"{path.name} lacks the columns {', '.join(sorted(missing))}.")
    yield from zip(*(table[name].to_pylist() for name in columns), strict=True)


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10]) if value else None
