import numpy as np
import pytest

from hanse.engines.faults import TooFew, Unfit, UnknownConvention, WrongShape
from hanse.engines.localisation.kd import kd
from hanse.engines.localisation.kd_envelope import kd_envelope, simulated_kd

CHANCE = np.random.default_rng(7)
X, Y = CHANCE.random((2, 500))
TYPES = CHANCE.integers(0, 3, 500)
WEIGHTS = CHANCE.integers(1, 100, 500).astype(float)
R = np.linspace(0, 0.5, 21)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
@pytest.mark.parametrize("neighbour", [0, 1])
@pytest.mark.parametrize("rule", ["silverman", "sheather_jones", 0.013])
def test_bins_follow_the_exact_sum(weights, neighbour, rule):
    how = {"weights": weights, "rule": rule}
    fast = kd(X, Y, TYPES, R, 0, neighbour, **how)
    exact = kd(X, Y, TYPES, R, 0, neighbour, **how, exact=True)
    np.testing.assert_allclose(fast, exact, rtol=1e-4)


@pytest.mark.parametrize("weights", [None, WEIGHTS])
def test_simulated_curves_follow_the_exact_sum(weights):
    """Nothing moves under population independence but the others: the curve is the observed one."""
    how = {"null": "population_independence", "simulations": 2, "seed": 1, "weights": weights}
    curves = simulated_kd(X, Y, TYPES, R, 0, **how)
    exact = kd(X, Y, TYPES, R, 0, weights=weights, exact=True)
    np.testing.assert_allclose(curves, np.stack([exact, exact]), rtol=1e-3)


def test_it_is_a_density():
    r = np.linspace(0, 3, 3001)
    values = kd(X, Y, TYPES, r, 0, rule=0.05, exact=True)
    assert np.trapezoid(values, r) == pytest.approx(1, abs=1e-6)


def test_turning_and_moving_change_nothing():
    turned = 0.6 * X - 0.8 * Y + 3, 0.8 * X + 0.6 * Y - 1
    here, there = kd(X, Y, TYPES, R, 0, exact=True), kd(*turned, TYPES, R, 0, exact=True)
    np.testing.assert_allclose(here, there, rtol=1e-9)


def test_more_points_than_are_kept_as_distances():
    """Beyond four million pairs the bandwidth is read from bins."""
    x, y = np.random.default_rng(8).random((2, 3000))
    types = np.zeros(3000)
    r = np.linspace(0, 0.3, 5)
    ours = kd(x, y, types, r)
    d = np.hypot(x[:, None] - x, y[:, None] - y)[np.triu_indices(3000, 1)]
    near = d[d <= 0.6]
    low, high = np.quantile(near, [0.25, 0.75])
    h = 0.9 * min(near.std(ddof=1), (high - low) / 1.34) * near.size**-0.2
    np.testing.assert_allclose(ours, kd(x, y, types, r, rule=h), rtol=1e-5)


def test_threads_and_order_give_the_same_bands():
    order = np.random.default_rng(9).permutation(500)
    first = kd_envelope(X, Y, TYPES, R, 0, weights=WEIGHTS, threads=1, keep=True)
    second = kd_envelope(
        X[order], Y[order], TYPES[order], R, 0, weights=WEIGHTS[order], threads=2, keep=True
    )
    assert first.curves.tobytes() == second.curves.tobytes()
    assert first.low.tobytes() == second.low.tobytes()


def test_undefined_and_unfit():
    assert np.isnan(kd([1, 1, 1], [2, 2, 2], ["a"] * 3, [0, 1])).all()
    assert np.isnan(kd([0, 9], [0, 0], ["a"] * 2, [0, 1])).all()
    with pytest.raises(TooFew):
        kd([1], [1], ["a"], [0, 1])
    with pytest.raises(WrongShape):
        kd([1, 2], [1, 2], ["a", "a"], [0])
    with pytest.raises(UnknownConvention, match="dbmss"):
        kd(X, Y, TYPES, R, 0, like="other")
    with pytest.raises(UnknownConvention):
        kd(X, Y, TYPES, R, 0, rule="other")
    with pytest.raises(UnknownConvention):
        kd_envelope(X, Y, TYPES, R, 0, null="other")
    with pytest.raises(Unfit):
        kd_envelope(X, Y, TYPES, R, 0, rule=1e-7)
