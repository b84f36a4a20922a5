import numpy as np
import pytest

from hanse.engines.definition.cleaning import OUTLIER, SMALL_CLUSTER, cleaned
from hanse.engines.definition.comparison import adjusted_rand
from hanse.engines.definition.similarity import locational_correlation
from hanse.engines.definition.tests.planted import planted
from hanse.engines.definition.validation import average_relatedness
from hanse.engines.faults import WrongShape


def test_misplaced_industries_find_home():
    x, truth = planted()
    near = locational_correlation(x)
    wrong = truth.copy()
    wrong[0], wrong[-1] = 2, 1
    found = cleaned(wrong, near)
    assert adjusted_rand(found.labels, truth) == 1
    assert {(m.industry, m.origin, m.target, m.reason) for m in found.moves} == {
        (0, 2, 0, OUTLIER),
        (len(truth) - 1, 1, 3, OUTLIER),
    }
    first = found.moves[0]
    averages = average_relatedness(wrong, near).industries[first.industry]
    assert (first.own, first.other) == (averages[first.origin], averages[first.target])


def test_small_clusters_are_dissolved():
    x, truth = planted()
    near = locational_correlation(x)
    split = truth.copy()
    split[3], split[4] = 4, 5
    found = cleaned(split, near, smallest=2)
    assert adjusted_rand(found.labels, truth) == 1
    assert {move.reason for move in found.moves} == {SMALL_CLUSTER}
    assert found.labels.max() == 3


def test_good_clusters_stay():
    x, truth = planted()
    found = cleaned(truth, locational_correlation(x))
    assert found.moves == ()
    assert np.array_equal(found.labels, truth)
    wrong = truth.copy()
    wrong[0] = 2
    assert cleaned(wrong, locational_correlation(x), margin=2).moves == ()


def test_it_ends_and_two_clusters_stay():
    generator = np.random.default_rng(3)
    for _ in range(20):
        near = generator.random((9, 9))
        near += near.T
        labels = np.concatenate([np.arange(4), generator.integers(0, 4, 5)])
        found = cleaned(labels, near, smallest=4)
        assert len(set(found.labels)) >= 2
        outliers = [move.industry for move in found.moves if move.reason == OUTLIER]
        assert len(outliers) == len(set(outliers))


def test_industries_without_cluster_stay_without():
    near = locational_correlation(planted()[0])
    labels = np.array([-1] * 3 + [0] * 8 + [1] * 7)
    assert (cleaned(labels, near).labels[:3] == -1).all()


def test_unfit_arguments():
    for wrong in ({"smallest": 0}, {"margin": -1}, {"margin": np.nan}):
        with pytest.raises(WrongShape):
            cleaned([0, 1], np.eye(2), **wrong)
