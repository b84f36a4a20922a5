import math

import pytest

from hanse.engines import faults
from hanse.engines.regional.entropy import entropy

EVEN = {"region": ["a"] * 4, "sector": list("wxyz"), "value": [5, 5, 5, 5]}


def test_four_even_sectors():
    assert entropy(EVEN)["entropy"][0].as_py() == pytest.approx(math.log(4))
    assert entropy(EVEN, base=2)["entropy"][0].as_py() == pytest.approx(2)
    assert entropy(EVEN, like="econgeo")["equivalent"][0].as_py() == pytest.approx(4)


def test_everything_in_one_sector_is_zero_and_nothing_at_all_is_null():
    cells = {"region": list("aabb"), "sector": list("xyxy"), "value": [7, 0, 0, 0]}
    assert entropy(cells)["entropy"].to_pylist() == [0.0, None]
    assert entropy(cells)["reason"].to_pylist() == [None, "region_empty"]


@pytest.mark.parametrize("base", [1, 0, -2, math.inf, math.nan])
def test_a_base_that_is_none(base):
    with pytest.raises(faults.UnknownConvention):
        entropy(EVEN, base=base)
