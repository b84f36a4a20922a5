"""Registrations as files: CSV line by line, XLSX as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hanse.kit.streams import XlsxFile, csv_lines

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MOST = 100_000


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return csv_lines(columns, rows)


def xlsx_of(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registrations.xlsx"
        book = XlsxFile(path, columns, MOST, "")
        book.add(list(rows))
        book.close()
        return path.read_bytes()
