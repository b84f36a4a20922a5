import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanse.engines.regional import ranking as module
from hanse.engines.regional.ranking import ranking, standardised


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(module).failed == 0


def test_a_region_that_leads_in_everything_is_first_under_any_weights():
    out = ranking(np.array([[3.0, 3.0], [2.0, 1.0], [1.0, 2.0]]), np.array([1.0, 1.0]), spread=10)
    assert (out.best[0], out.worst[0]) == (1, 1)
    assert (out.best[1], out.worst[1]) == (2, 3)


def test_an_unknown_value_counts_as_the_mean():
    assert standardised(np.array([[1.0], [np.nan], [3.0]]))[1, 0] == 0


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="negative"):
        ranking(np.ones((2, 1)), np.array([-1.0]))


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 10_000))
def test_no_weights_in_the_box_give_a_rank_outside_the_bounds(regions, indicators, seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(regions, indicators))
    weights = rng.uniform(0.1, 1, size=indicators)
    out = ranking(values, weights)
    for _ in range(20):
        moved = weights * 2 ** rng.uniform(-1, 1, size=indicators)
        for place, rank in enumerate(ranking(values, moved).ranks):
            assert out.best[place] <= rank <= out.worst[place]
