from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines import faults
from hanse.engines.chains import fewest_covering

ROWS = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=4, max_size=4),
    min_size=1,
    max_size=6,
)


@given(ROWS)
def test_no_smaller_set_covers_as_much(rows):
    strengths = {f"r{place}": row for place, row in enumerate(rows)}
    found = fewest_covering(strengths)
    strong = {
        region: {stage for stage, value in enumerate(row) if value is not None and value >= 1}
        for region, row in strengths.items()
    }
    goal = set().union(*strong.values())
    assert set(found.covered) == goal
    assert set().union(*(strong[region] for region in found.regions), set()) == goal
    for size in range(len(found.regions)):
        for chosen in combinations(strong, size):
            assert set().union(*(strong[one] for one in chosen), set()) != goal


def test_the_stronger_of_two_equal_ways_is_chosen():
    assert fewest_covering({"a": [1, 1], "b": [3, 3], "c": [9, 0]}).regions == ("b",)


def test_a_fixed_region_stays_and_others_fill_what_it_lacks():
    found = fewest_covering({"a": [2, 0, 0], "b": [3, 3, 0], "c": [0, 0, None]}, fixed=["a"])
    assert found.regions == ("a", "b")
    assert found.uncovered == (2,)


def test_what_does_not_fit_is_refused():
    with pytest.raises(faults.TooFew):
        fewest_covering({})
    with pytest.raises(faults.WrongShape):
        fewest_covering({"a": [1], "b": [1, 2]})
    with pytest.raises(faults.WrongShape):
        fewest_covering({"a": [1] * 11})
