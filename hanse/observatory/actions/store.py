"""Folders of Parquet files that are written once: beside their place, then renamed."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

# Statistics of these columns let a reader skip row groups; of others they only swell the footer.
SORT_COLUMNS = ("region", "sector", "year", "start", "end", "code")


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write into that takes its place when the block ends well, and vanishes otherwise.

    A folder that already stands there is set aside during the exchange and removed after it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    aside = target.with_name(f".{target.name}.{os.getpid()}.former")
    if target.exists():
        target.rename(aside)
    draft.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def write_text_at_once(path: Path, text: str) -> None:
    """Replace a small file so that a reader sees the old text or the new, never a part."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    write_text_at_once(path, json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def write_rows(path: Path, rows: "pa.Table", *, group: str | None = None, level: int = 3) -> None:
    """Write a table that is sorted by `group` first: one row group for each of its values."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(
        path,
        rows.schema,
        compression="zstd",
        compression_level=level,
        write_statistics=[name for name in SORT_COLUMNS if name in rows.column_names],
        store_schema=True,
        write_page_checksum=True,
    ) as writer:
        for start, length in _runs(rows, group):
            writer.write_table(rows.slice(start, length), row_group_size=max(length, 1))


def _runs(rows: "pa.Table", group: str | None) -> Sequence[tuple[int, int]]:
    import pyarrow.compute as pc

    if group is None or rows.num_rows == 0:
        return [(0, rows.num_rows)]
    ends = pc.run_end_encode(plain(rows.column(group))).run_ends.to_pylist()
    return [(end - length, length) for end, length in zip(ends, _steps(ends), strict=True)]


def _steps(ends: Sequence[int]) -> list[int]:
    return [end - start for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def digest_of(rows: "pa.Table") -> str:
    """SHA-256 of what a table says: names, types and values in order; not how a file packs them."""
    import pyarrow as pa

    digest = hashlib.sha256()
    for name in rows.column_names:
        column = plain(rows.column(name))
        digest.update(f"{name}:{column.type}:{len(column)}\n".encode())
        digest.update(column.is_null().cast(pa.int8()).to_numpy(zero_copy_only=False).tobytes())
        digest.update(_bytes(column))
    return digest.hexdigest()


def plain(column: "pa.ChunkedArray") -> "pa.Array":
    """One array without dictionary, so that equal values are equal bytes."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    array = column.combine_chunks()
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array


def _bytes(column: "pa.Array") -> bytes:
    import pyarrow as pa

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return "\x1f".join(value or "" for value in column.to_pylist()).encode()
    if pa.types.is_decimal(column.type):
        return _bytes(column.cast(pa.string()))
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    return bytes(column.fill_null(0).to_numpy(zero_copy_only=False).tobytes())


def digest_of_folder(files: Mapping[str, Mapping[str, Any]]) -> str:
    written = json.dumps({name: files[name]["sha256"] for name in sorted(files)}, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()
