"""Maps drawn on the server: one hexagon a region, or real boundaries. Both are plain SVG.

A map gets classes by code ("q1" to "q6", "d1" to "d6", "nk" for not known, "out" for outside the
survey) and knows nothing of what they mean. Every colour comes from the style sheet.
"""

from hanse.kit.maps.boundaries import atlas, locator
from hanse.kit.maps.classes import (
    DIVERGING,
    GROWTH,
    RATIOS,
    SEQUENTIAL,
    SHARES,
    SMALL_SHARES,
    Classes,
)  # fmt: skip
from hanse.kit.maps.files import PATTERNS, standalone
from hanse.kit.maps.hexagons import HexGrid, grid_of, hexmap
from hanse.kit.maps.placing import Label
from hanse.kit.maps.shapes import Shapes, shapes

__all__ = [
    "DIVERGING", "GROWTH", "PATTERNS", "RATIOS", "SEQUENTIAL", "SHARES", "SMALL_SHARES",
    "Classes", "HexGrid", "Label", "Shapes",
    "atlas", "grid_of", "hexmap", "locator", "shapes", "standalone",
]  # fmt: skip
