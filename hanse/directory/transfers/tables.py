"""Files as rows: CSV, XLSX, JSON, and profile.json. What cannot be read is refused in words."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

from hanse.commons.files.rules import is_xlsx
from hanse.directory.rules.imports import (
    KIND,
    MOST_ROWS,
    NUMBER,
    SLUG,
    SOURCE,
    Cell,
    Place,
    Row,
    places_of,
    refusal,
    row_of,
)
from hanse.directory.words import FIELDS
from hanse.kit.refusals import Refusal, Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
SIGNS = ",;\t"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FORMAT = "hanse-organisations/1"


@dataclass(frozen=True)
class FileRead:
    """The rows of a file, as what it was read, its digest, and the columns nobody here can read."""

    name: str
    digest: str
    encoding: str
    rows: Sequence[Row]
    unread: Sequence[str]


def read_file(name: str, content: bytes) -> FileRead:
    """The rows of a file by its ending; `Refused` with the reason where it cannot be read."""
    if not content.strip():
        raise Refused(refusal("empty_file", file=name))
    if len(content) > MOST_BYTES:
        facts = {"size": len(content) // MEGABYTE + 1, "most": MOST_BYTES // MEGABYTE}
        raise Refused(refusal("file_too_large", file=name, **facts))
    read = READERS.get(PurePath(name).suffix.lower())
    if read is None:
        raise Refused(refusal("unknown_kind_of_file", file=name))
    encoding, rows, unread = read(name, content)
    if not rows:
        raise Refused(refusal("no_rows"))
    if len(rows) > MOST_ROWS:
        raise Refused(refusal("too_many_rows", count=len(rows), most=MOST_ROWS))
    return FileRead(name, hashlib.sha256(content).hexdigest(), encoding, rows, unread)


Answer = tuple[str, list[Row], list[str]]


# Text --------------------------------------------------------------------------------------------


def _csv(name: str, content: bytes) -> Answer:
    encoding, lines = csv_lines(name, content)
    return encoding, *_table(lines)


Lines = Iterator[tuple[int, list[str]]]


def csv_lines(name: str, content: bytes, *, any_signs: bool = False) -> tuple[str, Lines]:
    """The encoding, and the lines with their numbers; cells parted as in the first of them.

    A sign that no text holds refuses the whole, unless the reader looks at `any_signs` itself.
    """
    encoding, text = decoded(name, content)
    if not any_signs and (control := CONTROL.search(text)):
        row = text.count("\n", 0, control.start()) + 1
        raise Refused(refusal("not_text", file=name, row=row))
    first = text.partition("\n")[0]
    return encoding, _lines(name, text, max(SIGNS, key=first.count))


def _lines(name: str, text: str, sign: str) -> Lines:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    while True:
        try:
            line = next(reader)
        except StopIteration:
            return
        except csv.Error as no:
            raise Refused(refusal("broken_csv", file=name, row=reader.line_num)) from no
        yield reader.line_num, line


def decoded(name: str, content: bytes) -> tuple[str, str]:
    """Text and the encoding in which it was read: UTF-8, else what old spreadsheets write."""
    if content.startswith(b"\xef\xbb\xbf"):
        ways = ["utf-8-sig"]
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        ways = ["utf-16"]
    else:
        ways = ["utf-8", "cp1252"]
    for way in ways:
        try:
            return way, content.decode(way)
        except UnicodeDecodeError:
            continue
    raise Refused(refusal("unknown_encoding", file=name))


def _table(lines: Lines) -> tuple[list[Row], list[str]]:
    """Rows below the heads; blank ones are passed over, empty cells at the end cut off."""
    _number, heads = next(lines, (0, []))
    heads = _cut(heads)
    places = _or_refused(places_of(heads))
    rows = [
        row_of(number, _cut(line), places) for number, line in lines if any(map(str.strip, line))
    ]
    unread = [head for head, place in zip(heads, places, strict=True) if place is None]
    return rows, unread


def _cut(line: list[str]) -> list[str]:
    """Without the empty cells at its end."""
    while line and not line[-1].strip():
        line = line[:-1]
    return line


def _or_refused(found: list[Place | None] | Refusal) -> list[Place | None]:
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


# Workbooks ---------------------------------------------------------------------------------------


def _xlsx(name: str, content: bytes) -> Answer:
    return "XLSX", *_table(xlsx_lines(name, content))


def xlsx_lines(name: str, content: bytes) -> Lines:
    """The first sheet; of a formula the value that the spreadsheet saved."""
    import python_calamine  # noqa: PLC0415 -- slow import

    if not is_xlsx(content):
        raise Refused(refusal("not_a_workbook", file=name))
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        grid = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError, IndexError) as no:
        raise Refused(refusal("not_a_workbook", file=name)) from no
    return ((number, [_text(value) for value in line]) for number, line in enumerate(grid, 1))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


# JSON --------------------------------------------------------------------------------------------


def _json(name: str, content: bytes) -> Answer:
    """A list of objects, or what profile.json and the open data hold."""
    encoding, text = decoded(name, content)
    try:
        told = json.loads(text)
    except json.JSONDecodeError as no:
        raise Refused(refusal("not_json", file=name, row=no.lineno)) from no
    except RecursionError as no:
        raise Refused(refusal("not_json", file=name, row=1)) from no
    if isinstance(told, Mapping):
        told = told.get("organisations", [told])
    if not isinstance(told, list) or not all(isinstance(one, Mapping) for one in told):
        raise Refused(refusal("not_a_list", file=name))
    if not told:
        raise Refused(refusal("no_rows"))
    if all(isinstance(one.get("facts"), list) for one in told):
        said = [fact for one in told for fact in one["facts"] if isinstance(fact, Mapping)]
        unread = {str(fact.get("field"))[:40] for fact in said if fact.get("field") not in FIELDS}
        return encoding, [_whole(number, one) for number, one in enumerate(told, 1)], sorted(unread)
    return encoding, *_objects(told)


def _objects(told: Sequence[Mapping[str, Any]]) -> tuple[list[Row], list[str]]:
    """Objects with values by column, as the rows of a table."""
    heads = list(dict.fromkeys(str(key) for one in told for key in one))
    places = _or_refused(places_of(heads))
    rows = [
        row_of(number, [_joined(one.get(head)) for head in heads], places)
        for number, one in enumerate(told, 1)
    ]
    return rows, [head for head, place in zip(heads, places, strict=True) if place is None]


def _joined(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(_text(one).replace("\\", "\\\\").replace("|", "\\|") for one in value)
    return _text(value)


def _whole(number: int, told: Mapping[str, Any]) -> Row:
    """A profile with all its facts, each with its language and day."""
    facts = [fact for fact in told["facts"] if isinstance(fact, Mapping)]
    known = [fact for fact in facts if fact.get("field") in FIELDS]
    return Row(
        number,
        [
            Cell(
                str(fact["field"]),
                str(fact["field"]),
                fact.get("value"),
                str(fact.get("language") or ""),
                str(fact.get("as_of") or ""),
                fact.get("is_public") is not False,
                is_value=True,
            )
            for fact in known
        ],
        slug=str(told.get(SLUG) or ""),
        kind=str(told.get(KIND) or ""),
        source=str(told.get(SOURCE) or told.get("source_url") or ""),
        source_number=str(told.get(NUMBER) or told.get("id") or ""),
        is_whole=True,
    )


READERS = {
    ".csv": _csv,
    ".tsv": _csv,
    ".txt": _csv,
    ".xlsx": _xlsx,
    ".json": _json,
}
