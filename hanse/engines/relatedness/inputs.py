"""What every method of this folder asks of its matrices, checked once and said in one way.

Rows are regions, columns are sectors. Nothing is copied where it need not be.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import (
    NegativeValue,
    NotFinite,
    NothingGiven,
    NotNumeric,
    WrongShape,
)

Matrix = NDArray[np.float64]
Presence = NDArray[np.bool_]
BLOCK = 2**19  # values looked at together: 4 MB of float64


def row_blocks(rows: int, columns: int, *, least: int = 1) -> Iterable[slice]:
    """Slices of rows that hold about `BLOCK` values each, so that temporary arrays stay small.

    `least` rows are taken at once where a product of matrices needs them to be fast.

    >>> list(row_blocks(3, 2**19))
    [slice(0, 1, None), slice(1, 2, None), slice(2, 3, None)]
    """
    step = max(least, BLOCK // max(1, columns))
    return (slice(start, min(start + step, rows)) for start in range(0, rows, step))


def counts(values: ArrayLike, what: str = "the matrix") -> NDArray[Any]:
    """Regions x sectors of counts or amounts: finite, none below zero, not all of them zero.

    Errors    NotNumeric, WrongShape, NothingGiven, NotFinite, NegativeValue; the message says
              where the first such value stands.

    >>> counts([[1, -2]])
    Traceback (most recent call last):
    hanse.engines.faults.NegativeValue: the matrix has -2 at row 0, column 1
    """
    matrix = finite(values, what)
    if matrix.dtype.kind != "b":
        for rows in row_blocks(*matrix.shape):
            if matrix[rows].min() < 0:
                row, column = np.argwhere(matrix[rows] < 0)[0]
                value = matrix[rows][row, column]
                place = f"row {rows.start + row}, column {column}"
                raise NegativeValue(f"{what} has {value} at {place}")
    if not matrix.any():
        raise NothingGiven(f"{what} holds nothing but zeros")
    return matrix


def finite(values: ArrayLike, what: str = "the matrix") -> NDArray[Any]:
    """Regions x sectors (or any two dimensions) of finite numbers.

    Errors    NotNumeric, WrongShape, NothingGiven, NotFinite.
    """
    matrix = numeric(values, what)
    if matrix.ndim != 2:  # noqa: PLR2004 -- rows and columns
        raise WrongShape(f"{what} has {matrix.ndim} dimensions, not regions x sectors")
    if not matrix.size:
        raise NothingGiven(f"{what} has {matrix.shape[0]} rows and {matrix.shape[1]} columns")
    if matrix.dtype.kind == "f":
        for rows in row_blocks(*matrix.shape):
            if not np.isfinite(matrix[rows]).all():
                row, column = np.argwhere(~np.isfinite(matrix[rows]))[0]
                value = matrix[rows][row, column]
                place = f"row {rows.start + row}, column {column}"
                raise NotFinite(f"{what} has {value} at {place}")
    return matrix


def numeric(values: ArrayLike, what: str) -> NDArray[Any]:
    """An array of booleans, whole numbers or float64.

    Errors    NotNumeric: text, dates, complex numbers, objects; WrongShape: rows of many lengths.
    """
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise WrongShape(f"{what} is no rectangle: {error}") from None
    if array.dtype.kind not in "buif":
        raise NotNumeric(f"{what} holds {array.dtype}, not numbers")
    return array.astype(np.float64, copy=False) if array.dtype.kind == "f" else array


def binary(values: ArrayLike, what: str = "the presence matrix") -> Presence:
    """Regions x sectors of 0 and 1 as booleans: is the region specialised in the sector?

    Errors    WrongShape where a value is neither 0 nor 1; else as `finite`. All zeros are let
              through: nobody is specialised in anything, and what follows is not defined.
    """
    matrix = finite(values, what)
    if matrix.dtype.kind == "b":
        return matrix
    present = np.empty(matrix.shape, bool)
    for rows in row_blocks(*matrix.shape):
        np.equal(matrix[rows], 1, out=present[rows])
        other = ~present[rows] & (matrix[rows] != 0)
        if other.any():
            row, column = np.argwhere(other)[0]
            value = matrix[rows][row, column]
            raise WrongShape(
                f"{what} has {value} at row {rows.start + row}, column {column}, neither 0 nor 1"
            )
    return present


def vector(values: ArrayLike, length: int, what: str) -> Matrix:
    """One finite number for each region or sector.

    Errors    WrongShape for another length or more dimensions; NotNumeric; NotFinite.
    """
    line = numeric(values, what).astype(np.float64)
    if line.shape != (length,):
        raise WrongShape(f"{what} has shape {line.shape}, not ({length},)")
    if not np.isfinite(line).all():
        place = int(np.flatnonzero(~np.isfinite(line))[0])
        raise NotFinite(f"{what} has {line[place]} at {place}")
    return line


def square(values: ArrayLike, what: str, size: int | None = None) -> Matrix:
    """A matrix of one kind of unit by the same kind; NaN is let through as "not defined".

    Errors    WrongShape where it is not square, or not of the size asked for; NotFinite where
              a value is infinite; NotNumeric; NothingGiven.
    """
    matrix = numeric(values, what).astype(np.float64, copy=False)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:  # noqa: PLR2004 -- a square
        raise WrongShape(f"{what} has shape {matrix.shape} and is not square")
    if not matrix.size:
        raise NothingGiven(f"{what} is empty")
    if size is not None and matrix.shape[0] != size:
        raise WrongShape(f"{what} is of {matrix.shape[0]} units, not of {size}")
    for rows in row_blocks(*matrix.shape):
        if np.isinf(matrix[rows]).any():
            row, column = np.argwhere(np.isinf(matrix[rows]))[0]
            raise NotFinite(f"{what} is infinite at row {rows.start + row}, column {column}")
    return matrix
