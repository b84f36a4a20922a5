"""Each score on a graph small enough to be computed by hand."""

import math

import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.matching import (
    adamic_adar,
    pair_lift,
    popularity,
    profile_cosine,
    small_share,
    three_step_paths,
    walk,
)
from hanse.engines.matching.tests.worlds import of_projects

CHAIN = of_projects([[1, 2], [2, 3], [3, 4]])


def test_adamic_adar_of_the_complete_graph_of_five():
    """The number that stands in networkx' documentation of `adamic_adar_index`."""
    complete = of_projects([[1, 2, 3, 4, 5]])
    assert adamic_adar(complete, [0])[0, 1] == pytest.approx(2.1640425613334453)


def test_adamic_adar_counts_a_partner_of_many_for_less():
    crossed = of_projects([[1, 2], [2, 3], [1, 4], [4, 3], [4, 5]])
    assert adamic_adar(crossed, [0])[0].tolist() == pytest.approx(
        [
            1 / math.log(2) + 1 / math.log(3),
            0,
            1 / math.log(2) + 1 / math.log(3),
            0,
            1 / math.log(3),
        ]
    )


def test_paths_of_three_steps_along_a_chain():
    paths = three_step_paths(CHAIN, [0, 3])
    # 1 / sqrt(1 x 2 x 2 x 2 x 2 x 1): each inner degree is passed twice.
    assert paths[0, 3] == paths[1, 0] == pytest.approx(1 / 4)
    assert paths[0, 2] == 0


def test_a_walk_between_two_is_known_in_closed_form():
    pair = of_projects([[1, 2]])
    assert walk(pair, [0], restart=0.15)[0].tolist() == pytest.approx([0.575, 0.425])


def test_a_walk_takes_a_giant_consortium_for_one_choice():
    both = of_projects([[1, 2], [1, 3, 4, 5]])
    once = walk(both, [0], restart=0.5, steps=1)[0]
    assert once.tolist() == pytest.approx([0.5 + 0.125 + 0.0625, 0.125, 0.0625, 0.0625, 0.0625])


def test_walks_of_several_are_those_of_each():
    several = walk(CHAIN, [3, 0])
    assert several.sum(axis=1).tolist() == pytest.approx([1, 1])
    assert several[1].tolist() == walk(CHAIN, [0])[0].tolist()


@pytest.mark.parametrize("restart", [0, 1.5, math.nan])
def test_a_walk_that_never_or_more_than_always_returns_is_refused(restart):
    with pytest.raises(faults.WrongShape):
        walk(CHAIN, [0], restart=restart)


def test_an_organisation_without_partners_has_no_score():
    alone = of_projects([[1, 2], [3]])
    for score in (adamic_adar, three_step_paths):
        assert not score(alone, [2]).any()
    assert walk(alone, [2])[0, :2].tolist() == [0, 0]


def test_popularity_is_the_same_list_for_everybody():
    assert popularity(CHAIN, [0, 3]).tolist() == [[1, 2, 2, 1]] * 2


def test_small_share_is_drawn_to_a_half_where_little_is_known():
    giant = list(range(1, 14))
    mixed = of_projects([giant, [1, 20], [1, 21], [30]])
    by_code = dict(zip(mixed.organisations.tolist(), small_share(mixed).tolist(), strict=True))
    assert by_code[1] == pytest.approx(2.5 / 4)
    assert by_code[2] == pytest.approx(0.25)
    assert by_code[20] == pytest.approx(0.75)
    assert by_code[30] == pytest.approx(0.5)


def test_profile_cosine_weighs_rare_programmes_more():
    parts = {0: "A", 1: "A;B", 2: "B", 3: "C"}
    seen = of_projects([[1], [2], [3], [4]], programmes=parts)
    # A and B are each held by two of four, C by one: ln 2, ln 2, ln 4.
    cosine = profile_cosine(seen, [0, 1])
    assert cosine[0].tolist() == pytest.approx([1, math.sqrt(0.5), 0, 0])
    assert cosine[1].tolist() == pytest.approx([math.sqrt(0.5), 1, math.sqrt(0.5), 0])


def test_a_profile_of_what_everybody_does_says_nothing():
    same = of_projects([[1, 2]], programmes={0: "A"})
    assert profile_cosine(same, [0])[0].tolist() == [0, 0]


def test_lift_of_countries_that_meet_only_abroad():
    abroad = of_projects([[1, 2]] * 6, country={1: "DE", 2: "FR"})
    # Observed 6 across and 0 at home each way, expected 12 / 4 = 3 in each of the four.
    lift = pair_lift(abroad, abroad.country, 2)
    assert lift[0, 1] == lift[1, 0] == pytest.approx(math.log(8 / 5))
    assert lift[0, 0] == lift[1, 1] == pytest.approx(math.log(2 / 5))


def test_lift_counts_a_seat_once_however_large_the_project():
    triple = of_projects([[1, 2, 3]], country={1: "DE", 2: "DE", 3: "FR"})
    lift = pair_lift(triple, triple.country, 2)
    observed, each = np.array([[1, 1], [1, 0]]), np.array([2, 1])
    expected = np.outer(each, each) / 3
    assert np.allclose(lift, np.log((observed + 2) / (expected + 2)))


def test_groups_that_never_meet_anybody_have_no_lift():
    assert not pair_lift(of_projects([[1], [2]]), np.array([0, 1]), 2).any()
