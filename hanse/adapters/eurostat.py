"""Eurostat's dissemination interface: whole tables, fetched once and kept.

Address   {base}/data/{table}?format=TSV&compressed=true  (SDMX 2.1, tab-separated, gzip)
Form      the first head cell names the dimensions, as in `freq,indic_sbs,nace_r2,geo\\TIME_PERIOD`,
          the others are years; a value is `158012 `, `12.5 bd`, `: c` (confidential) or `: `.
Source    Eurostat, "API - Getting started with the SDMX 2.1 dissemination interface".
"""

import gzip
import hashlib
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from hanse.ports.statistics_office import NotPublished, NotReadable, Publication, Told

BASE = "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1"
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
VALUE = r"^(?P<value>:|-?[0-9.]+(?:[eE][-+]?[0-9]+)?)?\s*(?P<flag>[a-z]*)$"
HEAD = re.compile(r"^[a-z0-9_,]+\\TIME_PERIOD$")


@dataclass(frozen=True)
class Answer:
    """A table as it came: the file, what it weighs, and whether the source was asked just now."""

    table: str
    path: Path
    sha256: str
    modified: str
    is_fresh: bool


@dataclass(frozen=True)
class Eurostat:
    """The interface at an address, with a folder that keeps what was fetched.

    A kept table is asked for again with its ETag and Last-Modified; `304` means it still holds.
    Errors that pass (429, 5xx, a broken connection) are tried again after `pause` seconds, doubled
    each time, or after what Retry-After says. A silent source falls back on what is kept.
    """

    cache: Path
    base: str = BASE
    attempts: int = 5
    pause: float = 1.0
    timeout: float = 60.0

    def publication(
        self,
        table: str,
        wanted: Mapping[str, frozenset[str]],
        told: Told = lambda _done, _total: None,
    ) -> Publication:
        """The cells of a table whose dimensions have one of the wanted values."""
        answer = self.fetch(table, told)
        return Publication(
            table=table,
            rows=rows_of(answer, wanted),
            sha256=answer.sha256,
            size=answer.path.stat().st_size,
            modified=answer.modified,
            is_fresh=answer.is_fresh,
        )

    def fetch(self, table: str, told: Told = lambda _done, _total: None) -> Answer:
        """The table, from the source if it has a newer one, else from the folder."""
        kept = self._kept(table)
        try:
            return self._asked(table, kept, told)
        except NotPublished:
            if kept is None:
                raise
            return kept

    def _kept(self, table: str) -> Answer | None:
        path, label = self._places(table)
        if not (path.is_file() and label.is_file()):
            return None
        written = json.loads(label.read_text(encoding="utf-8"))
        if hashlib.sha256(path.read_bytes()).hexdigest() != written["sha256"]:
            return None
        return Answer(table, path, written["sha256"], written["modified"], is_fresh=False)

    def _places(self, table: str) -> tuple[Path, Path]:
        return self.cache / f"{table}.tsv.gz", self.cache / f"{table}.json"

    def _asked(self, table: str, kept: Answer | None, told: Told) -> Answer:
        reason = ""
        for attempt in range(self.attempts):
            if attempt:
                time.sleep(self.pause * 2 ** (attempt - 1))
            try:
                return self._once(table, kept, told)
            except _TryAgain as passing:
                reason = str(passing)
                time.sleep(passing.after)
            except httpx.TransportError as fault:
                reason = f"{type(fault).__name__}: {fault}"
        raise NotPublished(f"{table}: {reason} ({self.attempts} attempts)")

    def _once(self, table: str, kept: Answer | None, told: Told) -> Answer:
        address = f"{self.base}/data/{table}"
        query = {"format": "TSV", "compressed": "true"}
        headers = self._conditions(table) if kept else {}
        with httpx.stream(
            "GET",
            address,
            params=query,
            headers=headers,
            timeout=self.timeout,
            follow_redirects=True,
        ) as response:
            if kept and response.status_code == httpx.codes.NOT_MODIFIED:
                return Answer(table, kept.path, kept.sha256, kept.modified, is_fresh=True)
            if response.status_code in PASSING:
                raise _TryAgain(response)
            if response.status_code != httpx.codes.OK:
                raise NotPublished(f"{table}: HTTP {response.status_code}")
            return self._stored(table, response, told)

    def _conditions(self, table: str) -> dict[str, str]:
        _, label = self._places(table)
        written = json.loads(label.read_text(encoding="utf-8"))
        conditions = {"If-None-Match": written["etag"], "If-Modified-Since": written["modified"]}
        return {name: value for name, value in conditions.items() if value}

    def _stored(self, table: str, response: httpx.Response, told: Told) -> Answer:
        """Write beside its place, read it to its end, then put it there: a part never counts."""
        path, label = self._places(table)
        self.cache.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        total = int(response.headers.get("Content-Length", 0))
        digest = hashlib.sha256()
        with draft.open("wb") as stream:
            for part in response.iter_raw():
                stream.write(part)
                digest.update(part)
                told(response.num_bytes_downloaded, total)
        _read_to_end(draft, table)
        modified = response.headers.get("Last-Modified", "")
        draft.replace(path)
        label.write_text(
            json.dumps(
                {
                    "etag": response.headers.get("ETag", ""),
                    "modified": modified,
                    "sha256": digest.hexdigest(),
                }
            ),
            encoding="utf-8",
        )
        return Answer(table, path, digest.hexdigest(), modified, is_fresh=True)


class _TryAgain(Exception):  # noqa: N818 -- a signal within this file
    def __init__(self, response: httpx.Response) -> None:
        super().__init__(f"HTTP {response.status_code}")
        after = response.headers.get("Retry-After", "")
        self.after = min(float(after), 60.0) if after.isdigit() else 0.0


def _read_to_end(path: Path, table: str) -> None:
    try:
        with gzip.open(path) as stream:
            while stream.read(1 << 20):
                pass
    except (OSError, EOFError) as fault:
        path.unlink()
        raise NotReadable(f"{table}: {fault}") from fault


def rows_of(answer: Answer, wanted: Mapping[str, frozenset[str]]) -> pa.Table:
    """One row for each published cell: the dimensions, year, value, flag.

    `wanted` keeps only the rows whose dimension has one of the values. Cells that are blank without
    a flag were never published and are not rows; confidential ones are, without a value.
    """
    table, years = _wide(answer, wanted)
    dimensions = [name for name in table.column_names if name not in years]
    parts = []
    for name, year in years.items():
        split = pc.extract_regex(pc.utf8_trim_whitespace(table.column(name)), VALUE)
        if split.null_count:
            row = pc.index(split.is_null(), True).as_py()
            raise NotReadable(f"{answer.table}: {table.column(name)[row].as_py()!r} is no value")
        value, flag = pc.struct_field(split, "value"), pc.struct_field(split, "flag")
        known = pc.invert(pc.or_(pc.equal(value, ":"), pc.equal(value, "")))
        number = pc.if_else(known, value, None).cast(pa.float64())
        part = table.select(dimensions).append_column(
            "year", pa.array([year] * table.num_rows, pa.int16())
        )
        part = part.append_column("value", number).append_column("flag", flag)
        parts.append(part.filter(pc.or_(known, pc.not_equal(flag, ""))))
    return pa.concat_tables(parts)


def _wide(answer: Answer, wanted: Mapping[str, frozenset[str]]) -> tuple[pa.Table, dict[str, int]]:
    with gzip.open(answer.path) as stream:
        content = stream.read()
    head = content[: content.find(b"\n")].decode().rstrip("\r").split("\t")
    if not HEAD.match(head[0]):
        raise NotReadable(f"{answer.table}: the head {head[0]!r} is not the published one")
    try:
        table = pa.csv.read_csv(
            pa.BufferReader(content),
            parse_options=pa.csv.ParseOptions(delimiter="\t", quote_char=False),
            convert_options=pa.csv.ConvertOptions(column_types=dict.fromkeys(head, pa.string())),
        )
    except pa.ArrowInvalid as fault:
        raise NotReadable(f"{answer.table}: {fault}") from fault
    names = head[0].removesuffix("\\TIME_PERIOD").split(",")
    keys = pc.split_pattern(table.column(0), ",")
    for place, name in enumerate(names):
        column = pc.list_element(keys, place)
        table = table.append_column(name, column)
    for name, values in wanted.items():
        if name not in names:
            raise NotReadable(f"{answer.table}: no dimension {name}")
        table = table.filter(pc.is_in(table.column(name), pa.array(sorted(values))))
    years = {name: int(name.strip()) for name in head[1:]}
    return table.drop_columns([head[0]]), years
