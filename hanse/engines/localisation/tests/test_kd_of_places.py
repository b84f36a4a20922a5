import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.localisation.kd import kd
from hanse.engines.localisation.kd_of_places import kd_of_places

RANDOM = np.random.default_rng(7)
X, Y = RANDOM.uniform(0, 1000, size=(2, 80))
TOTALS = RANDOM.lognormal(8, 1, size=80).round()
R = [50, 100, 200, 400]


def test_the_curve_is_the_weighted_kd_of_the_places():
    persons = (TOTALS * RANDOM.uniform(0.01, 0.2, size=80)).round()
    found = kd_of_places(X, Y, persons, TOTALS, R, h=40, simulations=9)
    wanted = kd(X, Y, ["a"] * 80, R, weights=persons, rule=40.0, exact=True)
    assert found.observed == pytest.approx(wanted, rel=1e-4)


def test_neighbouring_places_with_a_sector_are_told_from_chance():
    even = np.full(80, 1000.0)
    persons = np.where((X < 250) & (Y < 250), 500, 10)
    found = kd_of_places(X, Y, persons, even, R, h=40, test=True)
    assert (found.observed[:2] > found.high[:2]).all()
    assert found.p <= 0.01


def test_a_sector_that_follows_all_employment_stays_within_the_bands():
    found = kd_of_places(X, Y, TOTALS * 0.1, TOTALS, R, h=40)
    assert found.observed == pytest.approx(found.low)
    assert found.observed == pytest.approx(found.high)


def test_threads_and_scale_change_nothing():
    persons = (TOTALS * RANDOM.uniform(0.01, 0.2, size=80)).round()
    one = kd_of_places(X, Y, persons, TOTALS, R, h=40, seed=3, threads=1)
    two = kd_of_places(X, Y, persons, TOTALS, R, h=40, seed=3, threads=2)
    assert one.low.tobytes() == two.low.tobytes()
    ten = kd_of_places(X, Y, persons * 10, TOTALS * 10, R, h=40, seed=3)
    assert ten.high == pytest.approx(one.high, rel=1e-9)


def test_one_place_alone_has_no_curve():
    persons = np.zeros(80)
    persons[3] = 5
    assert np.isnan(kd_of_places(X, Y, persons, TOTALS, R, h=40).observed).all()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"x": [0, 1], "y": [0, 1], "persons": [1, 1], "totals": [2, 2]}, faults.TooFew),
        ({"persons": [9] * 80, "totals": [1] * 80}, faults.WrongShape),
        ({"persons": [-1] * 80}, faults.NegativeValue),
        ({"h": 0}, faults.NotFinite),
        ({"simulations": 0}, faults.TooFew),
        ({"r": [5, 4]}, faults.WrongShape),
    ],
)
def test_what_does_not_fit_is_refused(change, fault):
    given = {"x": X, "y": Y, "persons": TOTALS / 10, "totals": TOTALS, "r": R, "h": 40, **change}
    with pytest.raises(fault):
        kd_of_places(**given)
