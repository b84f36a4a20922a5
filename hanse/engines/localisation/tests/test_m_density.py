import numpy as np
import pytest

from hanse.engines.faults import UnknownConvention
from hanse.engines.localisation.m_density import m_density


def test_by_hand():
    """Reference at 0 with neighbours a at 1 and b at 2; reference at 1 with a at 1 and b at 1."""
    found = m_density([0, 1, 2], [0, 0, 0], ["a", "a", "b"], [1, 2], "a", rule=1.0)
    at = np.exp(-np.array([0, 1, 4]) / 2)
    local = [at[0] / (at[0] + at[1]) + 0.5, at[1] / (at[1] + at[0]) + 0.5]
    np.testing.assert_allclose(found, np.array(local) / (0.5 + 0.5))


def test_order_and_threads_do_not_matter():
    chance = np.random.default_rng(12)
    x, y = chance.random((2, 80))
    types, weights = chance.integers(0, 3, 80), chance.random(80)
    order = chance.permutation(80)
    here = m_density(x, y, types, [0, 0.1, 0.3], 1, 2, weights=weights, threads=1)
    there = m_density(
        x[order], y[order], types[order], [0, 0.1, 0.3], 1, 2, weights=weights[order], threads=2
    )
    np.testing.assert_allclose(here, there, rtol=1e-12)


def test_far_from_everything_is_undefined():
    found = m_density([0, 1, 500], [0, 0, 0], ["a", "a", "a"], [1, 500], "a", rule=1.0)
    assert np.isnan(found[0])
    with pytest.raises(UnknownConvention):
        m_density([0, 1], [0, 0], ["a", "a"], [1], "a", case_control=True)
