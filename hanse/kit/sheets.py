"""A table that leaves the house: one sheet of rows, written as CSV, XLSX, Parquet or JSON-stat 2.0.

Numbers keep full precision and a decimal point; what is not known is empty (CSV, XLSX) or null.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

FORMULA = frozenset("=+-@\t\r")
Value = str | int | float | bool | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in files, what it means, and its unit where it has one."""

    key: str
    meaning: str
    unit: str = ""
    is_dimension: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with what a reader must know to use them; `notes` are source, licence and method."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def keys(self) -> list[str]:
        """The column keys, in order."""
        return [column.key for column in self.columns]

    def as_dicts(self) -> list[dict[str, Value]]:
        """Each row as a mapping from column key to value."""
        return [dict(zip(self.keys, row, strict=True)) for row in self.rows]


def as_csv(sheet: Sheet) -> bytes:
    """Write comma-separated UTF-8 with a header line (RFC 4180), nothing before it.

    >>> as_csv(Sheet("s", "S", (Column("a", "A"),), ((1.5,), (None,)))).decode().split()
    ['a', '1.5', '""']
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.keys)
    writer.writerows([[_inert(value) for value in row] for row in sheet.rows])
    return text.getvalue().encode()


def as_xlsx(sheet: Sheet) -> bytes:
    """Write a workbook: the rows with filters, and a second sheet that says what they are."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        page = book.add_worksheet("figures")
        page.write_row(0, 0, sheet.keys, bold)
        for number, row in enumerate(sheet.rows, start=1):
            for place, value in enumerate(row):
                if value is not None:
                    page.write(number, place, _plain(value))
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
        page.freeze_panes(1, 0)
        page.autofit()
        about = book.add_worksheet("about")
        about.write(0, 0, sheet.title, bold)
        for number, note in enumerate(sheet.notes, start=1):
            about.write(number, 0, note)
        start = len(sheet.notes) + 2
        about.write_row(start, 0, ["column", "meaning", "unit"], bold)
        for number, column in enumerate(sheet.columns, start=start + 1):
            about.write_row(number, 0, [column.key, column.meaning, column.unit])
    return stream.getvalue()


def as_parquet(sheet: Sheet) -> bytes:
    """Write Parquet (zstd); title, notes and column meanings stand in the schema's metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    columns = list(zip(*sheet.rows, strict=True)) if sheet.rows else [()] * len(sheet.columns)
    fields = {key: pa.array(values) for key, values in zip(sheet.keys, columns, strict=True)}
    table = pa.table(fields).replace_schema_metadata(
        {
            "title": sheet.title,
            "notes": "\n".join(sheet.notes),
            "columns": json.dumps({c.key: [c.meaning, c.unit] for c in sheet.columns}),
        }
    )
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    written: bytes = sink.getvalue().to_pybytes()
    return written


def as_json_stat(sheet: Sheet) -> bytes:
    """Write a JSON-stat 2.0 dataset: the dimension columns span a cube, numbers fill it.

    Text columns that are not dimensions (names, flags) become labels or `status`. Source: the
    JSON-stat 2.0 format, https://json-stat.org/full/.
    """
    rows = sheet.as_dicts()
    dimensions = [column for column in sheet.columns if column.is_dimension]
    metrics = [
        column
        for column in sheet.columns
        if not column.is_dimension and any(_is_number(row[column.key]) for row in rows)
    ]
    ids = {d.key: list(dict.fromkeys(str(row[d.key]) for row in rows)) for d in dimensions}
    sizes = [len(ids[d.key]) for d in dimensions] + [len(metrics)]
    places = {d.key: {name: n for n, name in enumerate(ids[d.key])} for d in dimensions}
    values: dict[str, Value] = {}
    status: dict[str, str] = {}
    for row in rows:
        start = 0
        for d, size in zip(dimensions, sizes, strict=False):
            start = start * size + places[d.key][str(row[d.key])]
        for n, metric in enumerate(metrics):
            place = str(start * len(metrics) + n)
            if row[metric.key] is not None:
                values[place] = _plain(row[metric.key])
            elif row.get("flag"):
                status[place] = str(row["flag"])
    document = {
        "version": "2.0",
        "class": "dataset",
        "label": sheet.title,
        "source": sheet.notes[0] if sheet.notes else "",
        "note": list(sheet.notes[1:]),
        "id": [*ids, "measure"],
        "size": sizes,
        "role": {"metric": ["measure"], "geo": [k for k in ids if k == "region"]},
        "dimension": {
            **{d.key: _dimension(d, ids[d.key], rows) for d in dimensions},
            "measure": {
                "label": "measure",
                "category": {
                    "index": [m.key for m in metrics],
                    "label": {m.key: m.meaning for m in metrics},
                    "unit": {m.key: {"label": m.unit} for m in metrics},
                },
            },
        },
        "value": values,
        "status": status,
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _dimension(column: Column, ids: list[str], rows: list[dict[str, Value]]) -> dict[str, Any]:
    category: dict[str, Any] = {"index": ids}
    if column.key == "region" and rows and "name" in rows[0]:
        category["label"] = {str(row["region"]): row["name"] for row in rows}
    return {"label": column.meaning, "category": category}


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _inert(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP)."""
    if isinstance(value, str) and value[:1] in FORMULA:
        return f"'{value}"
    return _plain(value)


def _plain(value: Value) -> Value:
    return float(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its ending, media type and writer."""

    ending: str
    media_type: str
    write: Callable[[Sheet], bytes]


FORMATS: dict[str, Format] = {
    written.ending: written
    for written in (
        Format("csv", "text/csv; charset=utf-8", as_csv),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            as_xlsx,
        ),
        Format("parquet", "application/vnd.apache.parquet", as_parquet),
        Format("json", "application/json", as_json_stat),
    )
}
