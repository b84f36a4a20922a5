"""The map of a sector as a file of its own: SVG with concrete colours, or PNG."""

from __future__ import annotations

from functools import lru_cache

from hanse.kit.maps import standalone
from hanse.kit.paper import as_png as drawn
from hanse.observatory.documents.maps import map_of_sector
from hanse.observatory.queries.sector import SectorMap


def of_sector(found: SectorMap, kind: str) -> str:
    return standalone(str(map_of_sector(found, kind, linked=False)))


@lru_cache(maxsize=32)
def as_png(svg: str) -> bytes:
    return drawn(svg)
