"""The offline test on lists that were written by hand."""

import numpy as np
import pytest

from hanse.engines import faults
from hanse.engines.matching import new_partners, popularity
from hanse.engines.matching.protocol import (
    lists,
    measures,
    paired_ratio,
    recall,
    slice_of,
)
from hanse.engines.matching.ranking import NOBODY, first_places, tie_order
from hanse.engines.matching.tests.worlds import of_projects

# 1 knows 2; the others are alone. Later 1 meets 3 and 4, and 5 meets 6.
WORLD = of_projects(
    [[1, 2], [3], [4], [5], [6]], country={1: "DE", 2: "DE", 3: "DE", 4: "FR", 5: "IT", 6: "IT"}
)
TRUTH = new_partners(WORLD, [1, 3, 4, 5, 6], [1, 1, 1, 2, 2])
QUERIES = np.array([0, 4])


def listed(*rows, most=50):
    out = np.full((len(rows), most), NOBODY)
    for row, numbers in zip(out, rows, strict=True):
        row[: len(numbers)] = numbers
    return out


def test_measures_of_two_lists():
    # 1 is shown 5, 3, 4 (the last two true), 5 is shown 1 and 2 (neither).
    found = measures(WORLD, TRUTH, QUERIES, listed([4, 2, 3], [0, 1]))
    assert found.recall_10 == pytest.approx((1 + 0) / 2)
    assert found.mrr == pytest.approx((1 / 2 + 0) / 2)
    assert found.map_50 == pytest.approx(((1 / 2 + 2 / 3) / 2 + 0) / 2)
    assert found.coverage == pytest.approx(5 / 6)
    # Abroad of DE: IT and FR, not DE; of IT: both DE.
    assert found.abroad == pytest.approx(4 / 5)


def test_recall_counts_all_true_ones_also_where_they_cannot_fit():
    many = of_projects([[n] for n in range(30)])
    truth = new_partners(many, list(range(30)), [1] * 30)
    assert recall(truth, np.array([0]), listed(range(1, 30)), 10)[0] == pytest.approx(10 / 29)


def test_only_the_first_ten_count_for_ten():
    far = listed([1, 5, 4, *[NOBODY] * 7, 2])
    assert recall(TRUTH, np.array([0]), far, 10).tolist() == [0]
    assert recall(TRUTH, np.array([0]), far, 50).tolist() == [0.5]


def test_slices_by_collaborative_projects():
    busy = [[1, 2]] * 51 + [[3, 4], [3, 5], [6]]
    assert slice_of(of_projects(busy)).tolist() == [
        "hub", "hub", "regular", "cold", "cold", "isolated",
    ]  # fmt: skip
    assert slice_of(of_projects([[1, 2]] * 50)).tolist() == ["regular"] * 2


def test_partners_and_oneself_are_no_candidates():
    named = first_places(WORLD, [0], np.zeros((1, 6)), tie_order(WORLD), most=10)[0]
    assert sorted(named[named != NOBODY].tolist()) == [2, 3, 4, 5]


def test_ties_go_to_who_has_more_partners_and_then_by_a_seeded_lot():
    world = of_projects([[1], [2, 3], [3, 4], [5], [6], [7], [8]])
    first = lists(world, np.array([0]), lambda graph, who: np.zeros((len(who), graph.size)))[0]
    assert first[0] == 2
    assert set(first[1:3].tolist()) == {1, 3}
    orders = {tuple(np.argsort(tie_order(world, seed))) for seed in range(20)}
    assert len(orders) > 5
    assert (tie_order(world, 3) == tie_order(world, 3)).all()


def test_lists_of_popularity_lead_with_the_hub():
    star = of_projects([[1, 2], [1, 3], [1, 4], [5, 6]])
    assert lists(star, np.array([4]), popularity, most=2)[0, 0] == 0


def test_the_ratio_is_paired():
    """Ours is always twice theirs, however hard a query is: there is no doubt about the ratio."""
    theirs = np.linspace(0.1, 1, 40)
    found = paired_ratio(2 * theirs, theirs)
    assert (found.ratio, found.low, found.high) == pytest.approx((2, 2, 2))
    lot = np.random.default_rng(0)
    doubtful = paired_ratio(lot.permutation(2 * theirs), theirs)
    assert doubtful.low < 1.8
    assert doubtful.high > 2.2
    assert doubtful == paired_ratio(np.random.default_rng(0).permutation(2 * theirs), theirs)


def test_what_cannot_be_measured_is_refused():
    with pytest.raises(faults.NothingGiven):
        measures(WORLD, TRUTH, np.array([], dtype=int), listed())
    with pytest.raises(faults.NothingGiven):
        recall(TRUTH, np.array([1]), listed([3]))
    with pytest.raises(faults.WrongShape):
        paired_ratio(np.ones(2), np.ones(3))
    with pytest.raises(faults.NothingGiven):
        paired_ratio(np.ones(2), np.zeros(2))
