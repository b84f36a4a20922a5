"""Recompute: the serving release computed again, and compared cell by cell."""

from pathlib import Path
from typing import TYPE_CHECKING

from hanse.kit.refusals import Refused
from hanse.observatory.actions import structure
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.release import METHOD, computed_release, serving_release
from hanse.observatory.actions.store import plain
from hanse.observatory.rules.admission import refusal
from hanse.observatory.words import Step

if TYPE_CHECKING:
    import pyarrow as pa


def recompute(
    releases: Path, measures: Path, *, threads: int | None = None, progress: Progress = silent
) -> dict[str, object]:
    """Compute everything again from measures and count the cells that differ from the release.

    A cell is one value of one row of one table. A row or a column that only one side has counts as
    differing in every value. Equal means the same bits; in the tables that rest on linear algebra
    (`structure.TABLES`) agreement to one part in a thousand million.
    """
    folder = serving_release(releases)
    if folder is None:
        raise Refused(refusal("no_release"))
    _, tables = computed_release(measures, threads=threads, progress=progress)
    cells = differing = 0
    for place, (name, rows) in enumerate(tables.items()):
        progress(Step.COMPARE, place, len(tables))
        tolerance = structure.TOLERANCE if name in structure.TABLES else 0.0
        compared, unequal = difference(_written(folder / f"{name}.parquet"), rows, tolerance)
        cells, differing = cells + compared, differing + unequal
    progress(Step.COMPARE, len(tables), len(tables))
    return {
        "release": folder.name,
        "method": METHOD,
        "from": "measures",
        "cells": cells,
        "differing": differing,
    }


def _written(path: Path) -> "pa.Table":
    """The table of the release; empty where the file is gone or cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path)
    except (pa.ArrowInvalid, OSError):
        return pa.table({})


def difference(
    written: "pa.Table", computed: "pa.Table", tolerance: float = 0.0
) -> tuple[int, int]:
    """Values compared, and values that differ, between two tables in the same order.

    >>> import pyarrow as pa
    >>> difference(pa.table({"x": [1, 2]}), pa.table({"x": [1, 3]}))
    (2, 1)
    >>> difference(pa.table({"x": [1, None]}), pa.table({"x": [1, None], "y": [0, 0]}))
    (4, 2)
    """
    columns = {*written.column_names, *computed.column_names}
    rows = max(written.num_rows, computed.num_rows)
    differing = sum(_differing(written, computed, column, rows, tolerance) for column in columns)
    return rows * len(columns), differing


def _differing(
    written: "pa.Table", computed: "pa.Table", column: str, rows: int, tolerance: float
) -> int:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if column not in written.column_names or column not in computed.column_names:
        return rows
    shared = min(written.num_rows, computed.num_rows)
    one, other = (plain(side.column(column)).slice(0, shared) for side in (written, computed))
    if one.type != other.type:
        return rows
    unknown = [side.is_null().to_numpy(zero_copy_only=False) for side in (one, other)]
    unequal = pc.fill_null(pc.not_equal(one, other), False).to_numpy(zero_copy_only=False)
    if tolerance and pa.types.is_floating(one.type):
        here, there = (side.to_numpy(zero_copy_only=False) for side in (one, other))
        unequal &= ~np.isclose(here, there, rtol=tolerance, atol=tolerance)
    apart = unequal | np.not_equal(*unknown)
    return int(apart.sum()) + rows - shared
