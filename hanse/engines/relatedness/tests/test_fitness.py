import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.fitness import fitness
from hanse.engines.relatedness.tests.presences import PRESENCES, linked, shuffled


@given(PRESENCES)
def test_the_mean_is_one(present):
    found = fitness(present)
    for values, there in (
        (found.regions, present.any(axis=1)),
        (found.sectors, present.any(axis=0)),
    ):
        assert np.array_equal(np.isnan(values), ~there)
        if there.any():
            assert values[there].mean() == pytest.approx(1)


@given(st.integers(0, 99))
def test_relabelling_moves_the_values_along(seed):
    present = linked(9, 12)
    rows, columns = shuffled(present.shape, seed)
    found, other = fitness(present), fitness(present[rows][:, columns])
    np.testing.assert_allclose(other.regions, found.regions[rows], rtol=1e-9)
    np.testing.assert_allclose(other.sectors, found.sectors[columns], rtol=1e-9)


def test_the_first_two_iterations_by_hand():
    one = fitness([[1, 1], [1, 0]], iterations=1)
    assert one.sectors.tolist() == pytest.approx([2 / 3, 4 / 3])
    two = fitness([[1, 1], [1, 0]], iterations=2)
    assert two.regions.tolist() == pytest.approx([1.5, 0.5])


def test_the_change_says_whether_it_came_to_rest():
    present = linked(20, 30, share=0.6)
    assert fitness(present, iterations=500).change < 1e-9 < fitness(present, iterations=3).change


def test_unfit_arguments():
    for wrong in ({"iterations": 0}, {"extremality": 0}, {"extremality": np.nan}):
        with pytest.raises(WrongShape):
            fitness([[1]], **wrong)
