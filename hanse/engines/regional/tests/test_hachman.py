import pytest

from hanse.engines.regional.hachman import hachman


def test_a_region_like_the_whole_is_one():
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [1, 3, 10, 30]}
    assert hachman(cells)["hachman"].to_pylist() == pytest.approx([1.0, 1.0])


def test_by_hand_against_a_nation():
    cells = {"region": ["a", "a"], "sector": ["x", "y"], "value": [3, 1]}
    nation = {"sector": ["x", "y"], "value": [500, 500]}
    # the squares of 0.75 and 0.25, twice: 1.25
    assert hachman(cells, reference=nation)["hachman"].to_pylist() == pytest.approx([0.8])


def test_a_sector_that_the_reference_does_not_have():
    cells = {"region": ["a", "a"], "sector": ["x", "y"], "value": [3, 1]}
    found = hachman(cells, reference={"sector": ["x"], "value": [500]})
    assert found.to_pylist()[0]["hachman"] is None
    assert found.to_pylist()[0]["reason"] == "reference_empty"
