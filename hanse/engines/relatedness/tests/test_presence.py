from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hanse.engines.faults import NegativeValue, NotFinite, NothingGiven, NotNumeric, WrongShape
from hanse.engines.relatedness.presence import presence

COUNTS = arrays(
    np.int64,
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
    elements=st.sampled_from([0, 1, 2, 3, 4, 6, 7, 12, 10**9 - 1, 10**9]),
).filter(lambda x: x.any())
LIMITS = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 4), Fraction(2), Fraction(1, 7)])


def by_definition(x: np.ndarray, limit: Fraction) -> list[list[bool]]:
    """In Python's whole numbers, which know no size."""
    rows = [sum(map(int, row)) for row in x]
    columns = [sum(map(int, column)) for column in x.T]
    return [
        [
            int(value) > 0
            and int(value) * sum(rows) * limit.denominator >= limit.numerator * row * column
            for value, column in zip(line, columns, strict=True)
        ]
        for line, row in zip(x, rows, strict=True)
    ]


@given(COUNTS, LIMITS)
def test_decides_as_whole_numbers_do(x, limit):
    assert presence(x, limit).tolist() == by_definition(x, limit)
    assert presence(x.astype(float), limit).tolist() == by_definition(x, limit)


def test_a_quotient_of_one_is_reached_at_any_size():
    x = np.outer([3, 7, 10**9], [1, 2, 9, 10**9])
    assert presence(x).all()
    x[2, 3] += 1  # beyond what float64 can tell apart
    assert presence(x).tolist() == by_definition(x, Fraction(1))


def test_a_decimal_threshold_means_its_digits():
    assert presence([[1, 99], [99, 801]], 0.1).all()
    assert presence([[1, 99], [100, 800]], 0.1).tolist() == [[False, True], [True, True]]


def test_amounts_with_fractions_within_rounding_of_the_threshold_count():
    assert presence([[0.1, 0.2], [0.3, 0.6]]).all()


def test_amounts_of_any_magnitude_do_not_overflow():
    x = np.array([[3.0, 6.0], [7.0, 14.5]])
    for factor in (1e-300, 1e300):
        assert presence(x * factor).tolist() == presence(x).tolist()


def test_an_empty_region_or_sector_has_nothing():
    assert presence([[0, 0], [1, 0]]).tolist() == [[False, False], [True, False]]


@pytest.mark.parametrize(
    ("x", "fault"),
    [
        ([[1, -1]], NegativeValue),
        ([[1, np.nan]], NotFinite),
        ([[1, np.inf]], NotFinite),
        ([[0, 0]], NothingGiven),
        (np.zeros((0, 3)), NothingGiven),
        ([1, 2], WrongShape),
        ([[1], [1, 2]], WrongShape),
        ([["a"]], NotNumeric),
    ],
)
def test_unfit_matrices_are_refused(x, fault):
    with pytest.raises(fault):
        presence(x)


def test_a_threshold_is_above_zero():
    with pytest.raises(WrongShape):
        presence([[1]], 0)


def test_the_reference_may_lie_outside():
    assert presence([[1, 1]], reference=[1, 3]).tolist() == [[True, False]]
