import pytest

from hanse.engines import faults
from hanse.engines.regional.growth_rate import growth_rate

CELLS = {
    "region": ["a", "a", "b", "a", "a", "b", "b"],
    "sector": ["x", "y", "x", "x", "y", "x", "y"],
    "period": [2010, 2010, 2010, 2014, 2014, 2014, 2014],
    "value": [10, 10, 20, 15, 10, 20, 3],
}


def test_of_regions_sectors_and_cells():
    assert growth_rate(CELLS)["growth_rate"].to_pylist() == [0.25, 0.15]
    assert growth_rate(CELLS, of="sector", scale=100)["growth_rate"].to_pylist() == [
        pytest.approx(100 * 5 / 30),
        pytest.approx(30),
    ]
    cells = growth_rate(CELLS, of="cell").to_pylist()
    assert [row["growth_rate"] for row in cells] == [0.5, 0.0, 0.0, None]
    assert [row["reason"] for row in cells] == [None, None, None, "base_zero"]


def test_an_unknown_cell_is_left_out_at_both_ends():
    cells = {**CELLS, "value": [10, None, 20, 15, 10, 20, 3]}
    found = growth_rate(cells).to_pylist()[0]
    assert (found["growth_rate"], found["left_out"]) == (0.5, 1)


def test_one_period_and_spans():
    cells = {"region": ["a"] * 3, "period": [1, 2, 4], "value": [1, 2, 6]}
    each = growth_rate(cells, periods="each").to_pylist()
    assert [(row["start"], row["end"], row["growth_rate"]) for row in each] == [
        (1, 2, 1),
        (2, 4, 2),
    ]
    assert growth_rate(cells, first=2)["growth_rate"].to_pylist() == [2.0]
    assert growth_rate(cells, last=1)["reason"].to_pylist() == ["too_few"]
    assert growth_rate(cells, last=1, periods="each")["reason"].to_pylist() == ["too_few"]


def test_growth_of_what_is_not_there():
    with pytest.raises(faults.UnknownConvention):
        growth_rate(CELLS, of="country")
    with pytest.raises(faults.UnknownConvention):
        growth_rate(CELLS, periods="all")
    with pytest.raises(faults.MissingColumn):
        growth_rate({"region": ["a"], "period": [1], "value": [1]}, of="sector")
