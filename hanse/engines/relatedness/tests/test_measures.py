import numpy as np
import pytest
from hypothesis import given

from hanse.engines.faults import NegativeValue, UnknownConvention, WrongShape
from hanse.engines.relatedness.association import association
from hanse.engines.relatedness.co_occurrence import co_occurrences
from hanse.engines.relatedness.cosine import cosine
from hanse.engines.relatedness.jaccard import jaccard
from hanse.engines.relatedness.probability import probability
from hanse.engines.relatedness.tests.presences import PRESENCES

MEASURES = [association, cosine, jaccard, probability]
PAIRS = co_occurrences([[1, 1, 0], [1, 1, 1], [1, 0, 1], [0, 0, 0]])  # ubiquity 3, 2, 2


def test_values_by_hand():
    # Links: 1-2 twice, 1-3 twice, 2-3 once: sizes 4, 3, 3 of 10.
    assert association(PAIRS)[0, 1] == pytest.approx(2 * 10 / (4 * 3))
    assert cosine(PAIRS)[0, 1] == pytest.approx(2 / np.sqrt(12))
    assert jaccard(PAIRS)[0, 1] == pytest.approx(2 / (4 + 3 - 2))
    expected = (4 / 10 * 3 / 6 + 3 / 10 * 4 / 7) * 10 / 2
    assert probability(PAIRS)[0, 1] == pytest.approx(2 / expected)


def test_sizes_by_presences():
    assert association(PAIRS, sizes="presences")[0, 1] == pytest.approx(2 * 7 / (3 * 2))
    assert cosine(PAIRS, sizes="presences")[0, 1] == pytest.approx(2 / np.sqrt(6))
    assert jaccard(PAIRS, sizes="presences")[0, 1] == pytest.approx(2 / 3)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_sector_without_links(measure):
    pairs = co_occurrences([[1, 1, 0], [0, 0, 1]])
    assert np.isnan(measure(pairs)[2]).all()
    assert measure(pairs, like="econgeo")[2].tolist() == [0, 0, 0]


@pytest.mark.parametrize("measure", MEASURES)
@given(PRESENCES)
def test_symmetric_and_from_zero_up(measure, present):
    related = measure(co_occurrences(present), like="econgeo")
    np.testing.assert_allclose(related, related.T, rtol=1e-14)
    assert (related >= 0).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_unfit_matrices(measure):
    with pytest.raises(WrongShape):
        measure([[1, 2], [1, 1]])
    with pytest.raises(WrongShape):
        measure([[1, 2, 3]])
    with pytest.raises(NegativeValue):
        measure([[1, -2], [-2, 1]])
    with pytest.raises(WrongShape, match="diagonal"):
        measure([[0, 2], [2, 0]], sizes="presences")
    with pytest.raises(UnknownConvention):
        measure([[1]], sizes="persons")
