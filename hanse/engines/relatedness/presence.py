"""Presence: in which sectors a region is specialised, decided exactly at the threshold."""

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.inputs import Presence, counts, row_blocks
from hanse.engines.relatedness.location_quotient import reference_of, totals

# Three products and sums rounded to 2**-53 each; nearer to the threshold float64 cannot tell.
NEAR = 2.0**-48
LIMIT = 2**63
SETTLED_AT_ONCE = 2**18  # near-ties, where all are: a dozen arrays of 2 MB
SURE = 2.0**62  # sums in int64
HELD = 2.0**53  # sums in float64


def presence(
    x: ArrayLike,
    threshold: float | Fraction = 1,
    *,
    reference: ArrayLike | None = None,
) -> Presence:
    """Whether the location quotient reaches a threshold; exactly the threshold counts as reached.

    Formula   M[r, i] = LQ[r, i] >= p / q, decided as x[r, i] * T * q >= p * R[r] * S[i]
    Takes     x: regions x sectors; threshold: above 0, a float is read as its decimal digits
              (0.1 is one tenth); reference: see `location_quotients`
    Gives     regions x sectors of booleans; False where a region or sector is empty
    Exactly   for whole numbers with a total below 2**62 (integers, or floats without a fraction
              whose total is below 2**53): float64 decides where it can, and the near-ties are
              decided in whole numbers of any size. For amounts with fractions, which are rounded
              already, a quotient within 2**-48 of the threshold counts as reaching it.
    Errors    as `location_quotients`; WrongShape for a threshold that is not above 0.
    Source    B. Balassa (1965); the comparison as EconGeo, economiccomplexity and ecomplexity
              mean it (>=), without their rounding.

    >>> presence([[3, 6], [7, 14]])
    array([[ True,  True],
           [ True,  True]])
    """
    matrix = counts(x)
    limit = Fraction(str(threshold)) if isinstance(threshold, float) else Fraction(threshold)
    if limit <= 0:
        raise WrongShape(f"a threshold of {threshold} is not above 0")
    regions, sectors = totals(matrix)
    exact = _whole(matrix) and regions.sum() < SURE
    if reference is not None:
        sectors = reference_of(reference, matrix.shape[1])
        exact = exact and _whole(sectors[None])
    return reaches(matrix, regions, sectors, limit, exact=exact)


def reaches(
    matrix: NDArray[Any],
    regions: NDArray[Any],
    sectors: NDArray[Any],
    limit: Fraction,
    *,
    exact: bool,
) -> Presence:
    """Presence from rows whose totals are known; see `presence`."""
    shrink = 2.0 ** -np.frexp(float(sectors.sum()))[1]
    total = float(sectors.sum()) * shrink
    down = regions.astype(np.float64) * (shrink * float(limit))
    across = sectors.astype(np.float64) * shrink
    present = np.empty(matrix.shape, bool)
    for rows in row_blocks(*matrix.shape):
        here = matrix[rows] * shrink
        here *= total
        there = down[rows, None] * across
        np.greater_equal(here, there * (1 - NEAR), out=present[rows])
        present[rows] &= matrix[rows] > 0
        if exact:
            near = np.flatnonzero(present[rows] & (here <= there * (1 + NEAR)))
            for start in range(0, len(near), SETTLED_AT_ONCE):
                row, column = np.divmod(near[start : start + SETTLED_AT_ONCE], matrix.shape[1])
                row += rows.start
                present[row, column] = _settled(
                    matrix[row, column], regions[row], sectors[column], sectors, limit
                )
    return present


def _settled(
    values: NDArray[Any],
    regions: NDArray[Any],
    sectors: NDArray[Any],
    every: NDArray[Any],
    limit: Fraction,
) -> Presence:
    """x * (T * q) >= (p * R) * S in whole numbers: in 128 bits where both fit, else in Python's."""
    total = sum(int(each) for each in every) * limit.denominator
    top = int(regions.max()) * limit.numerator
    if total < LIMIT and top < LIMIT:
        high, low = _product(values, np.full(values.shape, total, np.uint64))
        other_high, other_low = _product(
            regions.astype(np.uint64) * np.uint64(limit.numerator), sectors
        )
        reached: Presence = (high > other_high) | ((high == other_high) & (low >= other_low))
        return reached
    return np.array(
        [
            int(value) * total >= limit.numerator * int(region) * int(sector)
            for value, region, sector in zip(values, regions, sectors, strict=True)
        ],
        bool,
    )


def _product(
    left: NDArray[Any], right: NDArray[Any]
) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """High and low 64 bits of products of whole numbers below 2**63, by halves of 32 bits."""
    half, mask = np.uint64(32), np.uint64(2**32 - 1)
    a, b = left.astype(np.uint64), right.astype(np.uint64)
    a1, a0, b1, b0 = a >> half, a & mask, b >> half, b & mask
    low = a0 * b0
    middle = a1 * b0 + (low >> half)
    cross = a0 * b1 + (middle & mask)
    return (
        a1 * b1 + (middle >> half) + (cross >> half),
        (cross << half) | (low & mask),
    )


def _whole(matrix: NDArray[Any]) -> bool:
    """Whether every value is a whole number and every sum of them is held exactly."""
    if matrix.dtype.kind in "bui":
        return True
    if matrix.sum() >= HELD:
        return False
    return all(
        np.array_equal(matrix[rows], np.floor(matrix[rows])) for rows in row_blocks(*matrix.shape)
    )
