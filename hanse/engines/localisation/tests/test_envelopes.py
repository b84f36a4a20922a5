import numpy as np
import pytest
from scipy.stats import kstest

from hanse.engines.faults import (
    NegativeValue,
    NotFinite,
    NothingGiven,
    NotNumeric,
    TooFew,
    UnknownConvention,
    WrongShape,
)
from hanse.engines.localisation.envelopes import global_bands, local_bands
from hanse.engines.localisation.goodness_of_fit import goodness_of_fit
from hanse.engines.localisation.null_models import exchanged
from hanse.engines.localisation.points import checked_distances, checked_points, of_type
from hanse.engines.localisation.strips import strips, whole_weights
from hanse.engines.random_numbers import fill_uniform

CHANCE = np.random.default_rng(11)


def test_local_bands_leave_out_undefined_distances():
    curves = np.arange(1, 101.0)[:, np.newaxis] * [1, 2]
    curves[3, 1] = np.nan
    low, high = local_bands(curves, 0.1)
    assert (low[0], high[0]) == pytest.approx((5.95, 95.05))
    assert np.isnan([low[1], high[1]]).all()


def test_global_bands_are_left_by_at_most_alpha():
    curves = np.cumsum(CHANCE.normal(size=(2000, 20)), axis=1)
    low, high, share = global_bands(curves, 0.05)
    assert 0.03 < share <= 0.05
    assert share == ((curves < low) | (curves > high)).any(axis=1).mean()
    inner = local_bands(curves, 0.05)
    assert (low < inner[0]).all()
    assert (high > inner[1]).all()


def test_few_simulations_make_the_widest_global_bands():
    curves = CHANCE.normal(size=(20, 10))
    low, high, share = global_bands(curves, 0.05)
    assert share == 0
    np.testing.assert_array_equal([low, high], [curves.min(axis=0), curves.max(axis=0)])


def test_dropping_as_dbmss_does():
    curves = np.array([[0.0], [1], [2], [3], [4], [5], [6], [7], [8], [9]])
    low, high, share = global_bands(curves, 0.3, like="dbmss")
    # 10 -> 8 -> 6 kept, 7 wanted: one tenth of the last step is taken back.
    assert (low[0], high[0], share) == pytest.approx((1.9, 7.1, 0.4))
    with pytest.raises(TooFew):
        global_bands(curves[:2], 0.3, algorithm="dropping")


def test_goodness_of_fit_is_uniform_under_the_null():
    found = []
    for _ in range(400):
        curves = np.cumsum(CHANCE.normal(size=(40, 8)), axis=1)
        found.append(goodness_of_fit(np.arange(8.0), curves[0], curves[1:], scaling="studentised"))
    assert kstest(found, "uniform").pvalue > 0.01


@pytest.mark.parametrize("scaling", ["none", "studentised", "quantile", "asymmetric"])
def test_goodness_of_fit_of_an_extreme_curve(scaling):
    curves = CHANCE.normal(size=(99, 5))
    r = np.arange(5.0)
    assert goodness_of_fit(r, np.full(5, 9.0), curves, scaling=scaling) == 0.01
    assert goodness_of_fit(r, np.full(5, 9.0), curves, like="dbmss") == 0
    assert np.isnan(goodness_of_fit(r, np.full(5, np.nan), curves))


def test_permutations_are_fair_and_depend_on_their_number_alone():
    free = np.zeros(4, bool)
    who = exchanged("random_labels", free, 0, 24_000, 3)
    counts = np.unique(who, axis=0, return_counts=True)[1]
    assert counts.size == 24
    assert ((counts - 1000) ** 2 / 1000).sum() < 49.7  # chi-square, 23 degrees, 0.001
    np.testing.assert_array_equal(exchanged("random_labels", free, 500, 10, 3), who[500:510])
    fixed = np.array([True, False, False, True, False])
    moved = exchanged("population_independence", fixed, 0, 50, 3)
    assert (moved[:, [0, 3]] == [0, 3]).all()


@pytest.mark.parametrize("seed", [-1, 0.5, 2**63, None])
def test_seeds_must_fit(seed):
    with pytest.raises(WrongShape, match="seed"):
        exchanged("random_labels", np.zeros(2, bool), 0, 1, seed)


def test_uniform_numbers():
    values = np.empty(20_000)
    fill_uniform(values, 1, 2)
    assert kstest(values, "uniform").pvalue > 0.01


def test_points_and_distances_must_fit():
    with pytest.raises(NothingGiven):
        checked_points([], [])
    with pytest.raises(WrongShape):
        checked_points([1, 2], [1])
    with pytest.raises(WrongShape):
        checked_points([1, 2], [1, 2], [1])
    with pytest.raises(NotNumeric, match="y"):
        checked_points([1, 2], ["north", "south"])
    with pytest.raises(TooFew, match="3"):
        of_type(["a", "b"], 2, 3)
    with pytest.raises(NotFinite, match="x of point 1"):
        checked_points([1, np.nan], [1, 2])
    with pytest.raises(NotFinite, match="weights"):
        checked_points([1, 2], [1, 2], [np.inf, 1])
    with pytest.raises(NegativeValue, match="point 1"):
        checked_points([1, 2], [1, 2], [1, -1])
    for r, fault in (([], WrongShape), ([1, 1], WrongShape), ([-1], NegativeValue)):
        with pytest.raises(fault):
            checked_distances(r)
    with pytest.raises(NotFinite):
        checked_distances([np.nan])
    with pytest.raises(WrongShape):
        of_type(["a"], 2, "a")
    with pytest.raises(UnknownConvention, match="dropping"):
        global_bands(np.ones((2, 2)), 0.1, algorithm="other")
    with pytest.raises(WrongShape):
        local_bands(np.ones((2, 2)), 1.5)


def test_whole_weights_keep_whole_numbers_and_strips_keep_all_points():
    weights = np.array([3.0, 0, 7, 123456])
    whole = whole_weights(weights)
    assert (whole * 3 == whole[0] * weights).all()
    assert whole.sum() < 2**62
    x, y = CHANCE.random((2, 97))
    made = strips(x, y)
    assert sorted(made.order) == list(range(97))
    assert made.starts[-1] == 97
