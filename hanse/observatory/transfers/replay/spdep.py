"""Functions of spdep by our engines."""

from collections.abc import Callable
from typing import Any

from hanse.engines.spatial.geary import geary
from hanse.engines.spatial.getis_ord import getis_ord
from hanse.engines.spatial.local_g import local_g
from hanse.engines.spatial.local_moran import local_moran
from hanse.engines.spatial.moran import moran
from hanse.observatory.transfers.replay.cases import Case
from hanse.observatory.transfers.replay.esda import values_and_weights

LIKE = "spdep"


def moran_test(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("style", "W"))
    found = moran(x, weights, like=LIKE)
    return {
        "I": found.i,
        "E": found.expected,
        "var_rand": found.randomisation.variance,
        "p_rand_two_sided": found.randomisation.p,
        "var_norm": found.normality.variance,
        "p_norm_two_sided": found.normality.p,
    }


def geary_test(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("style", "W"))
    found = geary(x, weights, like=LIKE)
    variance = found.randomisation.variance
    return {
        "C": found.c,
        "E": found.expected,
        "var": variance,
        "var_rand": variance,
        "var_norm": found.normality.variance,
    }


def global_g_test(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("style", "B"))
    if "min" in str(case.params.get("x", "")):
        x = x - x.min() + 1
    found = getis_ord(x, weights, like=LIKE)
    return {"G": found.g, "E": found.expected, "var": found.randomisation.variance}


def localmoran(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("style", "W"))
    found = local_moran(x, weights, like=LIKE)
    return {"Ii": found.i, "E": found.expected, "Var": found.variance, "Z": found.z}


def local_g_test(case: Case) -> Any:
    x, weights = values_and_weights(case, case.params.get("style", "B"))
    star = bool(case.params.get("star", "*" in case.function))
    return local_g(x, weights, star=star).z


FUNCTIONS: dict[str, Callable[[Case], Any]] = {
    "moran.test": moran_test,
    "geary.test": geary_test,
    "globalG.test": global_g_test,
    "localmoran": localmoran,
    "localG": local_g_test,
}
