import numpy as np
import pytest

from hanse.engines.definition.similarity import locational_correlation
from hanse.engines.definition.tests.planted import planted
from hanse.engines.definition.validation import average_relatedness, validation_scores
from hanse.engines.faults import TooFew, WrongShape

NEAR = np.array(
    [
        [1, 0.8, 0.3, 0.1, 0.5],
        [0.8, 1, 0.2, 0.1, 0.9],
        [0.3, 0.2, 1, 0.4, 0.1],
        [0.1, 0.1, 0.4, 1, 0.1],
        [0.5, 0.9, 0.1, 0.1, 1],
    ]
)


def test_averages_by_hand():
    found = average_relatedness([0, 0, 1, 1, 2], NEAR)
    np.testing.assert_allclose(found.industries[0], [0.8, 0.2, 0.5])
    np.testing.assert_allclose(found.clusters[0], [0.8, 0.175, 0.7])
    assert np.isnan(found.clusters[2, 2])


def test_scores_by_hand():
    found = validation_scores([0, 0, 1, 1, 2], NEAR)
    # Clusters: 0.8 over 0.4375 and over nearly 0.7; 0.4 over 0.1375; one alone.
    assert found.cluster_average == found.cluster_high == pytest.approx(2 / 3)
    # Industries: 0.8 > 0.35; 0.8 > 0.525 but not 0.9; 0.4 > both times two; one alone.
    assert found.industry_average == pytest.approx(4 / 5)
    assert found.industry_high == pytest.approx(3 / 5)
    assert found.overall == pytest.approx((2 / 3 + 0.7) / 2)


def test_planted_clusters_are_validated_and_random_ones_are_not():
    x, truth = planted()
    near = locational_correlation(x)
    assert validation_scores(truth, near).overall == 1
    shuffled = np.random.default_rng(1).permutation(truth)
    assert validation_scores(shuffled, near).overall < 0.6


def test_industries_without_cluster_or_similarity_do_not_count():
    wide = np.full((7, 7), np.nan)
    wide[:5, :5] = NEAR
    wide[5, :5] = wide[:5, 5] = 0.9
    labels = [0, 0, 1, 1, 2, -1, 0]
    assert validation_scores(labels, wide) == validation_scores([0, 0, 1, 1, 2], NEAR)


def test_labels_that_do_not_fit():
    for labels in ([0, 1], [0, 0, 2, 2, 1.5], [0, 0, 2, 2, 3], [0, 0, -2, 1, 1]):
        with pytest.raises(WrongShape):
            validation_scores(labels, NEAR)
    with pytest.raises(TooFew):
        validation_scores([0] * 5, NEAR)
