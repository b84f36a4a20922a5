import pytest

from hanse.engines import faults
from hanse.engines.regional.hoover import hoover

PEOPLE = {"region": ["a", "b", "c"], "value": [50, 25, 25]}


def test_the_part_that_would_have_to_move():
    cells = {"region": ["a", "b"], "value": [25, 75]}
    assert hoover(cells, reference=PEOPLE)["hoover"].to_pylist() == [0.5]
    assert hoover(cells, reference=PEOPLE, like="econgeo")["hoover"].to_pylist() == [50.0]


def test_against_the_whole_table():
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [10, 0, 0, 30]}
    # all: a 1/4, b 3/4; x: a 1; y: b 1
    assert hoover(cells)["hoover"].to_pylist() == pytest.approx([0.75, 0.25])


def test_a_reference_without_the_column_or_the_value():
    cells = {"region": ["a", "b"], "value": [25, 75]}
    with pytest.raises(faults.MissingColumn):
        hoover(cells, reference={"place": ["a"], "value": [1]})
    with pytest.raises(faults.MissingColumn):
        hoover(cells, reference={"region": ["a"], "persons": [1]})
    with pytest.raises(faults.DuplicateRows):
        hoover(cells, reference={"region": ["a", "a"], "value": [1, 2]})


def test_one_distribution_is_not_compared_with_itself():
    with pytest.raises(faults.MissingColumn, match="give its reference"):
        hoover({"region": ["a", "b"], "value": [25, 75]})


def test_an_empty_reference():
    found = hoover({"region": ["a"], "value": [2]}, reference={"region": ["a"], "value": [0]})
    assert found["reason"].to_pylist() == ["reference_empty"]


def test_a_reference_of_the_same_year():
    cells = {"region": ["a", "b"] * 2, "year": [1, 1, 2, 2], "value": [1, 1, 1, 1]}
    people = {"region": ["a", "b"] * 2, "year": [1, 1, 2, 2], "value": [1, 1, 3, 1]}
    assert hoover(cells, reference=people, by="year")["hoover"].to_pylist() == [0.0, 0.25]
    alike = {"region": ["a", "b"], "value": [3, 1]}
    assert hoover(cells, reference=alike, by="year")["hoover"].to_pylist() == [0.25, 0.25]
