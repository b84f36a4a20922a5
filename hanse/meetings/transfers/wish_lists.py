"""A list of wishes as a file: CSV or XLSX, its first line names the columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from hanse.directory.transfers.tables import MOST_BYTES, csv_lines, xlsx_lines
from hanse.kit.refusals import Refused
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.rules.wish_lists import MOST_ROWS, Fault, Row, places_of, rows_of


def read_wishes(name: str, content: bytes) -> tuple[list[Row], list[Fault]]:
    """What the file says, and the rows that cannot be read, each with its reason."""
    lines = _lines(name, content)
    _number, heads = next(lines, (0, []))
    if not {"wisher", "wished"} <= set(places_of(heads)):
        raise Refused(refusal("no_columns_of_wishes"))
    rows: list[Row] = []
    faults: list[Fault] = []
    for one in rows_of(heads, lines):
        if isinstance(one, Fault):
            faults.append(one)
        else:
            rows.append(one)
        if len(rows) + len(faults) > MOST_ROWS:
            raise Refused(refusal("too_many_rows", most=MOST_ROWS))
    return rows, faults


def _lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    ending = PurePath(name).suffix.lower()
    if len(content) > MOST_BYTES or ending not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise Refused(refusal("not_a_list_of_wishes", file=name[:80]))
    if ending == ".xlsx":
        return xlsx_lines(name, content)
    return csv_lines(name, content, any_signs=True)[1]
