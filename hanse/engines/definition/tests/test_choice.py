import numpy as np
import pytest

from hanse.engines.definition.choice import candidates
from hanse.engines.definition.comparison import adjusted_rand
from hanse.engines.definition.similarity import coagglomeration, locational_correlation
from hanse.engines.definition.tests.planted import SIZES, planted
from hanse.engines.faults import NothingGiven, UnknownConvention


def test_the_best_configuration_has_the_planted_number():
    x, truth = planted()
    similarities = {"LC": locational_correlation(x), "COI": coagglomeration(x)}
    found = candidates(
        similarities, range(2, 9), methods=("ward", "average", "kmeans"), seeds=(1, 2)
    )
    assert len(found) == 2 * 7 * 4
    best = found[0]
    assert best.number == len(SIZES)
    assert adjusted_rand(best.labels, truth) == 1
    assert set(best.scores) == {"LC", "COI"}
    assert best.overall == pytest.approx(np.mean([each.overall for each in best.scores.values()]))
    assert [each.overall for each in found] == sorted((e.overall for e in found), reverse=True)


def test_other_judges():
    x, _ = planted()
    found = candidates({"LC": locational_correlation(x)}, [3], judges={"COI": coagglomeration(x)})
    assert set(found[0].scores) == {"COI"}


def test_nothing_to_try():
    near = {"LC": np.eye(4)}
    for wrong in (({}, [2]), (near, [])):
        with pytest.raises(NothingGiven):
            candidates(*wrong)
    with pytest.raises(NothingGiven):
        candidates(near, [2], methods=("kmeans",), seeds=())
    with pytest.raises(UnknownConvention):
        candidates(near, [2], methods=("median",))
