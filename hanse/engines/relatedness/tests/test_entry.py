import numpy as np
import pytest
from hypothesis import given

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.entry import entries, exits
from hanse.engines.relatedness.tests.presences import PRESENCES


@given(PRESENCES)
def test_who_is_there_can_leave_and_who_is_not_can_enter(present):
    after = np.roll(present, 1)
    entered, left = entries(present, after), exits(present, after)
    assert np.array_equal(np.isnan(entered), present)
    assert np.array_equal(np.isnan(left), ~present)
    assert np.nansum(entered) - np.nansum(left) == after.sum() - present.sum()


def test_the_same_regions_and_sectors():
    with pytest.raises(WrongShape):
        entries([[1, 0]], [[1], [0]])
