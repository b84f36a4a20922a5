import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hanse.engines.faults import NegativeValue, NothingGiven, UnknownConvention
from hanse.engines.relatedness.location_quotient import location_quotients

COUNTS = arrays(
    np.int64, st.tuples(st.integers(1, 7), st.integers(1, 7)), elements=st.integers(0, 10**9)
).filter(lambda x: x.any())


def test_the_float_trap_gives_ones():
    assert location_quotients([[3, 6], [7, 14]]).tolist() == [[1, 1], [1, 1]]


def test_empty_regions_and_sectors():
    x = [[0, 0], [2, 0]]
    np.testing.assert_array_equal(location_quotients(x), [[np.nan, np.nan], [1, np.nan]])
    assert location_quotients(x, like="econgeo").tolist() == [[0, 0], [1, 0]]
    np.testing.assert_array_equal(
        location_quotients(x, like="econgeo", empty="nan"), location_quotients(x)
    )


def test_unknown_conventions_name_those_there_are():
    with pytest.raises(UnknownConvention, match="econgeo"):
        location_quotients([[1]], like="excel")
    with pytest.raises(UnknownConvention, match="zero"):
        location_quotients([[1]], empty="one")


@given(COUNTS, st.integers(1, 1000))
def test_scale_does_not_matter(x, factor):
    np.testing.assert_allclose(location_quotients(x * factor), location_quotients(x), rtol=1e-14)


@given(COUNTS)
def test_the_weighted_average_of_a_region_is_one(x):
    average = np.nansum(location_quotients(x) * x.sum(axis=0), axis=1) / x.sum()
    np.testing.assert_allclose(average[x.sum(axis=1) > 0], 1, rtol=1e-12)


@given(COUNTS, st.randoms())
def test_relabelling_moves_the_values_along(x, random):
    rows, columns = list(range(x.shape[0])), list(range(x.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    np.testing.assert_allclose(
        location_quotients(x[rows][:, columns]),
        location_quotients(x)[rows][:, columns],
        rtol=1e-14,
    )


def test_written_over_its_input():
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    expected = location_quotients(x)
    assert location_quotients(x, out=x) is x
    assert x.tolist() == expected.tolist()


def test_a_reference_is_checked():
    with pytest.raises(NegativeValue):
        location_quotients([[1, 2]], reference=[1, -2])
    with pytest.raises(NothingGiven):
        location_quotients([[1, 2]], reference=[0, 0])
    assert location_quotients([[1, 1]], reference=[1, 3]).tolist() == [[2, 2 / 3]]
