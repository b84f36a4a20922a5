import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.faults import NegativeValue, NotFinite, UnknownConvention, WrongShape
from hanse.engines.relatedness.density import relatedness_density
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.tests.presences import PRESENCES, shuffled


@given(PRESENCES)
def test_between_zero_and_one(present):
    for own in (True, False):
        density = relatedness_density(present, proximity(present), own=own)
        known = density[~np.isnan(density)]
        assert ((known >= 0) & (known <= 1 + 1e-12)).all()
    assert np.isnan(density[:, ~present.any(axis=0)]).all()


@given(PRESENCES, st.integers(0, 99))
def test_relabelling_moves_the_values_along(present, seed):
    rows, columns = shuffled(present.shape, seed)
    other = present[rows][:, columns]
    np.testing.assert_allclose(
        relatedness_density(other, proximity(other)),
        relatedness_density(present, proximity(present))[rows][:, columns],
        rtol=1e-12,
    )


def test_conventions():
    present, near = [[1, 0], [1, 1]], [[1, 0.5], [0.5, 1]]
    assert relatedness_density(present, near, own=False).tolist() == [[0, 1], [1, 1]]
    assert relatedness_density(present, near, like="econgeo").tolist() == [[0, 100], [100, 100]]
    assert relatedness_density(present, near, like="econgeo", scale=1)[0, 1] == 1


def test_an_asymmetric_proximity_is_read_along_the_row_of_the_sector():
    assert relatedness_density([[0, 1]], [[1, 0], [1, 1]]).tolist() == [[0, 0.5]]


def test_a_region_without_known_quotients_has_no_density():
    density = relatedness_density([[np.nan, np.nan], [2, 0]], np.ones((2, 2)))
    assert np.isnan(density[0]).all()
    assert density[1].tolist() == [1, 1]


def test_unfit_input():
    with pytest.raises(WrongShape):
        relatedness_density([[1, 0]], [[1]])
    with pytest.raises(NegativeValue):
        relatedness_density([[1, 0]], [[1, -1], [-1, 1]])
    with pytest.raises(NegativeValue):
        relatedness_density([[1, -1]], np.ones((2, 2)))
    with pytest.raises(NotFinite):
        relatedness_density([[1, np.inf]], np.ones((2, 2)))
    with pytest.raises(NotFinite):
        relatedness_density([[1, 1]], [[1, np.inf], [1, 1]])
    with pytest.raises(UnknownConvention):
        relatedness_density([[1]], [[1]], scale=10)
