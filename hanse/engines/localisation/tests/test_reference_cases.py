"""Every case of dbmss and spatstat that has an expected value, with the cases' own tolerance."""

import csv
import json
import os
from pathlib import Path

import numpy as np
import pytest

from hanse.engines.localisation.k_function import k_function
from hanse.engines.localisation.kd import kd
from hanse.engines.localisation.kd_envelope import kd_envelope
from hanse.engines.localisation.m_density import m_density
from hanse.engines.localisation.m_envelope import m_envelope
from hanse.engines.localisation.m_function import m_function
from hanse.engines.localisation.window import rectangle

FOLDER = Path(os.environ.get("HANSE_DATA", "/nowhere")).parent / "reference" / "dbmss"
FILE = FOLDER / "cases.json"
CASES = json.loads(FILE.read_text())["cases"] if FILE.exists() else []
SQUARE = rectangle((0, 100), (0, 100))

pytestmark = pytest.mark.skipif(not CASES, reason="the reference cases are not here")


def points(case):
    with (FOLDER / case["input"]["csv"]).open() as file:
        rows = list(csv.reader(file))[1:]
    x, y, types, weights = zip(*rows, strict=True)
    return np.array(x, float), np.array(y, float), np.array(types), np.array(weights, float)


def computed(case):
    x, y, types, weights = points(case)
    how = case["params"]
    r = how.get("r") or case["expected"]["r"]
    reference, neighbour = how.get("ReferenceType") or None, how.get("NeighborType")
    rule = "silverman" if how.get("Original", True) else "sheather_jones"
    heavy = weights if how.get("Weighted") else None
    match case["function"]:
        case "Mhat":
            control = how.get("CaseControl", False)
            return m_function(
                x, y, types, r, reference, neighbour, weights=weights, case_control=control
            )
        case "mhat":
            return m_density(x, y, types, r, reference, neighbour, weights=weights, like="dbmss")
        case "Kdhat":
            return kd(x, y, types, r, reference, neighbour, weights=heavy, rule=rule, like="dbmss")
        case _:
            edge = how["correction"]
            return k_function(x, y, types, r, SQUARE, how["type"], correction=edge)


@pytest.mark.parametrize(
    "case", [c for c in CASES if "Envelope" not in c["function"]], ids=lambda case: case["id"]
)
def test_curve(case):
    (expected,) = (values for name, values in case["expected"].items() if name != "r")
    if not expected:
        pytest.skip("no expected value is given")
    wanted = np.array([np.nan if value is None else value for value in expected], float)
    np.testing.assert_allclose(computed(case), wanted, rtol=case["tolerance"]["rel"])


@pytest.mark.parametrize(
    "case", [c for c in CASES if "Envelope" in c["function"]], ids=lambda case: case["id"]
)
def test_envelope(case):
    x, y, types, weights = points(case)
    r = np.array(case["expected"]["r"])
    reference = case["params"]["ReferenceType"]
    if case["function"] == "KdEnvelope":
        found = kd_envelope(x, y, types, r, reference, simulations=1000, like="dbmss")
    else:
        found = m_envelope(x, y, types, r, reference, weights=weights, simulations=1000)
    compared = r >= (15 if case["function"] == "MEnvelope" else 0)
    for ours, theirs in ((found.low, "lo"), (found.high, "hi")):
        wanted = np.array(case["expected"][theirs], float)[compared]
        np.testing.assert_allclose(ours[compared], wanted, rtol=0.05)
