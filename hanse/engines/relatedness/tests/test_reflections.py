import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.faults import UnknownConvention, WrongShape
from hanse.engines.relatedness.complexity import economic_complexity
from hanse.engines.relatedness.diversity import diversity, ubiquity
from hanse.engines.relatedness.reflections import reflections
from hanse.engines.relatedness.tests.presences import PRESENCES, linked


@given(PRESENCES, st.integers(0, 12))
def test_undefined_exactly_where_nothing_is_present(present, steps):
    both = reflections(present, steps)
    assert np.array_equal(np.isnan(both.regions), ~present.any(axis=1))
    assert np.array_equal(np.isnan(both.sectors), ~present.any(axis=0))


def test_the_first_steps():
    present = [[1, 1, 0], [1, 0, 0]]
    assert reflections(present, 0).regions.tolist() == diversity(present).tolist()
    assert reflections(present, 1).regions.tolist() == [1.5, 2]
    assert reflections(present, 1).sectors.tolist()[:2] == [1.5, 2]
    assert ubiquity(present).tolist() == [2, 1, 0]


def test_scaling_on_the_way_keeps_the_digits():
    """After 2,000 steps the bare values agree to all digits; scaled ones still tend to ECI."""
    present = linked(30, 40)
    scaled = reflections(present, 2000, scale="sample").regions
    eci = economic_complexity(present, scale="sample").eci
    np.testing.assert_allclose(scaled * np.sign(scaled @ eci), eci, atol=1e-6)


def test_nothing_to_scale_is_undefined():
    assert np.isnan(reflections([[1, 1], [1, 1]], 4, scale="hundred").regions).all()


def test_unfit_arguments():
    with pytest.raises(WrongShape):
        reflections([[1]], -1)
    with pytest.raises(UnknownConvention):
        reflections([[1]], 1, like="ecomplexity")
