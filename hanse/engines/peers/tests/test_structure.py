import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.peers import Part, structural_peers


def test_typical_is_the_mean_over_all_pairs():
    values = np.array([3.0, 9.0, np.nan, 1.0, 4.0])
    known = values[~np.isnan(values)]
    pairs = [abs(a - b) for i, a in enumerate(known) for b in known[i + 1 :]]
    assert Part.of_values(values, 0).typical == pytest.approx(np.mean(pairs))


def test_contributions_add_up_to_the_distance():
    parts = {
        "people": Part.of_values(np.array([1.0, 2.0, 4.0, 9.0]), 1),
        "income": Part.of_values(np.array([10.0, 40.0, np.nan, 30.0]), 1),
    }
    found = structural_peers(parts, {"people": 2, "income": 1})
    squares = sum(one**2 for one in found.contributions.values())
    assert squares == pytest.approx(found.distance**2)
    assert found.distance[1] == 0
    assert found.known.tolist() == [1.0, 1.0, pytest.approx(2 / 3), 1.0]


def test_a_region_of_which_too_little_is_known_has_no_distance():
    parts = {
        "people": Part.of_values(np.array([1.0, 2.0]), 0),
        "income": Part.of_values(np.array([1.0, np.nan]), 0),
    }
    assert np.isnan(structural_peers(parts, {"people": 1, "income": 3}).distance[1])


def test_weights_must_say_something():
    parts = {"people": Part.of_values(np.array([1.0, 2.0]), 0)}
    with pytest.raises(faults.NothingGiven):
        structural_peers(parts, {"people": 0})
    with pytest.raises(faults.NegativeValue):
        structural_peers(parts, {"people": -1})
    with pytest.raises(faults.NotFinite):
        structural_peers(parts, {"people": float("inf")})
