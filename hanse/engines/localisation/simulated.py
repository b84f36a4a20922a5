"""Envelope of any curve of a point pattern: for K, L, D and little m, simulation by simulation."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.faults import TooFew
from hanse.engines.localisation.envelopes import Envelope, envelope
from hanse.engines.localisation.null_models import (
    RANDOM_LABELS,
    RANDOM_LOCATION,
    exchanged,
    null_model,
)
from hanse.engines.localisation.points import Floats, checked_distances, checked_points, of_type
from hanse.engines.localisation.strips import strips
from hanse.engines.localisation.window import Window, is_inside
from hanse.engines.random_numbers import checked_seed, fill_uniform

RANDOM_POSITION = "random_position"
Curve = Callable[[Floats, Floats, NDArray[Any], Floats], Floats]


def curve_envelope(
    curve: Curve,
    x: ArrayLike,
    y: ArrayLike,
    types: ArrayLike,
    r: ArrayLike,
    reference: Any,
    *,
    weights: ArrayLike | None = None,
    null: str = RANDOM_LOCATION,
    window: Window | None = None,
    simulations: int = 100,
    alpha: float = 0.05,
    seed: int = 0,
    like: str | None = None,
    algorithm: str | None = None,
    test: bool = False,
    keep: bool = False,
) -> Envelope:
    """A curve of a pattern, with Monte Carlo bands.

    Takes     curve(x, y, types, weights) -> values at r, for instance a `k_function` with its
              window; a null model of `null_model`, or "random_position": every point anywhere in
              the window (needed then), independently
    Exactly   the same seed gives the same bands, whatever the order in which points are given.
    Raises    faults of the curve; UnknownConvention, TooFew (no simulation, or no window)
    """
    if simulations < 1:
        raise TooFew(f"{simulations} simulations; at least 1 needed")
    name = RANDOM_POSITION if null == RANDOM_POSITION else null_model(null)
    if name == RANDOM_POSITION and window is None:
        raise TooFew("random positions need a window")
    across, up, heavy = checked_points(x, y, weights)
    distances = checked_distances(r)
    labels = np.asarray(types)
    codes = np.unique(labels, return_inverse=True)[1]
    order = strips(across, up, codes, heavy).order
    across, up, heavy, labels = across[order], up[order], heavy[order], labels[order]
    is_reference = of_type(labels, across.size, reference)
    curves = np.empty((simulations, distances.size))
    for simulation in range(simulations):
        if window is not None and name == RANDOM_POSITION:
            there = positions(window, across.size, seed, simulation)
            curves[simulation] = curve(there[0], there[1], labels, heavy)
            continue
        who = exchanged(name, is_reference, simulation, 1, seed)[0]
        moved = heavy if name == RANDOM_LABELS else heavy[who]
        curves[simulation] = curve(across, up, labels[who], moved)
    return envelope(
        distances,
        curve(across, up, labels, heavy),
        curves,
        alpha=alpha,
        seed=seed,
        null=name,
        like=like,
        algorithm=algorithm,
        test=test,
        keep=keep,
    )


def positions(window: Window, count: int, seed: int, simulation: int) -> Floats:
    """Points evenly spread over a window: (2, count), drawn in its box and kept when inside."""
    left, low = window.edges[:, 0].min(), window.edges[:, 1].min()
    wide, high = window.edges[:, 0].max() - left, window.edges[:, 1].max() - low
    # Enough for the window's share of its box, and more again should chance be against it.
    size = int(4 * count * wide * high / window.area) + 64
    while True:
        drawn = np.empty(2 * size)
        fill_uniform(drawn, checked_seed(seed), simulation)
        x, y = left + wide * drawn[0::2], low + high * drawn[1::2]
        inside = [at for at in range(size) if is_inside(x[at], y[at], window.edges)][:count]
        if len(inside) == count:
            return np.stack([x[inside], y[inside]])
        size *= 2
