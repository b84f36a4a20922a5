"""Whether a source table may come in: the first reason why not, with file and row."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hanse.kit.refusals import Refusal
from hanse.observatory.rules.manifest import Column, Manifest, Quantity
from hanse.observatory.words import ADMISSION

if TYPE_CHECKING:
    import pyarrow as pa

Codes = Mapping[str, frozenset[str]]

# Figures that Eurostat gives to no region: CZZZ, and the large region CZZ above it.
EXTRA_REGIO = re.compile(r"[A-Z]{2}Z{1,3}")


def refusal(reason: str, **facts: object) -> Refusal:
    return Refusal(reason, ADMISSION[reason], facts)


def why_not_the_known_file(path: Path, manifest: Manifest) -> Refusal | None:
    if not path.is_file():
        return refusal("missing_file", file=manifest.path)
    size = path.stat().st_size
    if size < manifest.size:
        return refusal("truncated", file=manifest.path, detail=f"{size} of {manifest.size} bytes")
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != manifest.sha256:
        return refusal("checksum", file=manifest.path, found=found[:12])
    return None


def why_not_admissible(rows: "pa.Table", manifest: Manifest, codes: Codes) -> Refusal | None:
    return next(
        (reason for check in CHECKS for reason in check(rows, manifest, codes) if reason), None
    )


def _columns_missing(rows: "pa.Table", manifest: Manifest, _: Codes) -> Iterator[Refusal | None]:
    for column in manifest.columns:
        if column.name not in rows.column_names:
            yield refusal("missing_column", file=manifest.path, column=column.name)


def _types(rows: "pa.Table", manifest: Manifest, _: Codes) -> Iterator[Refusal | None]:
    for column in manifest.columns:
        found = rows.schema.field(column.name).type
        if not _is_of_kind(found, column):
            yield refusal(
                "column_type",
                file=manifest.path,
                column=column.name,
                found=str(found),
                wanted=column.kind,
            )


def _is_of_kind(found: Any, column: Column) -> bool:
    import pyarrow as pa

    number = pa.types.is_integer(found) or pa.types.is_floating(found) or pa.types.is_decimal(found)
    fits = {
        "text": pa.types.is_string(found) or pa.types.is_large_string(found),
        "integer": pa.types.is_integer(found),
        "number": number,
    }
    return fits[column.kind] or pa.types.is_null(found)


def _rows_missing(rows: "pa.Table", manifest: Manifest, _: Codes) -> Iterator[Refusal | None]:
    if rows.num_rows < manifest.rows:
        yield refusal("too_few_rows", file=manifest.path, found=rows.num_rows, wanted=manifest.rows)


def _unknown_codes(rows: "pa.Table", manifest: Manifest, codes: Codes) -> Iterator[Refusal | None]:
    for column in manifest.columns:
        if column.codes is None:
            continue
        values = rows.column(column.name)
        for value in values.unique().to_pylist():
            if not _is_known(value, column, manifest, codes):
                yield refusal(
                    "unknown_code",
                    file=manifest.path,
                    row=_first_row(values, value),
                    column=column.name,
                    value=value if value is not None else "''",
                )


def _is_known(value: object, column: Column, manifest: Manifest, codes: Codes) -> bool:
    if column.codes == "quantities":
        return any(quantity.code == value for quantity in manifest.quantities)
    if column.codes == "regions" and EXTRA_REGIO.fullmatch(str(value)):
        return True
    return value in column.also or value in codes[str(column.codes)]


def _unknown_flags(rows: "pa.Table", manifest: Manifest, _: Codes) -> Iterator[Refusal | None]:
    if "flag" not in rows.column_names:
        return
    flags = rows.column("flag")
    for flag in flags.unique().to_pylist():
        if set(flag or "") - set(manifest.flags):
            yield refusal(
                "unknown_flag", file=manifest.path, row=_first_row(flags, flag), value=flag
            )


def _duplicates(rows: "pa.Table", manifest: Manifest, _: Codes) -> Iterator[Refusal | None]:
    import numpy as np

    if not manifest.key:
        return
    place = np.zeros(rows.num_rows, dtype=np.int64)
    for name in manifest.key:
        coded = rows.column(name).combine_chunks().dictionary_encode()
        indices = coded.indices.fill_null(len(coded.dictionary)).to_numpy(zero_copy_only=False)
        place = place * (len(coded.dictionary) + 1) + indices
    order = np.argsort(place, kind="stable")
    again = order[1:][place[order][1:] == place[order][:-1]]
    if again.size:
        row = int(again.min())
        key = " ".join(str(rows.column(name)[row].as_py()) for name in manifest.key)
        yield refusal("duplicate_key", file=manifest.path, row=row + 1, value=key)


def _values(rows: "pa.Table", manifest: Manifest, _: Codes) -> Iterator[Refusal | None]:
    import numpy as np
    import pyarrow.compute as pc

    if not manifest.quantities:
        return
    values = rows.column("value").to_numpy().astype("float64")
    for quantity in manifest.quantities:
        mine = np.ones(rows.num_rows, dtype=bool)
        if manifest.quantity_column:
            mine = pc.equal(rows.column(manifest.quantity_column), quantity.code).to_numpy()
        yield from _values_of(quantity, values, mine, manifest)
    yield from _units(rows, manifest)
    yield from _anchors(rows, manifest)


def _values_of(quantity: Quantity, values: Any, mine: Any, manifest: Manifest) -> Iterator[Refusal]:
    import numpy as np

    known = mine & ~np.isnan(values)
    if quantity.least is not None:
        for row in np.flatnonzero(known & (values < quantity.least))[:1]:
            yield refusal(
                "negative_count", file=manifest.path, row=int(row) + 1, value=f"{values[row]:g}"
            )
    if quantity.whole:
        for row in np.flatnonzero(known & (values != np.floor(values)))[:1]:
            yield _unit_mismatch(manifest, int(row), f"{values[row]!s}", quantity.unit)


def _units(rows: "pa.Table", manifest: Manifest) -> Iterator[Refusal]:
    if manifest.unit_column is None:
        return
    units = rows.column(manifest.unit_column)
    known = {quantity.unit for quantity in manifest.quantities}
    for unit in units.unique().to_pylist():
        if unit not in known:
            row = _first_row(units, unit) - 1
            yield _unit_mismatch(manifest, row, str(unit), " / ".join(sorted(known)))


def _anchors(rows: "pa.Table", manifest: Manifest) -> Iterator[Refusal]:
    import pyarrow as pa
    import pyarrow.compute as pc

    for anchor in manifest.anchors:
        there = pa.chunked_array([pa.array([True] * rows.num_rows)])
        for name, value in anchor.where.items():
            there = pc.and_(there, pc.equal(rows.column(name), value))
        row = pc.index(there, True).as_py()
        found = rows.column("value")[row].as_py() if row >= 0 else None
        if found != anchor.value:
            unit = f"of {anchor.value:g} in " + " ".join(str(v) for v in anchor.where.values())
            yield _unit_mismatch(manifest, row, str(found), unit)


def _unit_mismatch(manifest: Manifest, row: int, value: str, unit: str) -> Refusal:
    return refusal("unit", file=manifest.path, row=row + 1, value=value, unit=unit)


def _first_row(values: "pa.ChunkedArray", value: object) -> int:
    import pyarrow as pa
    import pyarrow.compute as pc

    if value is None:
        return int(pc.index(values.is_null(), pa.scalar(True)).as_py()) + 1
    return int(pc.index(values, pa.scalar(value, values.type)).as_py()) + 1


Check = Callable[["pa.Table", Manifest, Codes], Iterator[Refusal | None]]
# In this order: a later check may lean on what an earlier one has made sure of.
CHECKS: tuple[Check, ...] = (
    _columns_missing,
    _types,
    _rows_missing,
    _unknown_codes,
    _unknown_flags,
    _duplicates,
    _values,
)
