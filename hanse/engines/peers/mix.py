"""How unlike two regions' sector mixes are."""

import numpy as np
from numpy.typing import NDArray

from hanse.engines import faults

Matrix = NDArray[np.float64]


def cosine_distance(mix: Matrix) -> Matrix:
    """One minus the cosine between the sector vectors of every pair of regions.

    Formula   d(a, b) = 1 - sum of x_ai x_bi / sqrt(sum of x_ai**2 * sum of x_bi**2)
    Takes     mix, regions x sectors, counts or shares, not negative
    Gives     regions x regions, symmetric, 0 (the same mix) to 1 (nothing in common)
    Unknown   NaN in row and column of a region where nothing is counted
    Errors    NegativeValue, NotFinite, WrongShape
    Source    G. Salton, M. McGill (1983) "Introduction to Modern Information Retrieval".
    Beware    large sectors weigh most; Jensen-Shannon also sees the small ones.

    >>> cosine_distance(np.array([[3.0, 4.0], [6.0, 8.0], [4.0, -0.0]])).round(3).tolist()
    [[0.0, 0.0, 0.4], [0.0, 0.0, 0.4], [0.4, 0.4, 0.0]]
    """
    known = _checked(mix)
    length = np.sqrt((known * known).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = known / length[:, None]
    return _symmetric(1.0 - unit @ unit.T)


def jensen_shannon_distance(mix: Matrix) -> Matrix:
    """Square root of the Jensen-Shannon divergence between the mixes, to base 2.

    Formula   JS(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2, H(p) = -sum of p_i log2 p_i,
              p and q the shares of sectors in the two regions; distance = sqrt(JS), a metric
    Takes     mix, regions x sectors, counts or shares, not negative
    Gives     regions x regions, symmetric, 0 (the same mix) to 1 (no sector in common)
    Unknown   NaN in row and column of a region where nothing is counted
    Errors    NegativeValue, NotFinite, WrongShape
    Source    J. Lin (1991) "Divergence measures based on the Shannon entropy", IEEE Transactions on
              Information Theory 37; D. Endres, J. Schindelin (2003), same journal 49 (the metric).

    >>> jensen_shannon_distance(np.array([[1.0, 0.0], [0.0, 5.0], [2.0, 0.0]])).tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    known = _checked(mix)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = known / known.sum(axis=1)[:, None]
    own = _entropy(share)
    divergence = np.empty((len(share), len(share)))
    for place, row in enumerate(share):
        divergence[place] = _entropy((share + row) / 2) - (own + own[place]) / 2
    return _symmetric(np.sqrt(np.clip(divergence, 0.0, 1.0)))


def _entropy(share: Matrix) -> Matrix:
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(share > 0, share * np.log2(share), 0.0)
    empty = np.isnan(share).any(axis=1)
    entropy: Matrix = np.where(empty, np.nan, -parts.sum(axis=1))
    return entropy


def _symmetric(distance: Matrix) -> Matrix:
    """Rounding may leave 1e-17 on the diagonal, and the two triangles a bit apart."""
    distance = (distance + distance.T) / 2
    diagonal = np.diag_indices_from(distance)
    distance[diagonal] = np.where(np.isnan(distance[diagonal]), np.nan, 0.0)
    bounded: Matrix = np.clip(distance, 0.0, 1.0)
    return bounded


def _checked(mix: Matrix) -> Matrix:
    known = np.asarray(mix, dtype=np.float64)
    if known.ndim != 2:  # noqa: PLR2004
        raise faults.WrongShape(f"A mix is a matrix of regions x sectors, not {known.ndim}-d.")
    if not np.isfinite(known).all():
        raise faults.NotFinite("A mix holds values that are not finite; leave unknown sectors out.")
    if (known < 0).any():
        raise faults.NegativeValue("A mix holds values below zero.")
    return known
