"""A data pack of a few regions, made up, in the form of the real one; and how to break it."""

import csv
import hashlib
import importlib
import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hanse.observatory.rules.manifest import Manifest
from hanse.observatory.transfers import pack as transfers

REGIONS = ("DE", "DE1", "DE11", "DE12", "DE4", "DE40", "FR", "FR1", "FR10", "FR2", "FR21")
LATER = ("UK", "UKI", "UKI3")
YEARS = (2010, 2014)
# sector: persons of one unit of a region; sections first. C is the sum of its divisions.
WEIGHTS = {"B": 20, "C": 60, "C10": 10, "C29": 30, "C30": 20, "S95": 3}


def size(region: str, sector: str, year: int) -> int:
    """Persons of a made-up cell: differs by region, sector and year, adds up over sectors."""
    place = sum(map(ord, region)) % 17 + 1
    return WEIGHTS[sector] * place * (10 if len(region) == 2 else 1) * (year - 2005)


def persons_rows() -> list[dict]:
    rows = [
        row(sector, region, year, size(region, sector, year))
        for sector in WEIGHTS
        for region in REGIONS
        for year in YEARS
        if not (region == "DE40" and year == 2010)
    ]
    for sector in WEIGHTS:
        rows += [
            row(sector, "DE41", 2010, 100),
            row(sector, "DE42", 2010, None if sector == "C29" else 50, "c" * (sector == "C29")),
            row(sector, "UKI1", 2010, 999),
            row(sector, "CZZZ", 2010, 7),
            row(sector, "UKI3", 2014, 400),
            row(sector, "UK", 2014, 4000),
        ]
    # An old code beside its new one, in one sector of one year.
    rows.append(row("C29", "EL11", 2010, 70))
    rows.append(row("C10", "EL11", 2010, 30))
    rows.append(row("C10", "EL51", 2010, 31))
    blank = next(r for r in rows if (r["geo"], r["nace_r2"], r["year"]) == ("DE12", "C29", 2014))
    blank |= {"value": None, "flag": "c"}
    return rows


def row(sector: str, region: str, year: int, value: float | None, flag: str = "") -> dict:
    return {
        "nace_r2": sector,
        "geo": region,
        "year": year,
        "value": None if value is None else float(value),
        "flag": flag,
        "nuts_level": len(region) - 2,
        "source": "made up",
    }


def business_rows() -> list[dict]:
    return [
        {
            "nace_r2": sector,
            "indic_sb": indicator,
            "geo": region,
            "year": year,
            "value": float(size(region, sector, year) * factor),
            "flag": "",
            "nuts_level": len(region) - 2,
        }
        for indicator, factor in (("V16110", 1), ("V11210", 1), ("V13320", 0.5))
        for sector in WEIGHTS
        for region in REGIONS
        for year in YEARS
    ]


TABLES: dict[str, list[dict]] = {
    "regions": [
        {
            "nuts_version": version,
            "nuts_id": code,
            "level": len(code) - 2,
            "country": code[:2],
            "name": f"Βορράς {code}",
            "name_latin": f"Name of {code}" if version == 2016 else "",
            "lon": 10.0,
            "lat": 50.0,
        }
        for version in (2013, 2016)
        for code in (*REGIONS, *LATER, "EL", "EL5", "EL51")
    ],
    "region_codes": [
        {"typology": "nuts_level_2", "geo": code, "nuts": "code_2010"}
        for code in ("DE41", "DE42", "UKI1", "EL11")
    ],
    "region_recodings": [
        {"old_code": "DE41", "nuts_2013_code": "DE40", "kind": "merged: sum DE41 and DE42"},
        {"old_code": "DE42", "nuts_2013_code": "DE40", "kind": "merged: sum DE41 and DE42"},
        {
            "old_code": "UKI1",
            "nuts_2013_code": "UKI3+UKI4",
            "kind": "split: cannot be carried over",
        },
        {"old_code": "EL11", "nuts_2013_code": "EL51", "kind": "recoded"},
    ],
    "business_national": [
        {"nace_r2": "C", "indic_sb": "V16110", "geo": "DE", "year": 2014, "value": 9.0, "flag": ""}
    ],
    "labour_force": [
        {
            "unit": "THS",
            "nace_r2": "TOTAL",
            "age": "Y_GE15",
            "geo": "DE",
            "year": 2014,
            "value": 40.5,
            "flag": "",
        }
    ],
    "gdp": [{"geo": "DE", "unit": "MIO_EUR", "year": 2014, "value": 5.5}],
    "region_changes": [
        {"typology": "nuts_level_2", **{f"code_{v}": "" for v in (2006, 2010, 2013, 2016, 2021)}}
    ],
    "cluster_classes": [
        {
            "nace_rev2": "29.10",
            "traded_local": "Traded",
            "cluster": "Automotive",
            "n_naics": 3,
            "share": 0.5,
        }
    ],
}


def all_sectors() -> list[dict]:
    from hanse.observatory.rules.sector_sets import sector_set

    codes = sector_set()
    return [
        {
            "code": code[1:] or code,
            "eurostat_code": code,
            "level": len(code) or 1,
            "parent": code[0],
            "section": code[0],
            "title": f"Title of {code}",
        }
        for code in (*codes.sections, *codes.divisions)
    ]


def make_pack(folder: Path) -> dict[str, Manifest]:
    """Write the pack; gives a manifest for each of its files."""
    tables = {
        **TABLES,
        "sectors": all_sectors(),
        "persons": persons_rows(),
        "business": business_rows(),
    }
    for name, rows in tables.items():
        write(folder / known(name).path, rows)
    shape = {"properties": {"NUTS_ID": "DE", "LEVL_CODE": 0}, "geometry": {"type": "Point"}}
    (folder / "nuts/nuts_2013_60M.geojson").write_text(json.dumps({"features": [shape]}))
    return {name: described(folder, name) for name in transfers.TABLES}


def known(name: str) -> Manifest:
    return MANIFEST(name)


# The product's own, before a test puts the small ones in its place.
MANIFEST = transfers.manifest


def described(folder: Path, name: str) -> Manifest:
    """The manifest of a table as it stands in the folder now."""
    manifest = known(name)
    path = folder / manifest.path
    return replace(
        manifest,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        size=path.stat().st_size,
        rows=1,
        anchors=(),
    )


def write(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def provide_duckdb() -> None:
    """Provide the embedded warehouse; by name, because a domain does not know its adapters."""
    ports = importlib.import_module("hanse.ports.warehouse")
    ports.provide_warehouse(importlib.import_module("hanse.adapters.duckdb").duckdb_warehouse)
