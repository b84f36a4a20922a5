"""Data pack: the folder of source tables, read with the manifest of each."""

import json
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hanse.kit.refusals import Refused
from hanse.observatory.actions.measures import Deliveries, Delivery, compile_measures
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.recompute import recompute
from hanse.observatory.rules.admission import (
    Codes,
    refusal,
    why_not_admissible,
    why_not_the_known_file,
)
from hanse.observatory.rules.manifest import Manifest, manifest_from
from hanse.observatory.transfers.geography import geography, touching
from hanse.observatory.words import Step

if TYPE_CHECKING:
    import pyarrow as pa

HERE = Path(__file__).resolve().parent
MANIFESTS = HERE / "manifests"
PLACES = HERE / "places"
TYPED_OUTLINES = "nuts/nuts_2016_20M.geojson"

# Tables that list the codes of the others come first.
REGISTERS = ("regions", "region_codes", "region_recodings", "sectors")
FIGURES = ("persons", "business")
CONTEXT = (
    "business_national",
    "labour_force",
    "gdp",
    "region_changes",
    "boundaries_2013",
    "cluster_classes",
)
TABLES = (*REGISTERS, *FIGURES, *CONTEXT)


@cache
def manifest(table: str) -> Manifest:
    return manifest_from(json.loads((MANIFESTS / f"{table}.json").read_text(encoding="utf-8")))


def read_pack(
    pack: Path, tables: tuple[str, ...] = TABLES, progress: Progress = silent
) -> Deliveries:
    """Every table of the pack, admitted. Raises `Refused` at the first that may not come in."""
    if not pack.is_dir():
        raise Refused(refusal("no_pack", file=str(pack)))
    deliveries: dict[str, Delivery] = {}
    for place, table in enumerate(tables):
        progress(Step.READ, place, len(tables))
        deliveries[table] = read_table(pack, manifest(table), code_lists(deliveries))
    progress(Step.READ, len(tables), len(tables))
    return deliveries


def read_table(pack: Path, known: Manifest, codes: Codes) -> Delivery:
    path = pack / known.path
    if reason := why_not_the_known_file(path, known):
        raise Refused(reason)
    rows = opened(path, known)
    if reason := why_not_admissible(rows, known, codes):
        raise Refused(reason)
    return Delivery(known, rows)


def code_lists(deliveries: Deliveries) -> dict[str, frozenset[str]]:
    """The codes that the registers read so far list."""
    listed = {
        "regions": [
            ("regions", "nuts_id"),
            ("region_codes", "geo"),
            ("region_recodings", "old_code"),
        ],
        "sectors": [("sectors", "eurostat_code")],
    }
    return {
        name: frozenset(
            code
            for table, column in columns
            if table in deliveries
            for code in deliveries[table].rows.column(column).to_pylist()
        )
        for name, columns in listed.items()
    }


def opened(path: Path, known: Manifest) -> "pa.Table":
    """The rows of a file; refused where it cannot be read to its end."""
    import pyarrow as pa

    try:
        return _READERS[path.suffix](path, known)
    except (pa.ArrowInvalid, OSError, ValueError, KeyError) as fault:
        detail = str(fault).splitlines()[0][:120]
        raise Refused(refusal("truncated", file=known.path, detail=detail)) from fault


def _parquet(path: Path, _: Manifest) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = pq.read_table(path)
    for place, column in enumerate(rows.schema):
        if pa.types.is_dictionary(column.type):
            decoded = rows.column(place).cast(column.type.value_type)
            rows = rows.set_column(place, column.name, decoded)
    return rows


def _csv(path: Path, known: Manifest) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.csv

    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    return pa.csv.read_csv(
        path,
        parse_options=pa.csv.ParseOptions(newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types={column.name: types[column.kind] for column in known.columns},
            strings_can_be_null=False,
        ),
    )


def _geojson(path: Path, known: Manifest) -> "pa.Table":
    """Codes and levels of the shapes; their lines are drawn from the file itself."""
    import pyarrow as pa

    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    if any(feature["geometry"] is None for feature in features):
        raise ValueError("a region without an outline")
    properties = [feature["properties"] for feature in features]
    return pa.table(
        {
            "nuts_id": pa.array([row["NUTS_ID"] for row in properties], pa.string()),
            "level": pa.array([int(row["LEVL_CODE"]) for row in properties], pa.int64()),
        }
    )


_READERS: dict[str, Callable[[Path, Manifest], Any]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".geojson": _geojson,
}


def compile_registers(pack: Path) -> None:
    """Names and codes that ship with the product, so that live figures need no pack.

    NUTS codes and names (countries to NUTS 2) of every version, and titles of NACE sections and
    divisions: public registers, compiled; no figures.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    for name, delivery in read_pack(pack, REGISTERS).items():
        rows = delivery.rows.select([column.name for column in delivery.manifest.columns])
        if name in {"regions", "sectors"}:
            rows = rows.filter(pc.less_equal(rows.column("level"), 2))
        if name == "region_codes":
            rows = rows.filter(pc.less_equal(pc.utf8_length(rows.column("geo")), 4))
        pq.write_table(rows.combine_chunks(), _register(name), compression="zstd")


def registers() -> dict[str, Delivery]:
    """The registers that ship with the product."""
    import pyarrow.parquet as pq

    return {name: Delivery(manifest(name), pq.read_table(_register(name))) for name in REGISTERS}


def _register(name: str) -> Path:
    return PLACES / f"{name.replace('_', '-')}.parquet"


def compile_geography(pack: Path) -> None:
    """Which NUTS 2 regions of 2013 touch, and the type of each NUTS 3 region: facts that ship.

    Outlines themselves stay in the pack. Regions touch where their outlines share a point. Types
    are printed with the NUTS 2016 outlines; a region whose code changed takes its successor's.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    read_pack(pack, ("regions", "boundaries_2013", "region_changes"))
    outlines = json.loads((pack / manifest("boundaries_2013").path).read_text(encoding="utf-8"))
    pairs = sorted(touching(outlines["features"], level=2))
    rows = pa.table({"region": [a for a, _ in pairs], "neighbour": [b for _, b in pairs]})
    pq.write_table(rows, PLACES / "nuts2013-neighbours.parquet", compression="zstd")
    later = json.loads((pack / TYPED_OUTLINES).read_text(encoding="utf-8"))["features"]
    types = {one["properties"]["NUTS_ID"]: one["properties"]["URBN_TYPE"] for one in later}
    changes = read_table(pack, manifest("region_changes"), {}).rows.to_pylist()
    for row in changes:
        if row["code_2013"] and row["code_2016"] in types:
            types.setdefault(row["code_2013"], types[row["code_2016"]])
    nuts3 = 5  # letters of a code
    typed = sorted((code, kind) for code, kind in types.items() if len(code) == nuts3 and kind)
    rows = pa.table({"nuts3": [code for code, _ in typed], "type": [kind for _, kind in typed]})
    pq.write_table(rows, PLACES / "nuts2013-urban-types.parquet", compression="zstd")


def compile_pack(
    pack: Path, target: Path, *, threads: int | None = None, progress: Progress = silent
) -> Path:
    """Measures of a pack, in the folder `target`. A refusal leaves what stood there untouched."""
    deliveries = read_pack(pack, progress=progress)
    return compile_measures(deliveries, geography(), target, threads=threads, progress=progress)


def recompute_from_pack(
    releases: Path, pack: Path, *, threads: int | None = None, progress: Progress = silent
) -> dict[str, object]:
    """Compile the pack again, compute all from it, and compare with the serving release."""
    with tempfile.TemporaryDirectory() as folder:
        measures = compile_pack(pack, Path(folder) / "measures", threads=threads, progress=progress)
        found = recompute(releases, measures, threads=threads, progress=progress)
    return {**found, "from": "pack"}
