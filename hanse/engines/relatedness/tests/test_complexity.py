import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import block_diag, svd

from hanse.engines.faults import NotFinite, NothingGiven, UnknownConvention, WrongShape
from hanse.engines.relatedness.complexity import economic_complexity
from hanse.engines.relatedness.tests.presences import PRESENCES, linked, shuffled

SPLIT = block_diag([[1, 1, 0], [1, 1, 1], [1, 0, 0]], [[1, 1]])


def by_full_solution(present):
    """Standardised second singular vectors, by the full float64 decomposition."""
    down, across = present.sum(axis=1), present.sum(axis=0)
    left, _, right = svd(present / np.sqrt(np.outer(down, across)), full_matrices=False)
    both = left[:, 1] / np.sqrt(down), right[1] / np.sqrt(across)
    return [(each - each.mean()) / each.std() for each in both]


@pytest.mark.parametrize("shape", [(40, 25), (25, 40), (1600, 1550), (1550, 1600)])
def test_agrees_with_the_full_solution(shape):
    present = linked(*shape, share=0.2 if shape[0] < 100 else 0.02)
    found = economic_complexity(present)
    eci, pci = by_full_solution(present)
    sign = np.sign(eci @ found.eci)
    np.testing.assert_allclose(found.eci, sign * eci, atol=1e-9)
    np.testing.assert_allclose(found.pci, sign * pci, atol=1e-9)
    assert found.warnings == ()
    assert np.corrcoef(found.eci, present.sum(axis=1))[0, 1] > 0


@given(PRESENCES, st.integers(0, 99))
def test_relabelling_moves_the_values_along(present, seed):
    rows, columns = shuffled(present.shape, seed)
    one = economic_complexity(present)
    other = economic_complexity(present[rows][:, columns])
    assert np.isnan(one.gap) == np.isnan(other.gap)
    parts = "split_graph" in one.warnings
    if not parts and one.gap > 1e-4 and "sign_uncertain" not in one.warnings:
        np.testing.assert_allclose(other.eci, one.eci[rows], atol=1e-8)
        np.testing.assert_allclose(other.pci, one.pci[columns], atol=1e-8)


@given(PRESENCES)
def test_never_a_number_for_what_is_not_there(present):
    for like in (None, "econgeo", "economiccomplexity", "ecomplexity"):
        found = economic_complexity(present, like=like)
        assert np.isnan(found.eci[~present.any(axis=1)]).all()
        assert np.isnan(found.pci[~present.any(axis=0)]).all()
        assert not np.isinf(found.eci).any()
        assert not np.isinf(found.pci).any()


def test_outside_the_largest_part_nothing_is_said():
    found = economic_complexity(SPLIT)
    assert found.warnings == ("split_graph",)
    assert np.isnan(found.eci).tolist() == [False, False, False, True]
    assert np.isnan(found.pci).tolist() == [False, False, False, True, True]
    np.testing.assert_allclose(found.eci[:3], economic_complexity(SPLIT[:3, :3]).eci)


def test_peers_tell_two_parts_apart_and_nothing_else():
    found = economic_complexity(SPLIT, like="ecomplexity")
    assert found.warnings == ("split_graph",)
    assert len(set(np.abs(found.eci[:3]))) == 1
    three = economic_complexity(block_diag(SPLIT, [[1]]), parts="all")
    assert np.isnan(three.eci).all()
    assert three.gap == 0


def test_scales():
    present = linked(12, 15)
    sample = economic_complexity(present, like="economiccomplexity")
    assert sample.pci.std(ddof=1) == pytest.approx(1)
    peer = economic_complexity(present, like="ecomplexity")
    bare = economic_complexity(present, scale="none")
    assert peer.eci.std() == pytest.approx(1)
    np.testing.assert_allclose(peer.pci, (bare.pci - bare.eci.mean()) / bare.eci.std(), rtol=1e-9)
    assert np.sum(bare.pci**2) == pytest.approx(1)


def test_no_variation():
    for present in ([[1, 1], [1, 1]], [[1, 1, 1]], [[1], [1]], [[1]]):
        found = economic_complexity(present)
        assert found.warnings == ("no_variation",)
        assert np.isnan(found.eci).all()
    assert np.isnan(economic_complexity([[0, 0]]).eci).all()


def test_equal_eigenvalues_leave_it_undefined():
    """A ring of regions and sectors looks the same from everywhere."""
    found = economic_complexity(np.eye(6) + np.roll(np.eye(6), 1, axis=1))
    assert "near_equal_eigenvalues" in found.warnings
    assert np.isnan(found.eci).all()


def test_lanczos_sees_equal_eigenvalues_too():
    ring = np.eye(6) + np.roll(np.eye(6), 1, axis=1)
    found = economic_complexity(np.kron(ring, np.ones((260, 260))))
    assert "near_equal_eigenvalues" in found.warnings
    assert np.isnan(found.pci).all()
    same = economic_complexity(np.ones((1600, 1600)))
    assert same.warnings == ("no_variation",)


def test_a_sign_that_diversity_does_not_decide():
    present = [[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]]
    assert economic_complexity(present).warnings == ("sign_uncertain",)


def test_a_direction_that_is_given():
    present = linked(12, 15)
    plain = economic_complexity(present)
    income = -plain.eci.copy()
    income[3] = np.nan
    turned = economic_complexity(present, towards=income)
    np.testing.assert_array_equal(turned.eci, -plain.eci)
    np.testing.assert_array_equal(turned.pci, -plain.pci)
    unknown = economic_complexity(present, towards=np.full(12, np.nan))
    np.testing.assert_array_equal(unknown.eci, plain.eci)
    with pytest.raises(WrongShape):
        economic_complexity(present, towards=[1])
    with pytest.raises(NotFinite):
        economic_complexity(present, towards=[np.inf] * 12)


def test_unfit_input():
    with pytest.raises(WrongShape):
        economic_complexity([[0.5]])
    with pytest.raises(NothingGiven):
        economic_complexity(np.zeros((0, 2)))
    for wrong in ({"like": "excel"}, {"scale": "z"}, {"parts": "some"}, {"pci_scale": "pci"}):
        with pytest.raises(UnknownConvention):
            economic_complexity([[1]], **wrong)
