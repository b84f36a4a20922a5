import pytest

from hanse.engines.regional.maurel_sedillot import maurel_sedillot

AREA = {"region": ["a", "b"], "value": [1, 1]}


def test_by_hand():
    plants = {"region": ["a", "a", "b", "b"], "value": [30, 30, 20, 20]}
    # s 0.6 0.4: (0.52 - 0.5) / 0.5 = 0.04; H = 0.26
    found = maurel_sedillot(plants, reference=AREA).to_pylist()[0]
    assert found["concentration"] == pytest.approx(0.04)
    assert found["herfindahl"] == pytest.approx(0.26)
    assert found["maurel_sedillot"] == pytest.approx((0.04 - 0.26) / 0.74)


def test_one_plant():
    found = maurel_sedillot({"region": ["a"], "value": [3]}, reference=AREA)
    assert found["reason"].to_pylist() == ["single_unit"]
