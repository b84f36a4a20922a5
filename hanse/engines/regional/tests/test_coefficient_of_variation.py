import math

import pytest

from hanse.engines.regional.coefficient_of_variation import coefficient_of_variation as cv

NAME = "coefficient_of_variation"


def test_population_and_sample():
    cells = {"region": ["a", "b"], "value": [1, 3]}
    assert cv(cells)[NAME].to_pylist() == [0.5]
    assert cv(cells, like="reat")[NAME].to_pylist() == pytest.approx([math.sqrt(2) / 2])


def test_a_sample_of_one_and_a_mean_of_zero():
    assert cv({"region": ["a"], "value": [1]}, sample=True)["reason"].to_pylist() == ["single_unit"]
    assert cv({"region": ["a"], "value": [1]})[NAME].to_pylist() == [0.0]
    assert cv({"region": list("ab"), "value": [0, 0]})["reason"].to_pylist() == ["sector_empty"]
