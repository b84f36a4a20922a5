import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from hanse.engines.faults import NegativeValue, NotFinite, NotNumeric, UnknownConvention, WrongShape
from hanse.engines.spatial.contiguity import contiguity
from hanse.engines.spatial.geary import geary
from hanse.engines.spatial.getis_ord import getis_ord
from hanse.engines.spatial.moran import moran
from hanse.engines.spatial.near import k_nearest
from hanse.engines.spatial.weights import from_neighbours

CHANCE = np.random.default_rng(2)
BOARD = contiguity(
    [[[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]] for y in range(4) for x in range(4)],
    rule="rook",
)


def test_a_checkerboard_is_perfectly_unlike():
    values = [(x + y) % 2 for y in range(4) for x in range(4)]
    assert moran(values, BOARD).i == -1
    assert geary(values, BOARD).c == 2 * 15 / 16
    assert getis_ord(values, BOARD).g == 0


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(30)), st.floats(0.1, 9), st.floats(-5, 5))
def test_numbering_and_units_do_not_matter(order, scale, shift):
    x, y, values = np.random.default_rng(3).random((3, 30))
    order = np.array(order)
    here = moran(values, k_nearest(x, y, 4, style="W"))
    there = moran(scale * values[order] + shift, k_nearest(x[order], y[order], 4, style="W"))
    assert there.i == pytest.approx(here.i, rel=1e-9)
    assert there.randomisation.z == pytest.approx(here.randomisation.z, rel=1e-9)


def test_permutation_agrees_with_randomisation():
    x, y, values = CHANCE.random((3, 60))
    weights = k_nearest(x, y, 4, style="W")
    values = values + weights.lag(values)
    for statistic in (moran, getis_ord):
        found = statistic(values, weights, alternative="greater", permutations=9999)
        assert found.permutation.greater == pytest.approx(found.randomisation.p, abs=0.015)
    less = geary(values, weights, alternative="less", permutations=9999)
    assert less.permutation.less == pytest.approx(less.randomisation.p, abs=0.015)


def test_p_is_uniform_under_the_null():
    x, y = CHANCE.random((2, 40))
    weights = k_nearest(x, y, 4, style="W")
    found = [
        moran(CHANCE.random(40), weights, permutations=199, seed=s).permutation.greater
        for s in range(300)
    ]
    assert kstest(found, "uniform").pvalue > 0.01


def test_threads_do_not_matter():
    x, y, values = CHANCE.random((3, 50))
    weights = k_nearest(x, y, 3)
    made = {moran(values, weights, permutations=99, threads=t).permutation for t in (1, 2)}
    assert len(made) == 1


def test_isolated_units_count_or_not():
    weights = from_neighbours([[1], [0, 2], [1, 3], [2], []], style="W")
    values = [1, 2, 3, 5, 9]
    everyone, linked = moran(values, weights), moran(values, weights, like="spdep")
    assert everyone.expected == -1 / 4
    assert linked.expected == -1 / 3
    assert linked.i == pytest.approx(everyone.i * 4 / 5)


def test_undefined_and_unfit():
    pair = from_neighbours([[1], [0]])
    assert np.isnan(moran([3, 3], pair).i)
    assert np.isnan(geary([3, 3], pair).c)
    assert np.isnan(getis_ord([0, 0], pair).g)
    # Equal up to nothing: 0.1 three times has a mean that is not 0.1.
    assert np.isnan(moran([0.1] * 3, from_neighbours([[1], [0], [1]])).i)
    assert np.isnan(moran([1, 2], from_neighbours([[], []])).i)
    alone = moran([1], from_neighbours([[]]))
    assert np.isnan([alone.i, alone.expected, alone.normality.p]).all()
    assert np.isnan(moran([1, 2], pair).randomisation.z)
    with pytest.raises(NegativeValue, match="unit 1"):
        getis_ord([1, -1], pair)
    with pytest.raises(NotNumeric):
        moran(["much", "little"], pair)
    with pytest.raises(NotFinite, match="unit 0"):
        moran([np.nan, 1], pair)
    with pytest.raises(WrongShape):
        geary([1, 2, 3], pair)
    with pytest.raises(UnknownConvention, match="spdep"):
        moran([1, 2], pair, like="geoda")
    with pytest.raises(UnknownConvention):
        moran([1, 2], pair, alternative="both")
