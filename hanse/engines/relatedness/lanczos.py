"""The largest eigenvalue of a symmetric matrix, by Lanczos with full reorthogonalisation."""

import numpy as np
from scipy.linalg import eigh_tridiagonal

from hanse.engines.relatedness.inputs import Matrix

STEPS = 500  # beyond, the full solver is no slower
LOOK = 8  # steps between two looks at how far it has come
INVARIANT = 1e-14  # of a matrix with largest eigenvalue 1: the steps have left nothing out


def top_eigenvector(
    matrix: Matrix, without: Matrix, *, tolerance: float
) -> tuple[float, Matrix] | None:
    """Largest eigenvalue and its vector, orthogonal to given vectors; None where it takes too long.

    The products are made by einsum, which neither starts threads nor depends on their number: a
    step is so short that on a busy machine threads wait for each other a hundred times longer than
    they work.

    Takes     matrix: symmetric, with eigenvalues in 0..1; without: rows of length one, orthogonal
              to each other, eigenvectors of the matrix; tolerance: residual over eigenvalue
    Gives     the eigenvalue, and a vector of length one; always the same for the same input
    Error     of the vector: residual over the distance to the next eigenvalue
    Source    C. Lanczos (1950); B. N. Parlett (1980) "The symmetric eigenvalue problem".

    >>> value, vector = top_eigenvector(np.diag([1, 0.5, 0.2]), np.eye(3)[:1], tolerance=1e-13)
    >>> round(value, 12), abs(vector).round(12)
    (0.5, array([0., 1., 0.]))
    """
    size = len(matrix)
    steps = min(STEPS, size)
    basis = np.empty((steps, size))
    diagonal, beside = np.empty(steps), np.empty(steps)
    # Any fixed direction, but another one each time: what is found is all that a start has in its
    # eigenspace, so that the same start would never see a second vector of the same eigenvalue.
    vector = _rid(np.cos(np.arange(1, size + 1) * len(without)), without)
    vector /= np.sqrt(vector @ vector)
    for step in range(steps):
        basis[step] = vector
        vector = np.einsum("ij,j->i", matrix, vector)
        diagonal[step] = np.einsum("i,i->", vector, basis[step])
        for _ in range(2):  # twice is enough to be orthogonal to rounding
            vector = _rid(_rid(vector, without), basis[: step + 1])
        beside[step] = np.sqrt(np.einsum("i,i->", vector, vector))
        ended = beside[step] < INVARIANT or step == size - len(without) - 1
        if ended or step % LOOK == LOOK - 1:
            values, mixtures = eigh_tridiagonal(
                diagonal[: step + 1], beside[:step], select="i", select_range=(step, step)
            )
            value, mixture = float(values[0]), mixtures[:, 0]
            if ended or beside[step] * abs(mixture[-1]) <= tolerance * value:
                return value, np.einsum("k,kn->n", mixture, basis[: step + 1])
        vector /= beside[step]
    return None


def _rid(vector: Matrix, others: Matrix) -> Matrix:
    """The vector without its parts along others."""
    return np.asarray(vector - np.einsum("k,kn->n", np.einsum("kn,n->k", others, vector), others))
