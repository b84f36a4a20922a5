"""One small table for each method of the catalogue, with its options."""

from typing import Any

import numpy as np
import pyarrow as pa

from hanse.engines.catalogue import METHODS, Method
from hanse.engines.regional.tests.examples import CELLS, EXAMPLES

INCOMES = {"a": 10.0, "b": 20.0, "c": None, "d": 5.0}
INCOME = [INCOMES[region] for region in CELLS["region"].to_pylist()]
CELLS_WITH_INCOME = CELLS.append_column("income", pa.array(INCOME))
REGIONS = pa.table({"region": list("abcdefg"), "value": [1, 2, 4, 3, None, 5, 6.0]})
PAIRS = {"region": list("abcd"), "neighbour": list("bcdg")}
SERIES = pa.table(
    {
        "region": [region for region in "abcdefg" for _ in range(3)],
        "period": [2010, 2011, 2012] * 7,
        "value": [1, 2, 9, 1, 2, 3, 2, 2, 3, 5, 5, 6, 0, 1, 2, 3, 4, 4, 2, 3, 3],
        "treated": [True] * 3 + [False] * 18,
    }
)
SCATTERED = np.random.default_rng(1)
POINTS = pa.table(
    {
        "x": SCATTERED.random(60) * 10,
        "y": SCATTERED.random(60) * 10,
        "type": list("ab") * 30,
        "weight": [1, 2] * 30,
    }
)
PLACES = POINTS.select(["x", "y"]).append_column("value", pa.array([1, 2, 3] * 20))
PLACES = PLACES.append_column("total", pa.array([9, 8] * 30))


def example(method: Method) -> tuple[pa.Table, dict[str, Any]]:
    """A table and options for a method."""
    if method.name in EXAMPLES:
        return EXAMPLES[method.name]
    r = {"r": [1, 2, 5]}
    match method.family:
        case "spatial":
            return REGIONS, {"neighbours": PAIRS, "mirrored": True, "permutations": 99}
        case "evaluation":
            return SERIES, {"start": 2012}
        case "localisation" if method.name == "kd_of_places":
            return PLACES, {**r, "h": 1.0, "simulations": 19}
        case "localisation":
            who = "cases" if "cases" in method.options else "reference"
            many = {"simulations": 19} if "simulations" in method.options else {}
            return POINTS, {**r, who: "a", **many}
        case _:
            return CELLS_WITH_INCOME, {"unknown": "zero"}


NAMES = sorted(METHODS)
