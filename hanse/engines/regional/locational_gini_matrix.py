"""Locational Gini coefficients of a whole matrix at once: the same figures, without a table."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines import faults
from hanse.engines.regional.distributions import OVER

Floats = NDArray[np.float64]
BLOCK = 2**16  # values sorted at a time: their order, masses and weights stay in the cache


def locational_ginis(
    matrix: ArrayLike,
    *,
    of: str = "sector",
    weighted: bool = True,
    scale: float = 1.0,
    reference: ArrayLike | None = None,
) -> Floats:
    """Locational Gini coefficient of each column (of="sector") or of each row ("region").

    Formula   that of `locational_gini`, by the same Lorenz curve
    Unit      0 to scale
    Takes     matrix: regions x sectors of counts or amounts, `grid(table).values` for instance;
              reference: a number for each unit that the owners are spread over (people of the
              regions), or None for the sums of the matrix; equal numbers give the plain Gini
    Gives     float64, in the order of the columns or rows; equal to `locational_gini` to 1e-12
    Unknown   NaN where the sector or region is empty, or the reference is
    Errors    NotNumeric, WrongShape, NothingGiven, NotFinite, NegativeValue, UnknownConvention
    Source    P. Krugman (1991); E. M. Hoover (1936); see `locational_gini`.

    >>> locational_ginis([[10, 0], [0, 10]])
    array([0.5, 0.5])
    """
    if of not in OVER:
        raise faults.UnknownConvention(f"of={of!r}: an index is of a region or of a sector.")
    counts = _amounts("the matrix", matrix, 2)
    owners = counts.T if of == "sector" else counts
    units = owners.shape[1]
    figures = owners.sum(axis=0) if reference is None else _amounts("the reference", reference, 1)
    if figures.shape != (units,):
        raise faults.WrongShape(f"The reference has {figures.size} numbers, not {units}.")
    ginis = np.empty(owners.shape[0])
    step = max(1, BLOCK // units)
    for start in range(0, owners.shape[0], step):
        rows = slice(start, start + step)
        ginis[rows] = _ginis(np.ascontiguousarray(owners[rows]), figures, weighted=weighted)
    return scale * ginis


def _ginis(x: Floats, y: Floats, *, weighted: bool) -> Floats:
    """Gini coefficient of each row of x against y, whose units with nothing come last."""
    there = y > 0
    if not weighted or (there.all() and (y == y[0]).all()):
        # Units that count alike: the values themselves are sorted, nothing moves with them.
        mass = np.sort(x[:, there] / y[there], axis=1)
        weight = np.ones(mass.shape[1])
    else:
        quotient = np.divide(x, y, where=there, out=np.full(x.shape, np.inf))
        order = np.argsort(quotient, axis=1)
        mass, weight = np.take_along_axis(x, order, axis=1), y[order]
    reached = np.cumsum(weight, axis=-1)
    whole = weight.sum(axis=-1)
    moment = (mass * (2.0 * reached - weight - whole[..., None])).sum(axis=1)
    area = whole * mass.sum(axis=1)
    ginis: Floats = np.divide(moment, area, where=area > 0, out=np.full(len(x), np.nan))
    return ginis


def _amounts(what: str, values: ArrayLike, dimensions: int) -> NDArray[Any]:
    """Finite numbers from zero, as float64."""
    try:
        given = np.asarray(values)
    except ValueError as error:
        raise faults.WrongShape(f"{what} is no rectangle: {error}") from None
    if given.dtype.kind not in "buif":
        raise faults.NotNumeric(f"{what} holds {given.dtype}, not numbers.")
    if given.ndim != dimensions:
        raise faults.WrongShape(f"{what} has {given.ndim} dimensions, not {dimensions}.")
    if not given.size:
        raise faults.NothingGiven(f"{what} is empty.")
    amounts = given.astype(np.float64, copy=False)
    least, most = float(amounts.min()), float(amounts.max())
    if not np.isfinite(least) or not np.isfinite(most):
        raise faults.NotFinite(f"{what} has a value that is infinite or not a number.")
    if least < 0:
        raise faults.NegativeValue(f"{what} has a value below zero: {least}.")
    return amounts
