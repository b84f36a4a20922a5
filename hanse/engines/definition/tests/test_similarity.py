import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hanse.engines.definition.similarity import coagglomeration, combined, locational_correlation
from hanse.engines.definition.tests.planted import planted
from hanse.engines.faults import (
    NegativeValue,
    NotFinite,
    NothingGiven,
    TooFew,
    UnknownConvention,
    WrongShape,
)

COUNTS = arrays(
    np.int64, st.tuples(st.integers(2, 6), st.integers(1, 6)), elements=st.integers(0, 10**9)
).filter(lambda x: x.any())


@given(COUNTS)
def test_correlation_lies_between_minus_one_and_one(x):
    near = locational_correlation(x)
    assert np.array_equal(near, near.T, equal_nan=True)
    assert np.nanmax(np.abs(near), initial=0) <= 1
    flat = x.max(axis=0) == x.min(axis=0)
    assert np.array_equal(np.isnan(near.diagonal()), flat)


@given(COUNTS)
def test_size_of_an_industry_does_not_matter(x):
    larger = x * np.arange(1, x.shape[1] + 1)
    for measure in (locational_correlation, coagglomeration):
        np.testing.assert_allclose(measure(larger), measure(x), rtol=1e-6, atol=1e-9)


def test_correlation_as_numpy_has_it():
    x, _ = planted()
    np.testing.assert_allclose(locational_correlation(x), np.corrcoef(x.T), rtol=1e-12)


def test_coagglomeration_by_hand():
    # Shares 3/4 1/4 and 1/4 3/4; benchmark 1/2 1/2; 1 - 1/2.
    near = coagglomeration([[3, 1], [1, 3]])
    np.testing.assert_allclose(near, [[0.25, -0.25], [-0.25, 0.25]])
    # Total employment: 3/8 of 8 in the first region's ... benchmark (3 + 2) / 10, (1 + 4) / 10.
    near = coagglomeration([[3, 2], [1, 4]], benchmark="total")
    np.testing.assert_allclose(near[0, 1], (0.25 * -1 / 6 + -0.25 * (4 / 6 - 0.5)) / 0.5)


def test_all_in_one_region_or_an_empty_industry():
    assert np.isnan(coagglomeration([[1, 2], [0, 0]])).all()
    near = coagglomeration([[1, 2, 0], [3, 1, 0]])
    assert np.isnan(near[2]).all()
    np.testing.assert_array_equal(near[:2, :2], coagglomeration([[1, 2], [3, 1]]))


def test_combined_is_standardised_first():
    x, _ = planted()
    near = locational_correlation(x)
    off = ~np.eye(len(near), dtype=bool)
    alone = combined([near])
    assert alone[off].mean() == pytest.approx(0)
    assert alone[off].std() == pytest.approx(1)
    np.testing.assert_allclose(combined([near, 1000 * near]), alone)
    np.testing.assert_allclose(combined([near, -near], weights=[3, 1]), alone / 2)


def test_unfit_input():
    with pytest.raises(NegativeValue):
        locational_correlation([[1, -1]])
    with pytest.raises(NotFinite):
        coagglomeration([[1, np.nan]])
    for measure in (locational_correlation, coagglomeration):
        with pytest.raises(TooFew):
            measure([[1, 2]])
    with pytest.raises(UnknownConvention):
        coagglomeration([[1], [1]], benchmark="median")
    with pytest.raises(NothingGiven):
        combined([])
    for wrong in ({"weights": [1, 2]}, {"weights": [0]}):
        with pytest.raises(WrongShape):
            combined([[[1, 2, 0], [2, 1, 0], [0, 0, 1]]], **wrong)
    with pytest.raises(WrongShape, match="same for all"):
        combined([np.ones((3, 3))])
