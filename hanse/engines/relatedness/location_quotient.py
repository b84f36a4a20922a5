"""Location quotients of a whole matrix: regions x sectors, also called RCA (Balassa index)."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import NegativeValue, NothingGiven
from hanse.engines.relatedness.conventions import (
    ECOMPLEXITY,
    ECONGEO,
    ECONOMICCOMPLEXITY,
    chosen,
    one_of,
)
from hanse.engines.relatedness.inputs import Matrix, counts, row_blocks, vector

PRESETS = {
    ECONGEO: {"empty": "zero"},
    ECONOMICCOMPLEXITY: {"empty": "nan"},
    ECOMPLEXITY: {"empty": "nan"},
}


def location_quotients(
    x: ArrayLike,
    *,
    reference: ArrayLike | None = None,
    empty: str | None = None,
    like: str | None = None,
    out: Matrix | None = None,
) -> Matrix:
    """How much more a region works in a sector than all regions together do; 1 = as all.

    Formula   LQ[r, i] = (x[r, i] * T) / (R[r] * S[i])
              R  sums of rows      S  sums of columns, or `reference` where given
              T  sum of S          the same as RCA, Balassa's index of revealed advantage
    Unit      none; 0 and more; the average over sectors, weighted by S / T, is 1 in every region
    Takes     x: regions x sectors of counts or amounts, integers up to 2**63 or float64;
              reference: one amount for each sector of an area outside the matrix;
              empty: "nan" or "zero", what stands where a region or sector is empty;
              like: "econgeo" (zero), "economiccomplexity" and "ecomplexity" (nan);
              out: a float64 array of the same shape to write into, also x itself
    Gives     regions x sectors, float64
    Unknown   NaN where the region or the sector is empty.
    Errors    NegativeValue, NotFinite, NotNumeric, WrongShape, NothingGiven, UnknownConvention.
    Source    P. Sargant Florence (1939); B. Balassa (1965) "Trade liberalisation and revealed
              comparative advantage", The Manchester School 33.
    Error     sums of integers are exact below 2**63; then at most four roundings, 2**-51.

    >>> location_quotients([[3, 6], [7, 14]])
    array([[1., 1.],
           [1., 1.]])
    """
    matrix = counts(x)
    how = chosen({"empty": "nan"}, PRESETS, like, {"empty": empty})
    one_of("empty", how["empty"], ("nan", "zero"))
    regions, sectors = totals(matrix)
    if reference is not None:
        sectors = reference_of(reference, matrix.shape[1])
    target = np.empty(matrix.shape) if out is None else out
    fill_quotients(matrix, regions, sectors, target, blank=0.0 if how["empty"] == "zero" else None)
    return target


def fill_quotients(
    matrix: NDArray[Any],
    regions: NDArray[Any],
    sectors: NDArray[Any],
    target: Matrix,
    *,
    blank: float | None = None,
) -> None:
    """Write the quotients of rows whose totals are known into an array; see `location_quotients`.

    `blank` stands where a region or sector is empty; None leaves NaN there.
    """
    total = sectors.sum()
    # Below 2**53 the products with a common total are exact and give 1 where it is 1; amounts of
    # 1e300 must not overflow, so everything is first brought near 1 by a power of two, exactly.
    shrink = 2.0 ** -np.frexp(float(total))[1]
    down = regions.astype(np.float64) * shrink
    across = sectors.astype(np.float64) * shrink
    whole = float(total) * shrink
    for rows in row_blocks(*matrix.shape):
        with np.errstate(divide="ignore", invalid="ignore", under="ignore"):
            block = matrix[rows] * shrink
            block *= whole
            np.divide(block, down[rows, None] * across, out=target[rows])
        if blank is not None:
            target[rows][down[rows] == 0, :] = blank
            target[rows][:, across == 0] = blank
        else:
            target[rows][:, across == 0] = np.nan


def totals(matrix: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Sums of rows and of columns: of whole numbers exact, as int64, while below 2**62."""
    if matrix.dtype.kind == "f" or float(matrix.sum(dtype=np.float64)) >= 2.0**62:
        return matrix.sum(axis=1, dtype=np.float64), matrix.sum(axis=0, dtype=np.float64)
    return matrix.sum(axis=1, dtype=np.int64), matrix.sum(axis=0, dtype=np.int64)


def reference_of(reference: ArrayLike, sectors: int) -> Matrix:
    """One amount for each sector of the reference area, none below zero, not all zero."""
    amounts = vector(reference, sectors, "the reference")
    if (amounts < 0).any():
        raise NegativeValue(f"the reference has {amounts.min()} at {int(amounts.argmin())}")
    if not amounts.any():
        raise NothingGiven("the reference holds nothing but zeros")
    return amounts
