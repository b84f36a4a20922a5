import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import cosine, jensenshannon

from hanse.engines import faults
from hanse.engines.peers import cosine_distance, jensen_shannon_distance

MIXES = arrays(np.float64, (4, 5), elements=st.integers(0, 10**9).map(float))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (cosine_distance, cosine),
        (jensen_shannon_distance, lambda p, q: jensenshannon(p, q, base=2)),
    ],
)
def test_equal_to_scipy(ours, theirs):
    mix = np.random.default_rng(1).poisson(3.0, size=(6, 20)).astype(float)
    wanted = [[theirs(one, other) for other in mix] for one in mix]
    assert ours(mix) == pytest.approx(np.array(wanted), abs=1e-7)


@given(MIXES)
def test_distances_are_symmetric_scale_free_and_bounded(mix):
    for measure in (cosine_distance, jensen_shannon_distance):
        found = measure(mix)
        empty = mix.sum(axis=1) == 0
        assert (np.isnan(found) == (empty[:, None] | empty[None, :])).all()
        known = found[~empty][:, ~empty]
        assert ((known >= 0) & (known <= 1)).all()
        assert (known == known.T).all()
        assert measure(mix * 7)[~empty][:, ~empty] == pytest.approx(known, abs=1e-6)


def test_what_does_not_fit_is_refused():
    with pytest.raises(faults.NegativeValue):
        cosine_distance(np.array([[1.0, -1.0]]))
    with pytest.raises(faults.NotFinite):
        jensen_shannon_distance(np.array([[1.0, np.nan]]))
    with pytest.raises(faults.WrongShape):
        cosine_distance(np.array([1.0]))
