"""Co-occurrence: in how many regions two sectors are present together."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg.blas import dsyrk, ssyrk

from hanse.engines.relatedness.conventions import one_of
from hanse.engines.relatedness.inputs import Matrix, Presence, binary, row_blocks

EXACT = 2**24  # whole numbers that float32 holds


def co_occurrences(presence: ArrayLike, *, own: bool = True, of: str = "sectors") -> Matrix:
    """In how many regions two sectors are present together, for all pairs.

    Formula   C[i, j] = sum over r of M[r, i] * M[r, j]; C[i, i] is the ubiquity of i
    Unit      regions; sectors with of="regions"
    Takes     presence: regions x sectors of 0 and 1; own: False puts 0 on the diagonal (EconGeo);
              of: "sectors", or "regions" for the sectors that two regions have in common
    Gives     a symmetric square matrix, float64, of whole numbers
    Errors    WrongShape, NotFinite, NotNumeric, NothingGiven, UnknownConvention.
    Source    C. A. Hidalgo, B. Klinger, A.-L. Barabasi and R. Hausmann (2007) "The product space
              conditions the development of nations", Science 317.

    >>> co_occurrences([[1, 1, 0], [1, 0, 0]])
    array([[2., 1., 0.],
           [1., 1., 0.],
           [0., 0., 0.]])
    """
    one_of("of", of, ("sectors", "regions"))
    present = binary(presence)
    pairs = counted_together(present if of == "sectors" else present.T).astype(np.float64)
    if not own:
        np.fill_diagonal(pairs, 0)
    return pairs


def counted_together(present: Presence) -> NDArray[Any]:
    """M' M as whole numbers in float32, or in float64 where float32 could not hold them.

    Products of zeros and ones are counts: exact in float32 below 2**24, at twice the speed.
    """
    rows, columns = present.shape
    pairs = np.zeros((columns, columns), np.float32 if rows < EXACT else np.float64, order="F")
    add = ssyrk if rows < EXACT else dsyrk
    for each in row_blocks(rows, columns, least=1024):
        block = present[each].astype(pairs.dtype)
        pairs = add(1.0, block.T, beta=1.0, c=pairs, lower=1, overwrite_c=1)
    return mirrored(pairs)


def mirrored(lower: NDArray[Any]) -> NDArray[Any]:
    """A symmetric matrix from its lower triangle, in place."""
    for rows in row_blocks(*lower.shape):
        square = lower[rows, rows]
        square += np.tril(square, -1).T - np.triu(square, 1)
        lower[rows, rows.stop :] = lower[rows.stop :, rows].T
    return lower
