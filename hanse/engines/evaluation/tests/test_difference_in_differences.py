import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.evaluation import difference_in_differences


def panel(effect=0.0, units=40, periods=8, start=5, seed=3):
    random = np.random.default_rng(seed)
    rows = random.normal(size=(units, 1)) * 5 + np.arange(periods) * 0.7
    rows = rows + random.normal(size=(units, periods)) * 0.3
    treated = np.arange(units) < 6
    rows[treated, start:] += effect
    return rows, treated, start


def test_a_planted_effect_is_found_and_nothing_before_it():
    rows, treated, start = panel(effect=2.0)
    found = difference_in_differences(rows, treated, start)
    assert abs(found.effect - 2.0) < 4 * found.standard_error
    assert found.placebo_p == 1 / 1000
    assert (np.abs(found.gaps[:start]) < 0.5).all()
    assert (found.gaps[start:] > found.band_high[start:]).all()


def test_without_an_effect_the_placebos_are_as_large():
    found = difference_in_differences(*panel())
    assert found.placebo_p > 0.05
    assert abs(found.effect) < 3 * found.standard_error


def test_few_units_give_all_placebos():
    rows, _, start = panel(units=9)
    found = difference_in_differences(rows, np.arange(9) == 0, start)
    assert found.is_exhaustive
    assert found.placebos == 8
    assert np.isnan(found.standard_error)


def test_units_may_stand_in_any_order():
    rows, treated, start = panel(effect=1.0)
    order = np.random.default_rng(5).permutation(len(rows))
    here = difference_in_differences(rows, treated, start)
    there = difference_in_differences(rows[order], treated[order], start)
    assert here.effect == pytest.approx(there.effect, rel=1e-12)


@pytest.mark.parametrize(
    ("rows", "treated", "start", "fault"),
    [
        ([[1, 2], [3, np.nan], [1, 2]], [1, 0, 0], 1, faults.NotFinite),
        ([[1, 2], [3, 4], [1, 2]], [0, 0, 0], 1, faults.TooFew),
        ([[1, 2], [3, 4]], [1, 0], 1, faults.TooFew),
        ([[1, 2], [3, 4], [1, 2]], [1, 0, 0], 0, faults.TooFew),
        ([[1, 2], [3, 4], [1, 2]], [1, 0], 1, faults.WrongShape),
    ],
)
def test_what_does_not_fit_is_refused(rows, treated, start, fault):
    with pytest.raises(fault):
        difference_in_differences(rows, treated, start)
