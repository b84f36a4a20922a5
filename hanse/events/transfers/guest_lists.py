"""A list of guests as a file: CSV or XLSX, its first line names the columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from hanse.directory.transfers.tables import MOST_BYTES, csv_lines, xlsx_lines
from hanse.events.rules.guests import MOST_GUESTS, Fault, Guest, guests_of, places_of
from hanse.events.rules.programme import refusal
from hanse.kit.refusals import Refused


def read_guests(name: str, content: bytes) -> tuple[list[Guest], list[Fault]]:
    """Whom the file names, and the rows that cannot be read, each with its reason."""
    lines = _lines(name, content)
    _number, heads = next(lines, (0, []))
    if "email" not in places_of(heads):
        raise Refused(refusal("no_column_of_addresses"))
    guests: list[Guest] = []
    faults: list[Fault] = []
    for one in guests_of(heads, lines):
        if isinstance(one, Fault):
            faults.append(one)
        else:
            guests.append(one)
        if len(guests) > MOST_GUESTS:
            raise Refused(refusal("too_many_guests", most=MOST_GUESTS))
    return guests, faults


def _lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    ending = PurePath(name).suffix.lower()
    if len(content) > MOST_BYTES or ending not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise Refused(refusal("not_a_list_of_guests", file=name[:80]))
    if ending == ".xlsx":
        return xlsx_lines(name, content)
    return csv_lines(name, content, any_signs=True)[1]
