import pytest

from hanse.engines import faults
from hanse.engines.regional.krugman import krugman

# shares: a 1/2 1/2, b 1 0, c 0 1
CELLS = {
    "region": ["a", "a", "b", "c"],
    "sector": ["x", "y", "x", "y"],
    "value": [10, 10, 20, 60],
}


def test_against_the_whole():
    # the whole: 0.3 and 0.7
    assert krugman(CELLS)["krugman"].to_pylist() == pytest.approx([0.4, 1.4, 0.6])
    assert krugman(CELLS, scale=0.5)["krugman"].to_pylist() == pytest.approx([0.2, 0.7, 0.3])


def test_against_the_rest():
    # rest of a: 20, 60; of b: 10, 70; of c: 30, 10
    assert krugman(CELLS, against="rest")["krugman"].to_pylist() == pytest.approx([0.5, 1.75, 1.5])


def test_against_the_average_of_the_others_and_against_each():
    # the others of a have on average 1/2 1/2, those of b 1/4 3/4
    assert krugman(CELLS, against="average")["krugman"].to_pylist() == pytest.approx([0, 1.5, 1.5])
    # distances: a-b 1, a-c 1, b-c 2
    assert krugman(CELLS, against="each")["krugman"].to_pylist() == pytest.approx([1, 1.5, 1.5])


def test_against_another_area():
    nation = {"sector": ["x", "z"], "value": [1, 1]}
    found = krugman(CELLS, reference=nation)["krugman"].to_pylist()
    assert found == pytest.approx([1, 1, 2])


def test_a_single_region_has_no_other():
    cells = {"region": ["a", "a"], "sector": ["x", "y"], "value": [1, 2]}
    assert krugman(cells)["krugman"].to_pylist() == [0.0]
    assert krugman(cells, against="rest")["reason"].to_pylist() == ["reference_empty"]
    assert krugman(cells, against="each")["reason"].to_pylist() == ["single_unit"]
    assert krugman(cells, against="average")["reason"].to_pylist() == ["single_unit"]


def test_an_unknown_figure_is_left_out_here_and_in_the_reference():
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [10, None, 5, 5]}
    found = krugman(cells).to_pylist()
    assert found[0]["krugman"] == 0.0  # only x is known of a
    assert found[0]["left_out"] == 1


def test_words_that_are_none():
    with pytest.raises(faults.UnknownConvention, match="average"):
        krugman(CELLS, against="neighbours")
    with pytest.raises(faults.UnknownConvention, match="whole"):
        krugman(CELLS, against="rest", reference={"sector": ["x"], "value": [1]})
    with pytest.raises(faults.UnknownConvention, match="region or of a sector"):
        krugman(CELLS, of="country")
