"""Distances between pairs of points, counted into fine bins or summed under a Gaussian kernel."""

import numpy as np
from numba import njit

from hanse.engines.localisation.points import Floats, Mask
from hanse.engines.localisation.strips import Whole

CUT = 9.0  # bandwidths; exp(-CUT**2 / 2) is below 3e-18


@njit(cache=True, nogil=True)
def add_pairs(
    start: int,
    stop: int,
    a: Floats,
    b: Floats,
    same: bool,  # noqa: FBT001 -- compiled
    farthest: float,
    counts: Whole,
    masses: Floats,
) -> None:
    """Count pairs of the points a[start:stop] with points b by distance, up to `farthest`.

    a, b      (points, 3): x, y, weight; where they are the same points each pair counts once
    counts    by bins of width farthest / bins
    masses    products of weights at multiples of that width (one more than bins), each shared out
              between the two next to the distance so that the mean distance stays what it is
    """
    bins = counts.size
    limit = farthest * farthest
    scale = bins / farthest
    for i in range(start, stop):
        x, y, w = a[i, 0], a[i, 1], a[i, 2]
        for j in range(i + 1 if same else 0, b.shape[0]):
            dx = b[j, 0] - x
            dy = b[j, 1] - y
            d2 = dx * dx + dy * dy
            if d2 <= limit:
                exact = np.sqrt(d2) * scale
                place = min(int(exact), bins - 1)
                counts[place] += 1
                weight = w * b[j, 2]
                beyond = weight * (exact - place)
                masses[place] += weight - beyond
                masses[place + 1] += beyond


@njit(cache=True, nogil=True)
def fill_distances(a: Floats, b: Floats, same: bool, out: Floats) -> None:  # noqa: FBT001
    """Write the distances of all pairs one after the other."""
    at = 0
    for i in range(a.shape[0]):
        for j in range(i + 1 if same else 0, b.shape[0]):
            out[at] = np.sqrt((b[j, 0] - a[i, 0]) ** 2 + (b[j, 1] - a[i, 1]) ** 2)
            at += 1


@njit(cache=True, nogil=True)
def add_kernels(
    start: int,
    stop: int,
    a: Floats,
    b: Floats,
    same: bool,  # noqa: FBT001 -- compiled
    r: Floats,
    h: float,
    sums: Floats,
) -> None:
    """Add to sums[k] the kernel of every pair at r[k], mirrored at zero, times both weights."""
    scale = 1 / (h * np.sqrt(2 * np.pi))
    for i in range(start, stop):
        for j in range(i + 1 if same else 0, b.shape[0]):
            d = np.sqrt((b[j, 0] - a[i, 0]) ** 2 + (b[j, 1] - a[i, 1]) ** 2)
            weight = a[i, 2] * b[j, 2] * scale
            for k in range(r.size):
                near = (r[k] - d) / h
                far = (r[k] + d) / h
                if abs(near) < CUT:
                    sums[k] += weight * (np.exp(-near * near / 2) + np.exp(-far * far / 2))


@njit(cache=True, nogil=True)
def smoothed(r: Floats, h: float, width: float, masses: Floats) -> Floats:
    """The same sums from masses at multiples of a width, counted from zero."""
    out = np.zeros(r.size)
    scale = 1 / (h * np.sqrt(2 * np.pi))
    for k in range(r.size):
        first = max(0, int((r[k] - CUT * h) / width))
        last = min(masses.size, int((r[k] + CUT * h) / width) + 1)
        total = 0.0
        for place in range(first, last):
            d = place * width
            near = (r[k] - d) / h
            far = (r[k] + d) / h
            total += masses[place] * (np.exp(-near * near / 2) + np.exp(-far * far / 2))
        out[k] = total * scale
    return out


def chosen(x: Floats, y: Floats, weights: Floats, mask: Mask) -> Floats:
    """Points of a type as (points, 3): x, y, weight."""
    return np.column_stack([x[mask], y[mask], weights[mask]])
