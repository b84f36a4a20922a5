import math

import pytest

from hanse.engines import faults
from hanse.engines.regional.atkinson import atkinson

CELLS = {"region": ["a", "b"], "value": [1, 9]}


def test_by_hand():
    # mean 5; e = 0.5: ((1 + 3) / 2)**2 = 4; e = 1: geometric mean 3; e = 2: harmonic mean 1.8
    for epsilon, even in ((0.5, 4), (1, 3), (2, 1.8), (0, 5)):
        found = atkinson(CELLS, epsilon=epsilon)["atkinson"].to_pylist()
        assert found == pytest.approx([1 - even / 5], abs=1e-15)


def test_a_zero():
    cells = {"region": ["a", "b"], "value": [0, 4]}
    assert atkinson(cells, epsilon=0.5)["atkinson"].to_pylist() == pytest.approx([0.5])
    assert atkinson(cells, epsilon=1)["atkinson"].to_pylist() == [1.0]
    assert atkinson(cells, epsilon=3)["atkinson"].to_pylist() == [1.0]


def test_nothing_at_all():
    for epsilon in (0.5, 1, 2):
        found = atkinson({"region": ["a", "b"], "value": [0, 0]}, epsilon=epsilon)
        assert found["atkinson"].to_pylist() == [None]
        assert found["reason"].to_pylist() == ["sector_empty"]


@pytest.mark.parametrize("epsilon", [-1, math.nan, math.inf])
def test_an_aversion_that_is_none(epsilon):
    with pytest.raises(faults.UnknownConvention):
        atkinson(CELLS, epsilon=epsilon)
