"""Tables of one's own, as files: CSV, TSV or Parquet, codes kept as they are written.

Nothing is guessed of a code: `01` stays `01` and `NA` is a country, not a gap. In a column of
numbers an empty cell, `NA`, `NaN`, `null` and Eurostat's `:` are not known.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from hanse.engines import faults

if TYPE_CHECKING:
    import pyarrow as pa

STANDARD_INPUT = Path("-")
NOT_KNOWN = frozenset({"", "NA", "NaN", "nan", "null", ":"})
TRUTHS = {"true": "1", "false": "0"}
SEPARATORS = ",;\t"
FIRST_LINE = 2  # of figures, below the header


def read_table(
    source: Path, *, figures: Collection[str] = (), periods: Collection[str] = ()
) -> pa.Table:
    """A file, or standard input, as Arrow.

    figures   columns that hold numbers
    periods   columns whose values become whole numbers where all of them are written as such
    Errors    Unfit (no table), MissingColumn (a header with a name twice), NotNumeric
    """
    content = sys.stdin.buffer.read() if source == STANDARD_INPUT else source.read_bytes()
    if not content.strip():
        raise faults.NothingGiven(f"{_name(source)} is empty.")
    if content.startswith(b"PAR1"):
        return _parquet(content, source)
    table = _text(content, source)
    for place, name in enumerate(table.column_names):
        if name in figures:
            table = table.set_column(place, name, _numbers(table, name))
        elif name in periods:
            table = table.set_column(place, name, _periods(table[name]))
        else:
            table = table.set_column(place, name, _codes(table[name]))
    return table


def _name(source: Path) -> str:
    return "Standard input" if source == STANDARD_INPUT else source.name


def _parquet(content: bytes, source: Path) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
    except (pa.ArrowException, OSError) as why:
        raise faults.Unfit(f"{_name(source)} is no whole Parquet file.") from why
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            plain = table[field.name].cast(field.type.value_type)
            table = table.set_column(place, field.name, plain)
    return table


def _text(content: bytes, source: Path) -> pa.Table:
    """Every column as text."""
    import pyarrow as pa
    import pyarrow.csv

    try:
        header = content.decode("utf-8-sig").lstrip("\r\n").splitlines()[0]
    except UnicodeDecodeError as why:
        raise faults.Unfit(f"{_name(source)} is neither Parquet nor text in UTF-8.") from why
    separator = max(SEPARATORS, key=header.count)
    names = next(csv.reader([header], delimiter=separator))
    doubled = [name for name, times in Counter(names).items() if times > 1]
    if doubled:
        raise faults.MissingColumn(f"{_name(source)} has two columns {doubled[0]!r}.")
    try:
        return pyarrow.csv.read_csv(
            io.BytesIO(content),
            parse_options=pyarrow.csv.ParseOptions(delimiter=separator, newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as why:
        raise faults.Unfit(f"{_name(source)} is no table: {why}") from why


def _codes(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text as it is written; an empty cell is nobody's code."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def _periods(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers where every value is written like one, without a leading zero."""
    import pyarrow as pa
    import pyarrow.compute as pc

    codes = _codes(column)
    plain = pc.match_substring_regex(codes, r"^(0|-?[1-9][0-9]{0,17})$")
    return codes.cast(pa.int64()) if pc.all(plain).as_py() else codes


def _numbers(table: pa.Table, name: str) -> pa.Array:
    import pyarrow as pa

    figures: list[float | None] = []
    for line, cell in enumerate(table[name].to_pylist(), FIRST_LINE):
        written = cell.strip()
        try:
            known = TRUTHS.get(written.lower(), written)
            figures.append(None if written in NOT_KNOWN else float(known))
        except ValueError:
            raise faults.NotNumeric(
                f"Column {name!r} holds {written!r} in line {line}, which is no number."
            ) from None
    return pa.array(figures, pa.float64())
