import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.faults import NotFinite, TooFew, UnknownConvention
from hanse.engines.relatedness.correlation_proximity import correlation_proximity
from hanse.engines.relatedness.location_quotient import location_quotients
from hanse.engines.relatedness.proximity import proximity
from hanse.engines.relatedness.tests.presences import PRESENCES, shuffled


@given(PRESENCES)
def test_symmetric_between_zero_and_one(present):
    near = proximity(present)
    assert np.array_equal(near, near.T, equal_nan=True)
    known = near[~np.isnan(near)]
    assert ((known >= 0) & (known <= 1)).all()
    somewhere = present.any(axis=0)
    assert (near.diagonal()[somewhere] == 1).all()
    assert np.isnan(near[~somewhere]).all()
    assert np.isnan(near[:, ~somewhere]).all()


@given(PRESENCES)
def test_the_smaller_of_two_conditional_probabilities(present):
    either = proximity(present, form="conditional")
    np.testing.assert_array_equal(proximity(present), np.minimum(either, either.T))


@given(PRESENCES, st.integers(0, 99))
def test_relabelling_moves_the_values_along(present, seed):
    rows, columns = shuffled(present.shape, seed)
    np.testing.assert_array_equal(
        proximity(present[rows][:, columns]), proximity(present)[np.ix_(columns, columns)]
    )


def test_regions_and_the_diagonal():
    assert proximity([[1, 0], [1, 1]], of="regions", own=False).tolist() == [[0, 0.5], [0.5, 0]]


def test_unknown_conventions():
    for wrong in ({"form": "maximum"}, {"of": "plants"}):
        with pytest.raises(UnknownConvention):
            proximity([[1]], **wrong)


def test_correlation_of_quotients():
    x = [[5, 1, 0, 2], [1, 4, 0, 2], [2, 2, 0, 2], [0, 0, 0, 0]]
    near = correlation_proximity(location_quotients(x))
    expected = (1 + np.corrcoef(location_quotients(x)[:3][:, [0, 1, 3]].T)) / 2
    np.testing.assert_allclose(near[np.ix_([0, 1, 3], [0, 1, 3])], expected, rtol=1e-13)
    assert np.isnan(near[2]).all()


def test_correlation_needs_regions_and_finite_values():
    with pytest.raises(TooFew):
        correlation_proximity([[1, 2]])
    with pytest.raises(NotFinite):
        correlation_proximity([[1, np.inf], [1, 2]])
