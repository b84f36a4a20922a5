import pytest

from hanse.engines import faults
from hanse.engines.regional.coagglomeration_pairs import coagglomeration_pairs

CELLS = {"region": list("abab"), "sector": list("xxyy"), "value": [10, 0, 0, 30]}


def test_two_industries_apart():
    # mean shares 1/2 1/2: (0.5 * -0.5 + -0.5 * 0.5) / 0.5
    found = coagglomeration_pairs(CELLS, shares="mean").to_pylist()
    assert [(row["sector"], row["other"]) for row in found] == [("x", "y")]
    assert found[0]["coagglomeration"] == -1.0
    # shares of all 1/4 3/4: (0.75 * -0.25 * 2) / (1 - 0.625)
    assert coagglomeration_pairs(CELLS)["coagglomeration"].to_pylist() == pytest.approx([-1.0])


def test_an_empty_industry_one_region_and_words_that_are_none():
    empty = {**CELLS, "value": [10, 5, 0, 0]}
    assert coagglomeration_pairs(empty)["reason"].to_pylist() == ["sector_empty"]
    alone = {"region": ["a", "a"], "sector": ["x", "y"], "value": [1, 2]}
    assert coagglomeration_pairs(alone)["reason"].to_pylist() == ["single_unit"]
    with pytest.raises(faults.UnknownConvention):
        coagglomeration_pairs(CELLS, shares="median")
