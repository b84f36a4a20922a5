"""What a point set must be before anything is computed from it."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import (
    NegativeValue,
    NotFinite,
    NothingGiven,
    NotNumeric,
    TooFew,
    WrongShape,
)

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def checked_points(
    x: ArrayLike, y: ArrayLike, weights: ArrayLike | None = None
) -> tuple[Floats, Floats, Floats]:
    """Coordinates and weights (1 each where none are given) as arrays of one length.

    Raises    NothingGiven, WrongShape, NotNumeric, NotFinite, NegativeValue

    A weight of zero is allowed.
    """
    across, up = numbers("x", x), numbers("y", y)
    if across.ndim != 1 or across.shape != up.shape:
        raise WrongShape(f"x has shape {across.shape} and y {up.shape}; one number a point each")
    if not across.size:
        raise NothingGiven("no point is given")
    heavy = np.ones_like(across) if weights is None else numbers("weights", weights)
    if heavy.shape != across.shape:
        raise WrongShape(f"{across.size} points and weights of shape {heavy.shape}")
    for name, values in (("x", across), ("y", up), ("weights", heavy)):
        if not np.isfinite(values).all():
            raise NotFinite(f"{name} of point {int(np.argmin(np.isfinite(values)))} (from 0)")
    if (heavy < 0).any():
        raise NegativeValue(f"weight of point {int(np.argmax(heavy < 0))} (from 0)")
    return across, up, heavy


def numbers(name: str, values: ArrayLike) -> Floats:
    """Values as floats; NotNumeric where they are something else.

    Kernels are compiled for arrays in one piece that may be written: a slice, or a column of an
    Arrow table, is copied into one.
    """
    try:
        return np.require(values, np.float64, ("C", "W"))
    except (TypeError, ValueError) as cause:
        raise NotNumeric(f"{name} holds something else than numbers") from cause


def checked_distances(r: ArrayLike) -> Floats:
    """Distances at which a function is asked for: finite, 0 or more, increasing."""
    distances = numbers("r", r)
    if distances.ndim != 1 or not distances.size:
        raise WrongShape(f"r has shape {distances.shape}; a list of distances is needed")
    if not np.isfinite(distances).all():
        raise NotFinite("a distance in r is not finite")
    if (distances < 0).any():
        raise NegativeValue("a distance in r is below zero")
    if (np.diff(distances) <= 0).any():
        raise WrongShape("the distances in r do not increase")
    return distances


def of_type(types: ArrayLike, size: int, label: Any, *, least: int = 1) -> Mask:
    """Which points bear a label (None: all points); TooFew below `least` points of it."""
    names = np.asarray(types)
    if names.shape != (size,):
        raise WrongShape(f"{size} points and types of shape {names.shape}")
    chosen = np.ones(size, bool) if label is None else np.asarray(names == label, bool)
    found = int(chosen.sum())
    if found < least:
        raise TooFew(f"{found} points of type {label!r}; at least {least} needed")
    return chosen
