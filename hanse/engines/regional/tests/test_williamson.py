import math

import pytest

from hanse.engines import faults
from hanse.engines.regional.williamson import williamson

INCOMES = {"region": ["a", "b"], "value": [1, 5], "weight": [3, 1]}


def test_by_hand():
    # mean 2: sqrt(0.75 * 1 + 0.25 * 9) / 2
    assert williamson(INCOMES)["williamson"].to_pylist() == pytest.approx([math.sqrt(3) / 2])
    # REAT measures from 3: sqrt(0.75 * 4 + 0.25 * 4) / 2
    assert williamson(INCOMES, like="reat")["williamson"].to_pylist() == pytest.approx([1.0])


def test_it_needs_people_and_a_centre():
    with pytest.raises(faults.MissingColumn, match="weight"):
        williamson({"region": ["a"], "value": [1]})
    with pytest.raises(faults.UnknownConvention):
        williamson(INCOMES, centre="median")
    with pytest.raises(faults.NegativeValue):
        williamson({**INCOMES, "weight": [3, -1]})


def test_nobody_earns_anything():
    assert williamson({**INCOMES, "value": [0, 0]})["reason"].to_pylist() == ["sector_empty"]
