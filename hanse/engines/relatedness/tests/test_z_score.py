import numpy as np
from hypothesis import given

from hanse.engines.relatedness.tests.presences import PRESENCES
from hanse.engines.relatedness.z_score import z_scores


@given(PRESENCES)
def test_undefined_for_sectors_everywhere_or_nowhere(present):
    values = z_scores(present, like="econgeo")
    size = present.sum(axis=0)
    told = (size > 0) & (size < len(present))
    assert np.isnan(values[~told]).all()
    assert np.isfinite(values[np.ix_(told, told)]).all()
    np.testing.assert_allclose(values, values.T, rtol=1e-12)


def test_two_sectors_in_the_same_half_of_the_regions():
    # mean 2 * 2 / 4 = 1, variance 1 * 1/2 * 2/3
    values = z_scores([[1, 1], [1, 1], [0, 0], [0, 0]])
    np.testing.assert_allclose(values[0, 1], 1 / np.sqrt(1 / 3))
    assert np.isnan(values[0, 0])
