"""Every case of spdep and esda, with the cases' own tolerance."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from hanse.engines.spatial.geary import geary
from hanse.engines.spatial.getis_ord import getis_ord
from hanse.engines.spatial.local_g import local_g
from hanse.engines.spatial.local_moran import local_moran
from hanse.engines.spatial.moran import moran
from hanse.engines.spatial.weights import from_neighbours

FOLDER = Path(os.environ.get("HANSE_DATA", "/nowhere")).parent / "reference"
FILES = [FOLDER / "spdep-esda" / f"{peer}_cases.json" for peer in ("spdep", "pysal")]
CASES = [c for file in FILES if file.exists() for c in json.loads(file.read_text())["cases"]]
STYLES = {"r": "W", "W": "W", "B": "B"}

pytestmark = pytest.mark.skipif(not CASES, reason="the reference cases are not here")


def computed(case):
    how = case["params"]
    data = json.loads((FOLDER / "spdep-esda" / case["input"]["json"]).read_text())
    x = np.array(data["variables"][case["input"]["variable"]])
    style = STYLES[how.get("transformation") or how.get("transform") or how["style"]]
    weights = from_neighbours(data[case["input"]["neighbours"]], style=style)
    match case["function"]:
        case "esda.Moran" | "moran.test":
            found = moran(x, weights)
            norm, rand = found.normality, found.randomisation
            return {
                "I": found.i, "EI": found.expected, "E": found.expected,
                "VI_norm": norm.variance, "VI_rand": rand.variance, "z_norm": norm.z,
                "z_rand": rand.z, "p_norm": norm.p, "p_rand": rand.p, "var_norm": norm.variance,
                "var_rand": rand.variance, "p_norm_two_sided": norm.p, "p_rand_two_sided": rand.p,
            }  # fmt: skip
        case "esda.Geary" | "geary.test":
            found = geary(x, weights)
            norm, rand = found.normality.variance, found.randomisation.variance
            return {"C": found.c, "E": 1, "VC_norm": norm, "VC_rand": rand, "var": rand}
        case "globalG.test":
            found = getis_ord(x - x.min() + 1, weights)
            return {"G": found.g, "E": found.expected, "var": found.randomisation.variance}
        case "esda.Moran_Local":
            # Ten times as many permutations: what is left of the difference is the peer's own.
            often = 10 * how["permutations"]
            found = local_moran(x, weights, like="esda", permutations=often)
            return {"Is": found.i, "q": found.quadrant, "p_sim": found.p_permutation}
        case "localmoran":
            found = local_moran(x, weights, like="spdep")
            return {"Ii": found.i, "E": found.expected, "Var": found.variance, "Z": found.z}
        case _:
            found = local_g(x, weights, star=how["star"])
            return {"Gs": found.g, "Zs": found.z, "localG": found.z}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["function"] + " " + case["id"])
def test_case(case):
    found = computed(case)
    expected = case["expected"]
    expected = expected if isinstance(expected, dict) else {"localG": expected}
    bound = {"rtol": case["tolerance"].get("rel", 0)}
    if "monte_carlo" in case["tolerance"]:
        bound["atol"] = 0.015
    for name, wanted in expected.items():
        np.testing.assert_allclose(found[name], wanted, **bound, err_msg=name)
