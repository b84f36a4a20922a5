import numpy as np
import pytest

from hanse.engines.definition.known_pairs import correlation_where_known
from hanse.engines.definition.similarity import locational_correlation
from hanse.engines.definition.tests.planted import planted
from hanse.engines.faults import NegativeValue, NotFinite, NothingGiven, WrongShape


def test_the_same_where_everything_is_known():
    x, _ = planted()
    np.testing.assert_allclose(correlation_where_known(x), locational_correlation(x), rtol=1e-9)


def test_pairs_by_the_definition():
    x, _ = planted()
    x[np.random.default_rng(4).random(x.shape) < 0.3] = np.nan
    near = correlation_where_known(x)
    for i in range(4):
        for j in range(i):
            both = ~np.isnan(x[:, i]) & ~np.isnan(x[:, j])
            expected = np.corrcoef(x[both, i], x[both, j])[0, 1]
            assert near[i, j] == pytest.approx(expected, rel=1e-9)
    assert np.array_equal(near, near.T)


def test_too_few_regions_or_no_variation():
    x = np.array([[1, np.nan, 5], [2, 1, 5], [4, 2, 5], [8, 2, 5.0]])
    near = correlation_where_known(x, least=4)
    assert near[0, 0] == 1
    assert np.isnan(near[0, 1])
    assert np.isnan(near[2]).all()


def test_unfit_input():
    for x, fault in (
        ([[1, -1]], NegativeValue),
        ([[1, np.inf]], NotFinite),
        ([[np.nan]], NothingGiven),
        ([1, 2], WrongShape),
    ):
        with pytest.raises(fault):
            correlation_where_known(x)
    with pytest.raises(WrongShape):
        correlation_where_known([[1, 2]], least=2)
