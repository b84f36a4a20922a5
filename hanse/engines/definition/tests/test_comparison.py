import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.definition.comparison import adjusted_rand, linked_above_others, linked_together
from hanse.engines.faults import NothingGiven, TooFew, WrongShape

GROUPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12)


def test_adjusted_rand_of_the_textbook():
    # Hubert and Arabie: pairs together in both 2, in one 6 and 4, of 15.
    assert adjusted_rand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]) == pytest.approx(
        (2 - 6 * 3 / 15) / (4.5 - 6 * 3 / 15)
    )


@given(GROUPS)
def test_symmetric_and_one_for_the_same(pairs):
    a, b = map(list, zip(*pairs, strict=True))
    assert adjusted_rand(a, b) == pytest.approx(adjusted_rand(b, a), nan_ok=True)
    if 1 < len(set(a)) < len(a):
        assert adjusted_rand(a, [3 - each for each in a]) == pytest.approx(1)


def test_industries_in_no_group_do_not_count():
    assert adjusted_rand([0, 0, 1, 1, -1], [1, 1, 0, 0, 0]) == 1
    assert np.isnan(adjusted_rand([0, 0], [1, 1]))
    with pytest.raises(TooFew):
        adjusted_rand([0, -1], [0, 0])
    with pytest.raises(WrongShape):
        adjusted_rand([0, 0], [0])


def test_linked_pairs_against_chance():
    links = np.zeros((4, 4))
    links[0, 1] = links[2, 0] = 1
    found = linked_together([0, 0, 1, 1], links)
    assert (found.linked, found.share, found.by_chance) == (2, 0.5, pytest.approx(1 / 3))
    assert found.lift == pytest.approx(1.5)
    assert np.isnan(linked_together([0, 1, 2, 3], links).lift)


def test_linked_pairs_are_more_similar():
    near = np.array([[1, 0.9, 0.5], [0.9, 1, 0.5], [0.5, 0.5, 1]])
    assert linked_above_others(near, np.diag([1, 0], k=1)) == 1
    assert linked_above_others(near, [[0, 0, 1], [0, 0, 0], [0, 0, 0]]) == 0.25


def test_links_that_do_not_fit():
    with pytest.raises(NothingGiven):
        linked_together([0, 0], np.eye(2))
    with pytest.raises(NothingGiven):
        linked_above_others(np.eye(2), np.zeros((2, 2)))
    with pytest.raises(WrongShape):
        linked_together([0, 0], [[0, 2], [0, 0]])
    with pytest.raises(WrongShape):
        linked_together([0, 0, 0], np.zeros((2, 2)))
