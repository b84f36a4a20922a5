"""Spatial weights: who is whose neighbour, and how much each neighbour counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from hanse.engines.faults import (
    DuplicateRows,
    NegativeValue,
    NotFinite,
    NothingGiven,
    NotNumeric,
    UnknownConvention,
    WrongShape,
)

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
STYLES = ("B", "W", "C", "U")


@dataclass(frozen=True)
class Weights:
    """A sparse matrix of n rows: row i holds neighbours[indptr[i]:indptr[i+1]] and their values.

    A unit may have no neighbour (`isolated`); it is never its own neighbour here.
    """

    indptr: Whole
    neighbours: Whole
    values: Floats
    n: int

    @property
    def matrix(self) -> csr_array:
        """The same as a scipy matrix."""
        return csr_array((self.values, self.neighbours, self.indptr), shape=(self.n, self.n))

    @property
    def rows(self) -> Whole:
        """The unit whose neighbour each entry is."""
        return np.repeat(np.arange(self.n), np.diff(self.indptr))

    @property
    def isolated(self) -> Mask:
        """Units without any neighbour."""
        alone: Mask = np.diff(self.indptr) == 0
        return alone

    @property
    def components(self) -> Whole:
        """Number of the connected part each unit is in, from 0."""
        labels: Whole = connected_components(self.matrix, directed=False)[1].astype(np.int64)
        return labels

    def lag(self, values: Floats) -> Floats:
        """Weighted sum of the neighbours' values; 0 where there are none."""
        products = self.values * values[self.neighbours]
        sums: Floats = np.bincount(self.rows, weights=products, minlength=self.n).astype(float)
        return sums


def from_neighbours(
    lists: Sequence[ArrayLike], values: Sequence[ArrayLike] | None = None, *, style: str = "B"
) -> Weights:
    """Weights from a list of neighbours per unit (numbers from 0), 1 each or with given values.

    Raises    NothingGiven, WrongShape (a number that is no unit, a unit its own neighbour, values
              that do not fit), DuplicateRows, NotFinite, NegativeValue, UnknownConvention

    >>> from_neighbours([[1], [0, 2], [1], []], style="W").values.tolist()
    [1.0, 0.5, 0.5, 1.0]
    """
    if not len(lists):
        raise NothingGiven("no unit is given")
    rows = [np.asarray(row, np.int64).ravel() for row in lists]
    if values is not None and [np.size(row) for row in values] != [row.size for row in rows]:
        raise WrongShape("not one value for each neighbour")
    indptr = np.concatenate([[0], np.cumsum([row.size for row in rows])]).astype(np.int64)
    neighbours = np.concatenate(rows)
    given = (
        np.ones(neighbours.size)
        if values is None
        else np.concatenate([numbers("weights", row).ravel() for row in values])
    )
    return styled(_checked(Weights(indptr, neighbours, given, len(rows))), style)


def from_pairs(first: Whole, second: Whole, n: int, *, style: str = "B") -> Weights:
    """Weights 1 from pairs (unit, neighbour), each once; a pair and its mirror are two pairs."""
    order = np.lexsort((second, first))
    indptr = np.searchsorted(first[order], np.arange(n + 1)).astype(np.int64)
    neighbours = second[order].astype(np.int64)
    return styled(_checked(Weights(indptr, neighbours, np.ones(order.size), n)), style)


def styled(weights: Weights, style: str) -> Weights:
    """The same neighbours under another convention of values, as spdep names them.

    B   1 for every neighbour, or what was given
    W   each row sums to 1 (isolated units: nothing)
    C   all values sum to the number of units that have neighbours
    U   all values sum to 1
    Raises    UnknownConvention
    """
    if style not in STYLES:
        raise UnknownConvention(f"style {style!r}; there are {', '.join(STYLES)}")
    values = weights.values
    if style == "W":
        sums = np.bincount(weights.rows, weights=values, minlength=weights.n)[weights.rows]
        values = np.divide(values, sums, out=np.zeros_like(values), where=sums > 0)
    elif style in {"C", "U"} and values.sum() > 0:
        target = int((~weights.isolated).sum()) if style == "C" else 1
        values = values * (target / values.sum())
    return Weights(weights.indptr, weights.neighbours, values, weights.n)


def own_weights(weights: Weights) -> Floats:
    """The weight a unit has for itself in Gi*: as much as its heaviest neighbour.

    Gives     (n,) that weight; 1 for an isolated unit
    """
    heaviest = np.zeros(weights.n)
    np.maximum.at(heaviest, weights.rows, weights.values)
    return np.where(weights.isolated, 1.0, heaviest)


def numbers(name: str, values: ArrayLike) -> Floats:
    """Values as floats; NotNumeric where they are something else.

    Kernels are compiled for arrays in one piece that may be written: a slice, or a column of an
    Arrow table, is copied into one.
    """
    try:
        return np.require(values, np.float64, ("C", "W"))
    except (TypeError, ValueError) as cause:
        raise NotNumeric(f"{name}: something else than numbers") from cause


def checked_values(values: ArrayLike, weights: Weights) -> Floats:
    """Values of the units as floats; WrongShape, NotNumeric, NotFinite otherwise."""
    given = numbers("values", values)
    if given.shape != (weights.n,):
        raise WrongShape(f"{weights.n} units and values of shape {given.shape}")
    if not np.isfinite(given).all():
        raise NotFinite(f"value of unit {int(np.argmin(np.isfinite(given)))} (from 0)")
    return given


def _checked(weights: Weights) -> Weights:
    rows, neighbours = weights.rows, weights.neighbours
    wrong = (neighbours < 0) | (neighbours >= weights.n)
    if wrong.any():
        raise WrongShape(f"a neighbour of unit {rows[wrong][0]} (from 0) is not one of the units")
    if (rows == neighbours).any():
        raise WrongShape(f"unit {rows[rows == neighbours][0]} (from 0) is its own neighbour")
    keys = np.sort(rows * weights.n + neighbours)
    again = keys[1:][np.diff(keys) == 0]
    if again.size:
        raise DuplicateRows(f"unit {again[0] // weights.n} (from 0) has a neighbour twice")
    if not np.isfinite(weights.values).all():
        raise NotFinite("a weight is not finite")
    if (weights.values < 0).any():
        raise NegativeValue("a weight is below zero")
    return weights
