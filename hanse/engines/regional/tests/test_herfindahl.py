import pytest

from hanse.engines.regional.herfindahl import herfindahl

CELLS = {
    "region": ["a", "a", "b", "b", "c"],
    "sector": ["x", "y", "x", "y", "x"],
    "value": [30, 10, 0, 0, None],
}


def test_a_region_with_three_quarters_in_one_sector():
    found = herfindahl(CELLS).to_pylist()
    assert found[0]["herfindahl"] == 0.625  # 0.75**2 + 0.25**2
    assert found[0]["equivalent"] == 1.6


def test_an_empty_and_an_unknown_region_have_no_index_but_a_reason():
    found = herfindahl(CELLS).to_pylist()
    assert [row["herfindahl"] for row in found[1:]] == [None, None]
    assert [row["reason"] for row in found] == [None, "region_empty", "not_known"]
    assert found[2]["left_out"] == 1


def test_a_pair_without_a_row_is_a_zero_of_the_normalised_index():
    cells = {"region": ["a", "b", "b"], "sector": ["x", "x", "y"], "value": [4, 1, 1]}
    written = {"region": list("aabb"), "sector": list("xyxy"), "value": [4, 0, 1, 1]}
    assert herfindahl(cells, normalised=True) == herfindahl(written, normalised=True)
    assert herfindahl(cells, normalised=True)["herfindahl"].to_pylist() == [1.0, 0.0]


def test_the_same_of_sectors_over_regions():
    cells = {"region": ["a", "b"], "sector": ["x", "x"], "value": [3, 1]}
    assert herfindahl(cells, of="sector").to_pylist() == [
        {"sector": "x", "herfindahl": 0.625, "equivalent": 1.6, "left_out": 0, "reason": None}
    ]


def test_one_unit_cannot_be_normalised():
    found = herfindahl({"region": ["a"], "sector": ["x"], "value": [3]}, normalised=True)
    assert found["reason"].to_pylist() == ["single_unit"]


def test_between_one_nth_and_one():
    cells = {"region": ["a"] * 4, "sector": list("wxyz"), "value": [1, 1, 1, 1]}
    assert herfindahl(cells)["herfindahl"][0].as_py() == pytest.approx(0.25)
