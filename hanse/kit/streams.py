"""Tables too long to be held: written row by row as CSV, JSON lines, XLSX and Parquet."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from django.core.serializers.json import DjangoJSONEncoder

# Cells that a spreadsheet would run as a formula (OWASP, CSV injection).
FORMULA = frozenset("=+-@\t\r")
Row = Mapping[str, Any]


def inert(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what would begin a formula.

    >>> inert("=1+1"), inert("'=1+1"), inert("plain")
    ("'=1+1", "''=1+1", 'plain')
    """
    return f"'{text}" if text.lstrip("'")[:1] in FORMULA else text


def as_typed(cell: str) -> str:
    """A cell without the apostrophe that `inert` put there.

    >>> as_typed("'=1+1"), as_typed("''=1+1"), as_typed("'s-Hertogenbosch")
    ('=1+1', "'=1+1", "'s-Hertogenbosch")
    """
    guarded = cell[:1] == "'" and cell.lstrip("'")[:1] in FORMULA
    return cell[1:] if guarded else cell


class _Echo:
    """A file for the csv module that gives back what was written."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Comma-separated lines (RFC 4180) with a head, one after the other.

    >>> list(csv_lines(["a", "b"], [{"a": "=1", "b": None}]))
    ['a,b\\r\\n', "'=1,\\r\\n"]
    """
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    places = places_of(columns)
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow(_cells(row, places))


def json_line(row: Row) -> str:
    """One row as a line of JSON."""
    return json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


def places_of(columns: Sequence[str]) -> dict[str, int]:
    """Where each column stands."""
    return {column: place for place, column in enumerate(columns)}


def _cells(row: Row, places: Mapping[str, int]) -> list[str]:
    """A row of text. Tables have hundreds of columns, of which a row fills few."""
    cells = [""] * len(places)
    for column, value in row.items():
        if value is not None and (place := places.get(column)) is not None:
            cells[place] = inert(str(value))
    return cells


class Written(Protocol):
    """A file that takes rows one by one."""

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class CsvFile:
    """Comma-separated UTF-8."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.places = places_of(columns)
        self.out = path.open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.out, lineterminator="\r\n")
        self.writer.writerow(columns)

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        self.writer.writerows(_cells(row, self.places) for row in rows)

    def close(self) -> None:
        """Finish the file."""
        self.out.close()


class JsonLines:
    """One object a line."""

    def __init__(self, path: Path) -> None:
        self.out = path.open("w", encoding="utf-8")

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        self.out.writelines(map(json_line, rows))

    def close(self) -> None:
        """Finish the file."""
        self.out.close()


class XlsxFile:
    """A workbook; beyond `most` rows a sentence says that there are more."""

    def __init__(self, path: Path, columns: Sequence[str], most: int, more: str) -> None:
        import xlsxwriter

        self.places, self.most, self.more, self.count = places_of(columns), most, more, 0
        self.book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False}
        )
        self.page = self.book.add_worksheet("data")
        self.page.write_row(0, 0, columns, self.book.add_format({"bold": True}))
        self.page.freeze_panes(1, 0)

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        for row in rows[: max(0, self.most - self.count)]:
            filled = [
                (self.places[column], value)
                for column, value in row.items()
                if value not in (None, "") and column in self.places
            ]
            for place, value in sorted(filled, key=lambda one: one[0]):
                self.page.write(self.count + 1, place, value)
            self.count += 1
        if rows[max(0, self.most - self.count) :] and self.count == self.most:
            self.page.write(self.most + 1, 0, self.more)

    def close(self) -> None:
        """Finish the file."""
        self.book.close()


class ParquetFile:
    """Parquet (zstd); every column is text."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        self.schema = pa.schema([(column, pa.string()) for column in columns])
        self.columns = columns
        self.writer = parquet.ParquetWriter(path, self.schema, compression="zstd")

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows."""
        import pyarrow as pa

        held: dict[str, list[str | None]] = {c: [None] * len(rows) for c in self.columns}
        for place, row in enumerate(rows):
            for column, value in row.items():
                if value not in (None, "") and column in held:
                    held[column][place] = str(value)
        self.writer.write_table(pa.table(held, self.schema))

    def close(self) -> None:
        """Finish the file."""
        self.writer.close()


class AllOf:
    """Several files that take the same rows; all are closed, whatever happens."""

    def __init__(self, files: Sequence[Written]) -> None:
        self.files = files

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Close them all."""
        for one in self.files:
            one.close()

    def add(self, rows: Sequence[Row]) -> None:
        """Write some rows into each."""
        for one in self.files:
            one.add(rows)
