"""Functions of PySAL's esda by our engines."""

from collections.abc import Callable
from typing import Any

import numpy as np

from hanse.engines.spatial.geary import geary
from hanse.engines.spatial.getis_ord import getis_ord
from hanse.engines.spatial.local_g import local_g
from hanse.engines.spatial.local_moran import local_moran
from hanse.engines.spatial.moran import moran
from hanse.engines.spatial.weights import Weights, from_neighbours
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.inputs import Floats

LIKE = "esda"
STYLES = {"r": "W", "R": "W", "b": "B", "B": "B", "W": "W", "C": "C", "U": "U"}
# So many times the permutations of the peer: what is left of a difference is the peer's own.
MORE = 10


def values_and_weights(case: Case, style: str) -> tuple[Floats, Weights]:
    """The variable of a case and its neighbours, standardised as the peer does."""
    given = case.input
    if "json" in given:
        data = case.document("json")
        x = data["variables"][given["variable"]]
        neighbours = data[given["neighbours"]]
    else:
        x, neighbours = given["x"], given["neighbours"]
    return np.array(x, float), from_neighbours(neighbours, style=STYLES[style])


def of_moran(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("transformation", "r"))
    often = int(case.params.get("permutations", 0))
    found = moran(x, weights, permutations=MORE * often)
    normal, randomised = found.normality, found.randomisation
    answer = {
        "I": found.i,
        "EI": found.expected,
        "VI_norm": normal.variance,
        "VI_rand": randomised.variance,
        "z_norm": normal.z,
        "z_rand": randomised.z,
        "p_norm": normal.p,
        "p_rand": randomised.p,
    }
    return answer | (
        {"p_sim": min(found.permutation.greater, found.permutation.less)}
        if found.permutation
        else {}
    )


def of_geary(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("transformation", "r"))
    found = geary(x, weights)
    return {
        "C": found.c,
        "EC": found.expected,
        "VC_norm": found.normality.variance,
        "VC_rand": found.randomisation.variance,
        "z_norm": found.normality.z,
        "z_rand": found.randomisation.z,
    }


def of_local_moran(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("transformation", "r"))
    often = int(case.params.get("permutations", 0))
    found = local_moran(
        x, weights, like=LIKE, permutations=MORE * often, seed=int(case.params.get("seed", 0))
    )
    answer = {"Is": found.i, "q": found.quadrant, "EIc": found.expected, "VIc": found.variance}
    return answer if found.p_permutation is None else answer | {"p_sim": found.p_permutation}


def of_local_g(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("transform", "R"))
    found = local_g(x, weights, star=bool(case.params.get("star", False)))
    return {"Gs": found.g, "Zs": found.z}


def of_global_g(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("transform", "B"))
    found = getis_ord(x, weights)
    return {"G": found.g, "EG": found.expected}


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "esda.Moran": of_moran,
    "esda.Geary": of_geary,
    "esda.Moran_Local": of_local_moran,
    "esda.G_Local": of_local_g,
    "esda.G": of_global_g,
}
