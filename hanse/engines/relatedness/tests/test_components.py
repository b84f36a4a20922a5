import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hanse.engines.relatedness.components import components
from hanse.engines.relatedness.tests.presences import PRESENCES, shuffled


@given(PRESENCES)
def test_lines_stay_within_a_part(present):
    regions, sectors = components(present)
    for region, sector in np.argwhere(present):
        assert regions[region] == sectors[sector] >= 0
    assert np.array_equal(regions < 0, ~present.any(axis=1))
    assert np.array_equal(sectors < 0, ~present.any(axis=0))
    sizes = np.bincount(regions[regions >= 0]) if present.any() else np.array([1])
    assert (np.diff(sizes) <= 0).all()
    assert (sizes > 0).all()


@given(PRESENCES, st.integers(0, 99))
def test_relabelling_gives_the_same_parts(present, seed):
    rows, columns = shuffled(present.shape, seed)
    before = components(present)[0][rows]
    after = components(present[rows][:, columns])[0]
    assert np.array_equal(before[:, None] == before, after[:, None] == after)


def test_many_parts():
    regions, sectors = components(np.eye(300))
    assert sorted(regions) == list(range(300))
    assert np.array_equal(regions, sectors)


def test_nothing_at_all():
    assert components([[0, 0]])[0].tolist() == [-1]
