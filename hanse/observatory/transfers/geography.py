"""Regions as places: facts that ship with the product, compiled from outlines that do not."""

import json
from pathlib import Path
from typing import Any

from hanse.observatory.actions.measures import Geography

PLACES = Path(__file__).resolve().parent / "places"


def geography(version: str = "nuts2013") -> Geography:
    """What ships with the product on regions as places."""
    import pyarrow.parquet as pq

    plain = json.loads((PLACES / f"{version}-hexagons.json").read_text(encoding="utf-8"))
    pairs = pq.read_table(PLACES / f"{version}-neighbours.parquet").to_pydict()
    types = pq.read_table(PLACES / f"{version}-urban-types.parquet").to_pydict()
    return Geography(
        hexagons={region: (x, y) for region, (x, y) in plain.items()},
        neighbours=frozenset(zip(pairs["region"], pairs["neighbour"], strict=True)),
        types=dict(zip(types["nuts3"], types["type"], strict=True)),
    )


def touching(features: list[dict[str, Any]], *, level: int) -> set[tuple[str, str]]:
    """Pairs of regions of a level whose outlines share a point, each pair once, in order."""
    at: dict[tuple[float, float], set[str]] = {}
    for feature in features:
        if feature["properties"]["LEVL_CODE"] != level:
            continue
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        for point in (point for part in parts for ring in part for point in ring):
            at.setdefault((point[0], point[1]), set()).add(feature["properties"]["NUTS_ID"])
    return {
        (one, other) for found in at.values() for one in found for other in found if one < other
    }
