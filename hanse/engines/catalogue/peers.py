"""How unlike two regions are, over tables of cells."""

from collections.abc import Callable

import pyarrow as pa

from hanse.engines import reasons
from hanse.engines.catalogue.cells import amounts
from hanse.engines.relatedness.inputs import Matrix


def distances(measure: Callable[[Matrix], Matrix]) -> Callable[..., pa.Table]:
    """A distance of every two regions."""
    name: str = measure.__name__

    def found(rows: pa.Table, *, pairs: str = "once", unknown: str = "refuse") -> pa.Table:
        cells = amounts(rows, unknown)
        distance = measure(cells.given.values)
        return cells.of_pairs(
            name, distance, of="region", pairs=pairs, otherwise=reasons.REGION_EMPTY
        )

    return found
