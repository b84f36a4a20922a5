import numpy as np
import pytest

from hanse.engines.definition.clustering import METHODS, groups, ordered
from hanse.engines.definition.comparison import adjusted_rand
from hanse.engines.definition.similarity import locational_correlation
from hanse.engines.definition.tests.planted import SIZES, planted
from hanse.engines.faults import TooFew, UnknownConvention, WrongShape


@pytest.mark.parametrize("method", METHODS)
def test_finds_the_planted_clusters(method):
    for seed in range(3):
        x, truth = planted(seed=seed)
        found = groups(locational_correlation(x), len(SIZES), method=method)
        assert adjusted_rand(found, truth) == 1
        assert np.bincount(found).tolist() == sorted(SIZES, reverse=True)


@pytest.mark.parametrize("method", METHODS)
def test_relabelling_gives_the_same_groups(method):
    x, _ = planted(seed=5)
    x = np.ceil(x * np.random.default_rng(2).lognormal(0, 1, x.shape))  # no clear structure left
    near = locational_correlation(x)
    before = groups(near, 6, method=method, seed=3)
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(near))
        after = groups(near[order][:, order], 6, method=method, seed=3)
        assert adjusted_rand(before[order], after) == 1


@pytest.mark.parametrize("method", METHODS)
def test_twins_end_together(method):
    x, _ = planted(seed=7)
    twins = np.hstack([x, x[:, :4]])
    found = groups(locational_correlation(twins), 8, method=method)
    assert found[-4:].tolist() == found[:4].tolist()


def test_the_same_seed_gives_the_same_groups():
    near = locational_correlation(planted()[0])
    one, other = (groups(near, 7, method="kmeans", seed=11) for _ in range(2))
    assert np.array_equal(one, other)


def test_an_industry_without_similarities_is_in_no_group():
    x, truth = planted()
    near = locational_correlation(np.hstack([x, np.ones((len(x), 1))]))
    found = groups(near, len(SIZES))
    assert found[-1] == -1
    assert adjusted_rand(found[:-1], truth) == 1


def test_a_missing_diagonal_stands_at_the_largest_similarity():
    near = locational_correlation(planted()[0])
    np.fill_diagonal(near, np.nan)
    assert groups(near, len(SIZES)).min() == 0


def test_every_industry_alone_or_twins_only():
    near = np.eye(3)
    assert sorted(groups(near, 3)) == [0, 1, 2]
    same = np.ones((3, 3))
    assert len(groups(same, 2, method="kmeans")) == 3


def test_ordered_by_size():
    assert ordered(np.array([3, 3, 0, 1, 1, 1])).tolist() == [1, 1, 2, 0, 0, 0]
    assert ordered(np.array([-1, -1])).tolist() == [-1, -1]


def test_unfit_input():
    near = np.eye(3)
    for number in (1, 4):
        with pytest.raises(WrongShape):
            groups(near, number)
    with pytest.raises(UnknownConvention, match="ward"):
        groups(near, 2, method="median")
    with pytest.raises(TooFew):
        groups([[1]], 2)
    with pytest.raises(WrongShape, match="not defined"):
        groups([[1, np.nan, 1], [np.nan, 1, 1], [1, 1, 1]], 2)
