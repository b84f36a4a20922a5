"""A release: every indicator, computed once from measures and never changed afterwards."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hanse.kit.refusals import Refused
from hanse.observatory.actions.indicators import TABLES, computed_tables
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.store import (
    digest_of,
    digest_of_folder,
    new_folder,
    write_json,
    write_rows,
    write_text_at_once,
)
from hanse.observatory.rules.admission import refusal
from hanse.observatory.rules.schemes import SCHEMES, scheme_in_writing
from hanse.observatory.words import Step
from hanse.ports.warehouse import open_warehouse

if TYPE_CHECKING:
    import pyarrow as pa

# Raised whenever a formula changes: releases of two methods stand side by side.
METHOD = "1.1"
CURRENT = "current"
# These tables of the measures are handed on as they are.
HANDED_ON = ("carried", "not_carried", "traded_clusters")


def publish_release(
    measures: Path, releases: Path, *, threads: int | None = None, progress: Progress = silent
) -> str:
    """Compute a release, put it in its place, and let it serve. Gives its id.

    The folder is written beside its place and renamed into it, `current` is replaced last: whatever
    happens before that, the former release serves on.
    """
    release, tables = computed_release(measures, threads=threads, progress=progress)
    folder = releases / release["id"]
    if _stands(folder, release):
        progress(Step.WRITE, len(tables), len(tables))
    else:
        _write(folder, release, tables, progress)
    write_text_at_once(releases / CURRENT, release["id"] + "\n")
    return str(release["id"])


def computed_release(
    measures: Path, *, threads: int | None = None, progress: Progress = silent
) -> tuple[dict[str, Any], dict[str, "pa.Table"]]:
    """Description and tables of the release of these measures; nothing is written."""
    described = described_measures(measures)
    read = {name: _measure(measures, described, name) for name in described["files"]}
    with open_warehouse(threads) as warehouse:
        tables = computed_tables(warehouse, read, progress)
    tables |= {name: read[name] for name in HANDED_ON}
    return _description(described, tables), tables


def described_measures(measures: Path) -> dict[str, Any]:
    path = measures / "measures.json"
    if not path.is_file():
        raise Refused(refusal("no_measures", file=str(measures)))
    return dict(json.loads(path.read_text(encoding="utf-8")))


def newest_measures(folder: Path) -> Path:
    """The measures that cover the latest year, among the sets in a folder."""
    found = sorted(
        (described_measures(path.parent)["years"][-1], path.parent.name, path.parent)
        for path in folder.glob("*/measures.json")
    )
    if not found:
        raise Refused(refusal("no_measures", file=str(folder)))
    return found[-1][2]


def serving_release(releases: Path) -> Path | None:
    """The folder of the release that pages read, if there is one."""
    pointer = releases / CURRENT
    if not pointer.is_file():
        return None
    folder = releases / pointer.read_text(encoding="utf-8").strip()
    return folder if (folder / "release.json").is_file() else None


def _measure(measures: Path, described: Mapping[str, Any], name: str) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = measures / f"{name}.parquet"
    try:
        rows = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as fault:
        raise Refused(refusal("damaged_measures", file=str(path))) from fault
    if digest_of(rows) != described["files"][name]["sha256"]:
        raise Refused(refusal("damaged_measures", file=str(path)))
    return rows


def _description(described: Mapping[str, Any], tables: Mapping[str, "pa.Table"]) -> dict[str, Any]:
    files = {
        name: {
            "rows": tables[name].num_rows,
            "columns": tables[name].column_names,
            "sha256": digest_of(tables[name]),
        }
        for name in sorted(tables)
        if name != "cells_by_region"
    }
    named = f"{METHOD}:{described['digest']}"
    return {
        "id": f"{described['years'][0]}-{described['years'][-1]}-{_short(named)}",
        "method": METHOD,
        "measures": described["digest"],
        "measures_version": described["version"],
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "years": described["years"],
        "nuts_version": described["nuts_version"],
        "sector_set": described["sector_set"],
        "source_line": described["source_line"],
        "licence": described["licence"],
        "schemes": [scheme_in_writing(scheme) for scheme in SCHEMES.values()],
        "sources": described["sources"],
        "files": files,
        "digest": digest_of_folder(files),
    }


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _stands(folder: Path, release: Mapping[str, Any]) -> bool:
    """Whether the same release is there already, whole."""
    path = folder / "release.json"
    if not path.is_file():
        return False
    written = json.loads(path.read_text(encoding="utf-8"))
    whole = all((folder / f"{name}.parquet").is_file() for name in TABLES)
    return whole and written["digest"] == release["digest"]


def _write(
    folder: Path, release: Mapping[str, Any], tables: Mapping[str, "pa.Table"], progress: Progress
) -> None:
    with new_folder(folder) as draft:
        for place, (name, rows) in enumerate(tables.items()):
            progress(Step.WRITE, place, len(tables))
            write_rows(draft / f"{name}.parquet", rows, group=TABLES.get(name))
        write_json(draft / "release.json", release)
    progress(Step.WRITE, len(tables), len(tables))
