"""Groups of industries from their similarity: hierarchical, or by k-means."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from hanse.engines.faults import TooFew, WrongShape
from hanse.engines.relatedness.conventions import one_of
from hanse.engines.relatedness.inputs import Matrix, square

Labels = NDArray[np.intp]
HIERARCHICAL = ("ward", "average", "complete", "single")
METHODS = (*HIERARCHICAL, "kmeans")
ROUNDS = 300  # k-means has come to rest long before
SAME = 1e-9  # relative: sums of squares that differ by rounding alone


@dataclass(frozen=True, eq=False)
class Features:
    """Rows of a similarity matrix as points, in an order that does not depend on labels."""

    points: Matrix
    members: Labels  # industries that have similarities, in that order
    industries: int


def features(similarity: ArrayLike) -> Features:
    """The rows of a similarity matrix, for `groups`: alike is who is similar to the same others.

    An industry whose similarities are all undefined takes no part. A diagonal that is not defined
    stands at the largest similarity of its row.

    Errors    WrongShape where the matrix is not square, or holds single undefined values;
              TooFew for fewer than two industries; NotFinite; NotNumeric.
    """
    matrix = square(similarity, "the similarity").copy()
    own = matrix.diagonal().copy()
    np.fill_diagonal(matrix, np.nan)
    known = np.flatnonzero(~np.isnan(matrix).all(axis=1))
    if known.size < 2:  # noqa: PLR2004 -- nothing to group
        raise TooFew("fewer than two industries have similarities")
    points = matrix[np.ix_(known, known)]
    best = np.nanmax(points, axis=1)
    np.fill_diagonal(points, np.where(np.isnan(own[known]), best, own[known]))
    if np.isnan(points).any():
        row, column = known[np.argwhere(np.isnan(points))[0]]
        raise WrongShape(f"the similarity of {row} and {column} is not defined")
    # Draws of k-means follow this order, so that another order of industries gives the same.
    order = np.lexsort(np.sort(points, axis=1).T)
    return Features(points[order][:, order], known[order], len(matrix))


def groups(similarity: ArrayLike, number: int, *, method: str = "ward", seed: int = 0) -> Labels:
    """Put industries into a number of groups by the rows of their similarity matrix.

    Formula   points are rows of the matrix, distances Euclidean.
              "ward", "average", "complete", "single": hierarchical, cut at `number` groups;
              "kmeans": the least sum of squares of ten starts (k-means++), Lloyd's iteration
    Takes     similarity: industries x industries; number: of groups, 2 up to the industries;
              seed: of k-means; the same seed gives the same groups, in any order of industries
    Gives     for each industry 0 ... number - 1, the largest group first; -1 where its
              similarities are not defined. A tree gives fewer groups where it would have to part
              industries at the same height, such as twins.
    Errors    WrongShape, TooFew, NotFinite, NotNumeric, UnknownConvention.
    Source    Delgado, Porter and Stern (2016) use Ward's method, k-means and k-medians;
              D. Arthur and S. Vassilvitskii (2007) for the starts.

    >>> groups([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1]], 2)
    array([0, 0, 1])
    """
    given = features(similarity)
    return next(iter(groupings(given, [number], method=method, seed=seed)))


def groupings(
    given: Features, numbers: Iterable[int], *, method: str, seed: int = 0
) -> Iterable[Labels]:
    """`groups` for several numbers, growing a tree only once."""
    one_of("method", method, METHODS)
    points = given.points
    tree = linkage(pdist(points), method=method) if method in HIERARCHICAL else None
    for number in numbers:
        if not 1 < number <= len(points):
            raise WrongShape(f"{len(points)} industries cannot make {number} groups")
        if tree is None:
            found = _kmeans(points, number, seed)
        else:
            found = fcluster(tree, number, criterion="maxclust") - 1
        labels = np.full(given.industries, -1)
        labels[given.members] = found
        yield ordered(labels)


def ordered(labels: Labels) -> Labels:
    """The same groups, numbered by size, then by their first industry; -1 stays.

    >>> ordered(np.array([5, 2, 2, -1]))
    array([ 1,  0,  0, -1])
    """
    names, first, size = np.unique(labels[labels >= 0], return_index=True, return_counts=True)
    order = np.lexsort((np.flatnonzero(labels >= 0)[first], -size))
    place = np.full(int(names.max(initial=-1)) + 2, -1)
    place[names[order]] = np.arange(len(names))
    return place[labels]


def _kmeans(points: Matrix, number: int, seed: int, starts: int = 10) -> Labels:
    generator = np.random.default_rng(seed)
    best, least = np.zeros(len(points), np.intp), np.inf
    for _ in range(starts):
        labels, within = _lloyd(points, _spread(points, number, generator))
        if within < least * (1 - SAME):
            best, least = labels, within
    return best


def _spread(points: Matrix, number: int, generator: np.random.Generator) -> Matrix:
    """k-means++: each next centre is drawn by its squared distance to those there are."""
    chosen = [int(generator.integers(len(points)))]
    far = _squares(points, points[chosen])[:, 0]
    while len(chosen) < number:
        total = far.sum()
        # All points coincide with a centre: any further one will do.
        draw = generator.random()
        place = int(np.searchsorted(np.cumsum(far), draw * total)) if total > 0 else 0
        chosen.append(min(place, len(points) - 1))
        far = np.minimum(far, _squares(points, points[chosen[-1:]])[:, 0])
    return points[chosen]


def _lloyd(points: Matrix, centres: Matrix) -> tuple[Labels, float]:
    labels = np.full(len(points), -1)
    for _ in range(ROUNDS):
        squares = _squares(points, centres)
        new = squares.argmin(axis=1)
        for empty in np.setdiff1d(np.arange(len(centres)), new):
            # A group that lost all its members takes the point farthest from its centre.
            own = squares[np.arange(len(points)), new]
            own[np.bincount(new, minlength=len(centres))[new] == 1] = -1
            new[own.argmax()] = empty
            squares[own.argmax(), empty] = 0
        if np.array_equal(new, labels):
            break
        labels = new
        belongs = labels == np.arange(len(centres))[:, None]
        centres = belongs @ points / belongs.sum(axis=1)[:, None]
    return labels, float(((points - centres[labels]) ** 2).sum())


def _squares(points: Matrix, centres: Matrix) -> Matrix:
    cross = points @ centres.T
    lengths = (points * points).sum(axis=1)[:, None] + (centres * centres).sum(axis=1)
    return np.asarray(np.maximum(lengths - 2 * cross, 0))
