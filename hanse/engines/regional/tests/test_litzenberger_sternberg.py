import pytest

from hanse.engines.regional.litzenberger_sternberg import litzenberger_sternberg

PLACES = {
    "region": ["a", "b"],
    "value": [30, 30],
    "plants": [6, 3],
    "area": [10, 30],
    "population": [100, 400],
}


def test_by_hand():
    found = litzenberger_sternberg(PLACES).to_pylist()[0]
    assert found["stock"] == pytest.approx(0.5 / 0.2)
    assert found["density"] == pytest.approx(0.5 / 0.25)
    assert found["size"] == pytest.approx(5 / (60 / 9))
    index = found["stock"] * found["density"] / found["size"]
    assert found["litzenberger_sternberg"] == pytest.approx(index)


def test_a_place_without_people_or_without_the_sector():
    nobody = {**PLACES, "population": [0, 400]}
    found = litzenberger_sternberg(nobody).to_pylist()
    assert (found[0]["litzenberger_sternberg"], found[0]["reason"]) == (None, "region_empty")
    absent = {**PLACES, "value": [0, 30], "plants": [0, 3]}
    assert litzenberger_sternberg(absent).to_pylist()[0]["litzenberger_sternberg"] == 0.0
