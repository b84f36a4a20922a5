"""Exact small cases that follow from the definitions."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from hanse.engines import regional
from hanse.engines.relatedness.location_quotient import location_quotients
from hanse.engines.relatedness.presence import presence
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.spatial.moran import moran
from hanse.engines.spatial.weights import Weights, from_neighbours
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import listed, long, matrix


def of_plants(name: str, columns: Mapping[str, str]) -> Callable[[Case], Any]:
    def play(case: Case) -> Any:
        plants = case.input["plants"]
        rows = {"region": [region for region, _ in plants], "value": [size for _, size in plants]}
        found = getattr(regional, name)(rows, reference=listed(case.input["region_share"]))
        return {peer: found[ours][0].as_py() for peer, ours in columns.items()}

    return play


def quotients(case: Case) -> Any:
    values = matrix(case).values
    return {"lq": location_quotients(values), "mcp": presence(values)}


def theils(case: Case) -> Any:
    rows = listed(case.input["x"])
    return {
        f"theil_{form}": regional.theil(rows, form=form)["theil"][0].as_py() for form in ("T", "L")
    }


def scales(case: Case) -> Any:
    rows = long(matrix(case).values)
    unit = regional.locational_gini(rows)["locational_gini"][0].as_py()
    half = regional.locational_gini(rows, like="econgeo")["locational_gini"][0].as_py()
    return {"unit_scale": unit, "econgeo_scale": half}


def near(case: Case) -> Any:
    return {"phi": proximity(matrix(case, "mcp").values)}


def grid_moran(case: Case) -> Any:
    found = moran(case.input["x"], grid(str(case.input["grid"])))
    return {"I": found.i, "EI": found.expected}


def grid(text: str) -> Weights:
    """Weights of a grid as `4x4 rook` or `5x6 queen`, binary."""
    size, _, kind = text.partition(" ")
    rows, columns = (int(one) for one in size.lower().split("x"))
    steps = [(-1, 0), (1, 0), (0, -1), (0, 1)]
    if kind.strip() == "queen":
        steps += [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    places = np.arange(rows * columns).reshape(rows, columns)
    return from_neighbours(
        [
            [
                int(places[row + down, column + right])
                for down, right in steps
                if 0 <= row + down < rows and 0 <= column + right < columns
            ]
            for row in range(rows)
            for column in range(columns)
        ]
    )


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "ellison_glaeser": of_plants(
        "ellison_glaeser", {"G": "concentration", "H": "herfindahl", "gamma": "ellison_glaeser"}
    ),
    "maurel_sedillot": of_plants(
        "maurel_sedillot",
        {"G_ms": "concentration", "H": "herfindahl", "gamma": "maurel_sedillot"},
    ),
    "location_quotient_binary": quotients,
    "location_quotient": quotients,
    "theil": theils,
    "locational_gini": scales,
    "proximity": near,
    "moran": grid_moran,
}
