"""One small table for each indicator, with its arguments: for every kind of table and database.

Each table has a zero, a pair without a row and, where that is not the point, an unknown value.
"""

from typing import Any

import pyarrow as pa

CELLS = pa.table(
    {
        "region": ["a", "a", "a", "b", "b", "c", "c", "c", "d", "d"],
        "sector": ["x", "y", "z", "x", "y", "x", "y", "z", "x", "z"],
        "value": [10, 20, 0, 5, 40, 30, 30, 30, None, 7],
    }
)
PEOPLE = pa.table({"region": ["a", "b", "c", "d", "e"], "value": [100, 200, 150, 50, 20]})
NATION = pa.table({"sector": ["x", "y", "z"], "value": [200, 300, 150]})
INCOMES = pa.table(
    {
        "region": ["a", "b", "c", "d", "e"],
        "value": [20.5, 31.0, 18.25, 44.0, None],
        "weight": [100, 250, 80, 300, 10],
        "group": ["north", "north", "south", "south", "south"],
    }
)
GROUPS = CELLS.append_column(
    "group",
    pa.array(["one" if one in {"x", "y"} else "two" for one in CELLS["sector"].to_pylist()]),
)
PLANTS = pa.table(
    {
        "plant": list(range(10)),
        "region": ["a", "a", "b", "b", "c", "a", "c", "c", "b", "c"],
        "sector": ["x", "x", "x", "x", "x", "y", "y", "y", "z", "y"],
        "value": [100, 50, 20, 20, 5, 10, 90, 60, 30, None],
    }
)
DISTRICTS = pa.table(
    {
        "region": ["a", "b", "a", "b"],
        "sector": ["x", "x", "y", "y"],
        "value": [1743, 3997, 0, 250],
        "plants": [35, 18, 2, 10],
        "area": [50, 526, 50, 526],
        "population": [488, 4133, 488, 4133],
    }
)
YEARS = pa.table(
    {
        "region": ["a", "a", "b", "b", "c", "a", "a", "b", "b", "c", "c", "a", "a", "b", "b", "c"],
        "sector": ["x", "y", "x", "y", "x", "x", "y", "x", "y", "x", "z", "x", "y", "x", "y", "x"],
        "period": [2010] * 5 + [2012] * 6 + [2014] * 5,
        "value": [10, 20, 30, 0, 4, 12, 19, 33, 5, 4, 9, 15, 21, 30, 6, None],
    }
)
SERIES = pa.table(
    {
        "region": ["a", "b", "c", "d"] * 3,
        "period": [2010] * 4 + [2012] * 4 + [2014] * 4,
        "value": [10.0, 20.0, 40.0, 15.0, 14.0, 24.0, 41.0, 20.0, 19.0, 26.0, 43.0, None],
    }
)

EXAMPLES: dict[str, tuple[pa.Table, dict[str, Any]]] = {
    "atkinson": (CELLS, {"epsilon": 0.5}),
    "beta_convergence": (SERIES, {"last": 2012}),
    "coagglomeration": (GROUPS, {}),
    "coagglomeration_pairs": (CELLS, {"shares": "mean"}),
    "coefficient_of_variation": (CELLS, {"sample": True}),
    "colocation": (PLANTS.drop(["value"]), {}),
    "coulter": (CELLS, {"reference": PEOPLE}),
    "ellison_glaeser": (PLANTS, {}),
    "entropy": (CELLS, {"base": 2.0}),
    "entry_exit": (YEARS, {"periods": "each"}),
    "gini": (CELLS, {"normalised": True}),
    "growth_rate": (YEARS, {"of": "sector"}),
    "hachman": (CELLS, {"reference": NATION}),
    "herfindahl": (CELLS, {"of": "sector", "normalised": True}),
    "hoover": (CELLS, {"reference": PEOPLE}),
    "krugman": (CELLS, {"against": "each"}),
    "krugman_pairs": (CELLS, {}),
    "litzenberger_sternberg": (DISTRICTS, {}),
    "location_quotient": (CELLS, {"threshold": 1.5}),
    "locational_gini": (CELLS, {}),
    "maurel_sedillot": (PLANTS, {"reference": PEOPLE}),
    "shift_share_analysis": (YEARS, {"form": "esteban", "periods": "sum"}),
    "sigma_convergence": (SERIES, {"measure": "sd_log"}),
    "theil": (INCOMES, {"form": "L"}),
    "williamson": (INCOMES.drop(["group"]), {}),
}
"""Name of an indicator → its table and its arguments."""
