import numpy as np
import pytest

from hanse.engines.faults import NotFinite, NothingGiven, WrongShape
from hanse.engines.relatedness.sophistication import income_content


def test_by_hand():
    found = income_content([[1, 1], [0, 2]], [10, 20])
    # Quotients 2, 2/3 and 0, 4/3.
    assert found.sectors.tolist() == pytest.approx([10, (2 / 3 * 10 + 4 / 3 * 20) / 2])
    assert found.regions.tolist() == pytest.approx([(10 + 50 / 3) / 2, 50 / 3])


def test_a_region_of_unknown_income_is_left_out():
    x = np.array([[1, 1, 0], [0, 2, 0], [5, 1, 3]])
    found = income_content(x, [10, 20, np.nan])
    alone = income_content(x[:2], [10, 20])
    assert found.regions[:2].tolist() == alone.regions.tolist()
    assert np.isnan(found.regions[2])
    assert np.isnan(found.sectors).tolist() == [False, False, True]


def test_an_empty_region_has_no_content():
    assert np.isnan(income_content([[1, 1], [0, 0]], [10, 20]).regions[1])


def test_unfit_income():
    with pytest.raises(WrongShape):
        income_content([[1, 1]], [1, 2])
    with pytest.raises(NotFinite):
        income_content([[1, 1]], [np.inf])
    with pytest.raises(NothingGiven):
        income_content([[1, 1]], [np.nan])
