import numpy as np
import pytest
from hypothesis import given

from hanse.engines.faults import UnknownConvention, WrongShape
from hanse.engines.relatedness.co_occurrence import co_occurrences
from hanse.engines.relatedness.tests.presences import PRESENCES, linked


@given(PRESENCES)
def test_counts_what_is_there_together(present):
    whole = present.astype(int)
    assert co_occurrences(present).tolist() == (whole.T @ whole).tolist()
    assert co_occurrences(whole, of="regions").tolist() == (whole @ whole.T).tolist()


def test_large_matrices_are_added_up_in_blocks():
    present = linked(5000, 1200)
    whole = present.astype(float)
    assert np.array_equal(co_occurrences(present), whole.T @ whole)


def test_the_diagonal_may_be_left_out():
    assert co_occurrences([[1, 1]], own=False).tolist() == [[0, 1], [1, 0]]


def test_other_values_than_zero_and_one_are_refused():
    with pytest.raises(WrongShape, match="row 1, column 0"):
        co_occurrences([[1, 0], [2, 1]])
    with pytest.raises(UnknownConvention):
        co_occurrences([[1]], of="plants")
