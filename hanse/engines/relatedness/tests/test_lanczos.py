import numpy as np
import pytest

from hanse.engines.relatedness.lanczos import top_eigenvector


@pytest.mark.parametrize("size", [2, 5, 40, 300])
def test_agrees_with_the_full_solver(size):
    points = np.random.default_rng(size).random((size, 2 * size))
    matrix = points @ points.T
    values, vectors = np.linalg.eigh(matrix / np.linalg.norm(matrix, 2))
    value, vector = top_eigenvector(
        matrix / np.linalg.norm(matrix, 2), vectors[:, -1:].T, tolerance=1e-13
    )
    assert value == pytest.approx(values[-2], rel=1e-12)
    assert abs(vector @ vectors[:, -2]) == pytest.approx(1, abs=1e-12)


def test_few_eigenvalues_end_early_and_nothing_is_zero():
    value, vector = top_eigenvector(np.eye(50) / 2, np.eye(50)[:1], tolerance=1e-13)
    assert value == pytest.approx(0.5)
    assert vector[0] == pytest.approx(0, abs=1e-15)
    assert top_eigenvector(np.zeros((9, 9)), np.eye(9)[:1], tolerance=1e-13)[0] == 0


def test_gives_up_where_eigenvalues_are_too_close():
    matrix = np.diag(np.concatenate([[1], 0.5 + 1e-13 * np.arange(3000)]))
    found = top_eigenvector(matrix, np.eye(3001)[:1], tolerance=1e-30)
    assert found is None or found[0] == pytest.approx(0.5)
