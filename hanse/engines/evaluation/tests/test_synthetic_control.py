import numpy as np
import pytest
from scipy.optimize import minimize

from hanse.engines import faults
from hanse.engines.evaluation import synthetic_control


def donors(seed=1, units=8, periods=12):
    random = np.random.default_rng(seed)
    return 10 + random.normal(size=(units, periods)).cumsum(axis=1)


def test_a_known_mix_is_found_again():
    pool = donors()
    series = 0.6 * pool[2] + 0.4 * pool[5]
    series[9:] += 3.0
    found = synthetic_control(series, pool, 9)
    assert found.weights == pytest.approx([0, 0, 0.6, 0, 0, 0.4, 0, 0], abs=1e-8)
    assert found.gaps[9:] == pytest.approx([3.0] * 3, abs=1e-7)
    assert found.placebo_p == 1 / 9


def test_weights_are_the_constrained_least_squares_solution():
    pool = donors(seed=4)
    series = donors(seed=9)[0]
    found = synthetic_control(series, pool, 9)
    peer = minimize(
        lambda w: ((series[:9] - w @ pool[:, :9]) ** 2).sum(),
        np.full(8, 1 / 8),
        bounds=[(0, 1)] * 8,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    ours = ((series[:9] - found.weights @ pool[:, :9]) ** 2).sum()
    assert ours <= peer.fun * (1 + 1e-9)
    assert found.weights.sum() == pytest.approx(1.0)


def test_bands_are_of_donors_that_fitted():
    pool = donors()
    pool[0] = 1000 + 400 * np.sin(np.arange(12))
    found = synthetic_control(donors(seed=2)[0], pool, 9)
    assert found.placebos < 8
    assert np.isfinite(found.band_low).all()


@pytest.mark.parametrize(
    ("series", "pool", "start", "fault"),
    [
        ([1, 2, 3], [[1, 2, 3]], 1, faults.TooFew),
        ([1, 2, 3], [[1, 2], [1, 3]], 1, faults.WrongShape),
        ([1, np.nan, 3], [[1, 2, 3], [1, 3, 2]], 1, faults.NotFinite),
        ([1, 2, 3], [[1, 2, 3], [1, 3, 2]], 3, faults.TooFew),
    ],
)
def test_what_does_not_fit_is_refused(series, pool, start, fault):
    with pytest.raises(fault):
        synthetic_control(series, pool, start)
