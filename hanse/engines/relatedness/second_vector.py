"""The second singular vector of a connected presence matrix, with its distance to the third."""

from typing import NamedTuple

import numpy as np
from scipy.linalg import eigh
from scipy.linalg.blas import dsyrk

from hanse.engines.relatedness.co_occurrence import mirrored
from hanse.engines.relatedness.inputs import Matrix, Presence, row_blocks
from hanse.engines.relatedness.lanczos import top_eigenvector

DENSE = 96  # up to this size the full symmetric solver is as fast as Lanczos
TIGHT = 1e-13  # residual of the second vector
LOOSE = 1e-7  # of the third only the value is used, whose error is the square of this


class SecondVector(NamedTuple):
    """`value` and `next_value` are eigenvalues of the averaging matrix, `regions` and `sectors`
    its eigenvectors (k_c and k_p), k_p of length one in the metric of ubiquity."""

    regions: Matrix
    sectors: Matrix
    value: float
    next_value: float


def second_vector(present: Presence) -> SecondVector:
    """Eigenvectors that belong to the second largest eigenvalue of D_c**-1 M D_p**-1 M'.

    With S = D_c**-1/2 M D_p**-1/2 the matrix is similar to S S', which is symmetric, so that its
    eigenvalues are real and its vectors well conditioned. The largest is 1 and its vector known
    (the square roots of diversity): it is taken out, and the second is found on the smaller side
    of the matrix, by Lanczos where that is larger than 96.

    Takes     a presence matrix without empty rows or columns, connected
    Gives     k_c = D_c**-1 M k_p, k_p, the eigenvalue and the one after it
    """
    diversity = present.sum(axis=1, dtype=np.float64)
    ubiquity = present.sum(axis=0, dtype=np.float64)
    turned = present.shape[0] < present.shape[1]
    whole = present.T if turned else present
    down, across = (ubiquity, diversity) if turned else (diversity, ubiquity)
    values, vectors = _largest(_gram(whole, down, across), np.sqrt(across / across.sum()))
    near = vectors[:, -1] / np.sqrt(across)  # the vector on the smaller side
    far = np.empty(len(down))
    for rows in row_blocks(*whole.shape):
        far[rows] = whole[rows].astype(np.float64) @ near
    far /= down
    if turned:
        # k_p from k_c is D_p**-1 M' k_c; k_c = D_c**-1 M k_p then differs by the eigenvalue.
        near, far = far, near * values[-1]
    regions, sectors = far, near
    return SecondVector(regions, sectors, float(values[-1]), float(values[-2]))


def _gram(whole: Presence, down: Matrix, across: Matrix) -> Matrix:
    """Lower triangle of S' S, added up in blocks: presences are never all held in float64."""
    gram = np.zeros((whole.shape[1], whole.shape[1]), order="F")
    left, right = 1 / np.sqrt(down), 1 / np.sqrt(across)
    for rows in row_blocks(whole.shape[0], whole.shape[1], least=1024):
        block = whole[rows] * left[rows, None]
        block *= right
        gram = dsyrk(1.0, block.T, beta=1.0, c=gram, lower=1, overwrite_c=1)
    return gram


def _largest(gram: Matrix, known: Matrix) -> tuple[Matrix, Matrix]:
    """The two largest eigenvalues besides the known one of 1, in rising order, with vectors."""
    if len(known) > DENSE:
        whole = mirrored(gram)
        first = top_eigenvector(whole, known[None], tolerance=TIGHT)
        # Lanczos sees one only of equal eigenvalues: the next is looked for without the first.
        taken = None if first is None else np.vstack([known, first[1]])
        second = None if taken is None else top_eigenvector(whole, taken, tolerance=LOOSE)
        if first and second:
            return np.array([second[0], first[0]]), np.column_stack([second[1], first[1]])
    gram -= np.outer(known, known)
    size = len(known)
    values, vectors = eigh(gram, lower=True, subset_by_index=[size - 2, size - 1])
    return values, vectors
