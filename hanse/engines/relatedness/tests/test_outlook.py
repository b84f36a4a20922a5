import numpy as np
import pytest

from hanse.engines.faults import UnknownConvention, WrongShape
from hanse.engines.relatedness.outlook import complexity_outlook
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.tests.presences import linked


def test_by_the_definition():
    present = linked(6, 5, share=0.6)
    near, worth = proximity(present), np.array([1.0, -2.0, 0.5, 3.0, -1.0])
    found = complexity_outlook(present, near, worth)
    absent, weight = 1 - present, near / near.sum(axis=1)[:, None]
    for r in range(6):
        index = sum(
            absent[r, i] * worth[i] * weight[i, j] * present[r, j]
            for i in range(5)
            for j in range(5)
        )
        assert found.index[r] == pytest.approx(index)
        for j in range(5):
            gain = absent[r, j] * sum(absent[r, i] * weight[i, j] * worth[i] for i in range(5))
            assert found.gain[r, j] == pytest.approx(gain)


def test_what_is_not_defined():
    present = [[0, 0, 0], [1, 1, 0], [1, 0, 0]]
    found = complexity_outlook(present, proximity(present), [1, -1, np.nan])
    assert np.isnan(found.index).tolist() == [True, False, False]
    assert np.isnan(found.gain[:, 2]).all()
    assert np.isfinite(found.gain[:, :2]).all()
    same = complexity_outlook([[1, 1], [1, 1]], np.ones((2, 2)), [1, 2], scale="population")
    assert np.isnan(same.index).all()


def test_unfit_input():
    with pytest.raises(WrongShape):
        complexity_outlook([[1, 0]], np.ones((2, 2)), [1])
    with pytest.raises(WrongShape):
        complexity_outlook([[1, 0]], np.ones((2, 2)), [1, 2], density=[[1]])
    with pytest.raises(UnknownConvention):
        complexity_outlook([[1]], [[1]], [1], like="econgeo")
