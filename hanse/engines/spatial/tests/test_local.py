import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from hanse.engines.faults import TooFew, UnknownConvention, WrongShape
from hanse.engines.spatial.false_discovery import false_discovery
from hanse.engines.spatial.local_g import local_g
from hanse.engines.spatial.local_moran import local_moran
from hanse.engines.spatial.moran import moran
from hanse.engines.spatial.near import k_nearest
from hanse.engines.spatial.permutation import conditional_counts
from hanse.engines.spatial.weights import from_neighbours

CHANCE = np.random.default_rng(4)
X, Y, VALUES = CHANCE.random((3, 60))
WEIGHTS = k_nearest(X, Y, 5, style="W")


def test_local_parts_sum_to_the_whole():
    parts = local_moran(VALUES, WEIGHTS, like="spdep")
    assert parts.i.mean() == pytest.approx(moran(VALUES, WEIGHTS).i)
    other = local_moran(VALUES, WEIGHTS, like="esda")
    np.testing.assert_allclose(other.i, parts.i * 59 / 60)
    np.testing.assert_allclose(other.z, parts.z)


def test_conditional_moments_are_those_of_the_permutations():
    """z of I_i and of G_i are the same up to the sign of the unit's own deviation."""
    sign = np.sign(VALUES - VALUES.mean())
    here, there = local_moran(VALUES, WEIGHTS), local_g(VALUES, WEIGHTS)
    np.testing.assert_allclose(here.z, sign * there.z, rtol=1e-9)
    often = local_g(VALUES, WEIGHTS, permutations=9999, alternative="greater").p_permutation
    upper = np.where(there.z > 0, there.p / 2, 1 - there.p / 2)
    np.testing.assert_allclose(often, upper, atol=0.05)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(60)))
def test_numbering_does_not_matter(order):
    order = np.array(order)
    again = k_nearest(X[order], Y[order], 5, style="W")
    for star in (False, True):
        here, there = local_g(VALUES, WEIGHTS, star=star), local_g(VALUES[order], again, star=star)
        np.testing.assert_allclose(there.z, here.z[order], rtol=1e-9)
    moved = local_moran(VALUES[order], again)
    np.testing.assert_array_equal(moved.quadrant, local_moran(VALUES, WEIGHTS).quadrant[order])


@pytest.mark.parametrize("degree", [3, 40])
def test_p_is_uniform_under_the_null(degree):
    weights = k_nearest(X, Y, degree, style="W")
    found = [
        local_moran(CHANCE.random(60), weights, permutations=99, alternative="less", seed=s)
        for s in range(300)
    ]
    assert kstest([one.p_permutation[7] for one in found], "uniform").pvalue > 0.01


def test_threads_do_not_matter():
    made = {conditional_counts(VALUES, WEIGHTS, 199, 5, t).tobytes() for t in (1, 2)}
    assert len(made) == 1


def test_draws_are_without_replacement():
    """With all others as neighbours nothing can differ from what is observed."""
    full = from_neighbours([[j for j in range(6) if j != i] for i in range(6)])
    assert (conditional_counts(np.arange(6.0) ** 3, full, 50, 1, 1) == 50).all()
    assert np.isnan(local_g(np.arange(6.0) ** 3, full).z).all()
    assert np.isnan(local_moran(np.arange(6.0) ** 3, full).z).all()


def test_quadrants_by_hand():
    line = from_neighbours([[1], [0, 2], [1, 3], [2], []], style="W")
    found = local_moran([9, 8, 1, 0, 7], line, permutations=9)
    assert found.quadrant.tolist() == [1, 4, 3, 3, 0]
    assert np.isnan([found.i[4], found.z[4], found.p[4], found.p_permutation[4]]).all()


def test_star_counts_the_unit_itself():
    line = from_neighbours([[1], [0, 2], [1], []])
    found = local_g([4, 2, 2, 8], line, star=True)
    np.testing.assert_allclose(found.g, [6 / 16, 8 / 16, 4 / 16, 8 / 16])
    rows = from_neighbours([[1], [0, 2], [1], []], style="W")
    np.testing.assert_allclose(local_g([4, 2, 2, 8], rows, star=True).g * 16, [3, 8 / 3, 2, 8])


def test_equal_values_say_nothing():
    found = local_moran([0.1] * 60, WEIGHTS, permutations=9)
    assert np.isnan([found.i, found.z, found.p, found.p_permutation]).all()
    assert (found.quadrant == 0).all()
    flat = local_g([0.1] * 60, WEIGHTS, permutations=9)
    assert np.isnan([flat.z, flat.p, flat.p_permutation]).all()
    # Only one differs: around it nothing varies.
    spike = np.zeros(60)
    spike[3] = 1
    assert np.isnan(local_g(spike, WEIGHTS).z[3])
    assert np.isfinite(np.delete(local_g(spike, WEIGHTS).z, 3)).all()


def test_one_unit_and_two():
    assert np.isnan(local_moran([1], from_neighbours([[]])).i).all()
    assert np.isnan(local_moran([1, 2], from_neighbours([[1], [0]])).z).all()
    assert np.isnan(local_g([1, 2], from_neighbours([[1], [0]])).z).all()


def test_false_discovery_by_hand():
    found = false_discovery([0.001, np.nan, 0.02, 0.03, 0.9], rate=0.05)
    np.testing.assert_allclose(found.adjusted, [0.004, np.nan, 0.04, 0.04, 0.9])
    assert found.rejected.tolist() == [True, False, True, True, False]
    other = false_discovery([0.001, 0.02, 0.03, 0.9], procedure="benjamini_yekutieli")
    wanted = np.minimum(np.array([0.004, 0.04, 0.04, 0.9]) * 25 / 12, 1)
    np.testing.assert_allclose(other.adjusted, wanted)
    assert false_discovery([]).adjusted.size == 0


def test_unfit():
    with pytest.raises(UnknownConvention, match="esda"):
        local_moran(VALUES, WEIGHTS, like="geoda")
    with pytest.raises(UnknownConvention):
        local_moran(VALUES, WEIGHTS, scaling="n-2")
    with pytest.raises(UnknownConvention, match="folded"):
        local_g(VALUES, WEIGHTS, permutations=9, alternative="both")
    with pytest.raises(TooFew):
        local_g(VALUES, WEIGHTS, permutations=-1)
    with pytest.raises(WrongShape, match="seed"):
        local_g(VALUES, WEIGHTS, permutations=9, seed=-1)
    for p, rate in (([2], 0.05), ([0.5], 0)):
        with pytest.raises(WrongShape):
            false_discovery(p, rate=rate)
    with pytest.raises(UnknownConvention):
        false_discovery([0.5], procedure="bonferroni")
