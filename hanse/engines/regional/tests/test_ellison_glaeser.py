import pytest

from hanse.engines import faults
from hanse.engines.regional.ellison_glaeser import ellison_glaeser

AREA = {"region": ["a", "b", "c", "d"], "value": [1, 1, 1, 1]}


def test_perfect_spread_is_below_zero_and_one_place_is_one():
    spread = {"region": ["a", "b", "c", "d"], "value": [10] * 4}
    found = ellison_glaeser(spread, reference=AREA).to_pylist()[0]
    assert (found["concentration"], found["herfindahl"]) == (0.0, 0.25)
    assert found["ellison_glaeser"] == pytest.approx(-1 / 3)
    together = {"region": ["a"] * 4, "value": [10] * 4}
    found = ellison_glaeser(together, reference=AREA).to_pylist()[0]
    assert found["concentration"] == 0.75
    assert found["ellison_glaeser"] == pytest.approx(1)


def test_one_plant_is_undefined_and_said_so():
    found = ellison_glaeser({"region": ["a"], "value": [10]}, reference=AREA).to_pylist()[0]
    assert found["ellison_glaeser"] is None
    assert found["reason"] == "single_unit"
    assert (found["concentration"], found["herfindahl"]) == (0.75, 1.0)


def test_a_plant_of_zero_beside_a_large_one_is_one_plant():
    found = ellison_glaeser({"region": ["a", "b"], "value": [10, 0]}, reference=AREA)
    assert found["reason"].to_pylist() == ["single_unit"]


def test_the_plants_of_all_industries_are_the_reference():
    plants = {
        "region": ["a", "a", "b", "b"],
        "sector": ["x", "x", "y", "y"],
        "value": [10, 10, 5, 15],
    }
    found = ellison_glaeser(plants).to_pylist()
    # x: G = 0.25 + 0.25, X2 = 0.5, H = 0.5: gamma = (0.5 - 0.25) / 0.25
    assert found[0]["ellison_glaeser"] == pytest.approx(1)
    assert [row["sector"] for row in found] == ["x", "y"]


def test_an_unknown_plant_is_counted_and_a_plant_without_a_region_refused():
    plants = {"plant": [1, 2, 3], "region": ["a", "a", "b"], "value": [10, 10, None]}
    found = ellison_glaeser(plants, reference=AREA).to_pylist()[0]
    assert (found["plants"], found["left_out"]) == (2, 1)
    with pytest.raises(faults.MissingKey):
        ellison_glaeser({**plants, "region": ["a", None, "b"]}, reference=AREA)
    with pytest.raises(faults.DuplicateRows):
        ellison_glaeser({**plants, "plant": [1, 1, 3]}, reference=AREA)


def test_a_reference_of_one_region():
    found = ellison_glaeser(
        {"region": ["a", "a"], "value": [10, 10]}, reference={"region": ["a"], "value": [1]}
    )
    assert found["reason"].to_pylist() == ["single_unit"]
