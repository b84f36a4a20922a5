"""Cleaning of clusters: small ones dissolved, misplaced industries moved, every move logged."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.definition.validation import average_relatedness, checked_labels
from hanse.engines.faults import WrongShape
from hanse.engines.relatedness.inputs import Matrix, square

Labels = NDArray[np.intp]
SMALL_CLUSTER = "small_cluster"
OUTLIER = "outlier"


@dataclass(frozen=True)
class Move:
    """An industry went from one cluster to another, by the labels given; the figures say why.

    `own` is its average relatedness to the cluster it left (NaN where it was alone), `other` that
    to the cluster it joined; for a small cluster that of the whole cluster.
    """

    industry: int
    origin: int
    target: int
    reason: str
    own: float
    other: float


@dataclass(frozen=True, eq=False)
class Cleaned:
    """Labels after cleaning, numbered as given with gaps closed, and the moves in their order."""

    labels: Labels
    moves: tuple[Move, ...]


def cleaned(
    labels: ArrayLike, similarity: ArrayLike, *, smallest: int = 2, margin: float = 0.0
) -> Cleaned:
    """Dissolve clusters that are too small, then move industries that are nearer to another.

    Formula   1. while a cluster has fewer than `smallest` industries: the smallest one (first of
                 equals) joins, as a whole, the cluster d with the highest BCR[c, d]
              2. while an industry has BCR[i, d] - WCR[i] > `margin` for some d: the one with the
                 largest difference moves to that d. No industry moves twice, and none leaves a
                 cluster of `smallest`.
              WCR, BCR of `average_relatedness`, computed anew after each move
    Takes     labels: 0 ... k - 1, -1 for none; similarity: square; smallest: 1 and more;
              margin: in the unit of the similarity, 0 and more
    Gives     the labels and every move
    Errors    WrongShape, TooFew, NotFinite, NotNumeric, NothingGiven.
    Source    Delgado, Porter and Stern (2016) reassign "marginal" and outlying industries to the
              cluster they are most related to and then review by hand; the order of moves and the
              rule that ends them are the platform's.

    >>> near = [[1, .9, .1, .2], [.9, 1, .2, .1], [.1, .2, 1, .8], [.2, .1, .8, 1]]
    >>> cleaned([0, 0, 0, 1], near, smallest=1).moves
    (Move(industry=2, origin=0, target=1, reason='outlier', own=0.15000000000000002, other=0.8),)
    """
    if smallest < 1 or not margin >= 0:
        raise WrongShape(f"smallest={smallest} is below 1 or margin={margin} below 0")
    matrix = square(similarity, "the similarity")
    names = checked_labels(labels, len(matrix)).copy()
    moves: list[Move] = []
    while _dissolve(names, matrix, smallest, moves):
        pass
    moved: set[int] = set()
    while _move(names, matrix, smallest, margin, moved, moves):
        pass
    used, places = np.unique(names, return_inverse=True)
    return Cleaned(places - int(used[0] == -1), tuple(moves))


def _dissolve(names: Labels, matrix: Matrix, smallest: int, moves: list[Move]) -> bool:
    size = np.bincount(names[names >= 0])
    small = np.flatnonzero((size > 0) & (size < smallest))
    if not small.size or (size > 0).sum() <= 2:  # noqa: PLR2004 -- two clusters stay
        return False
    origin = int(small[size[small].argmin()])
    clusters = _averages(names, matrix)[1]
    others = clusters[origin].copy()
    own = float(others[origin])
    others[origin] = np.nan
    if np.isnan(others).all():
        return False
    target = int(np.nanargmax(others))
    moves += [
        Move(int(industry), origin, target, SMALL_CLUSTER, own, float(others[target]))
        for industry in np.flatnonzero(names == origin)
    ]
    names[names == origin] = target
    return True


def _move(
    names: Labels,
    matrix: Matrix,
    smallest: int,
    margin: float,
    moved: set[int],
    moves: list[Move],
) -> bool:
    industries = _averages(names, matrix)[0]
    rows = np.arange(len(names))
    own = np.where(names >= 0, industries[rows, names], np.nan)
    industries[rows, names] = np.nan
    others = np.where(np.isnan(industries), -np.inf, industries)
    size = np.bincount(names[names >= 0])
    gain = others.max(axis=1) - own
    gain[(names < 0) | np.isnan(gain)] = -np.inf
    gain[size[names] <= smallest] = -np.inf
    gain[list(moved)] = -np.inf
    industry = int(gain.argmax())
    if not gain[industry] > margin:
        return False
    target = int(others[industry].argmax())
    moves.append(
        Move(
            industry,
            int(names[industry]),
            target,
            OUTLIER,
            float(own[industry]),
            float(others[industry, target]),
        )
    )
    moved.add(industry)
    names[industry] = target
    return True


def _averages(names: Labels, matrix: Matrix) -> tuple[Matrix, Matrix]:
    """Averages by the labels as given: columns of clusters dissolved since are NaN."""
    used, places = np.unique(names, return_inverse=True)
    shift = int(used[0] == -1)
    found = average_relatedness(places - shift, matrix)
    top = int(names.max()) + 1
    industries, clusters = np.full((len(names), top), np.nan), np.full((top, top), np.nan)
    industries[:, used[shift:]] = found.industries
    clusters[np.ix_(used[shift:], used[shift:])] = found.clusters
    return industries, clusters
