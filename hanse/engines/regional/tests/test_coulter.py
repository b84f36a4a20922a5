import math

import pytest

from hanse.engines.regional.coulter import coulter


def test_by_hand():
    people = {"region": ["a", "b", "c"], "value": [1, 1, 2]}
    cells = {"region": ["a", "b", "c"], "value": [2, 1, 1]}
    # gaps 0.25, 0, -0.25
    assert coulter(cells, reference=people)["coulter"].to_pylist() == pytest.approx(
        [math.sqrt(0.125 / 2)]
    )


def test_everything_beside_everybody_is_one():
    people = {"region": ["a", "b"], "value": [0, 9]}
    cells = {"region": ["a", "b"], "value": [4, 0]}
    assert coulter(cells, reference=people)["coulter"].to_pylist() == [1.0]
