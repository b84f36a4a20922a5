"""Agreement of clusters with published groups and with published links."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from hanse.engines.faults import NothingGiven, TooFew, WrongShape
from hanse.engines.relatedness.inputs import Presence, square

Labels = NDArray[np.intp]


@dataclass(frozen=True)
class Together:
    """How often linked pairs fall into one cluster; see `linked_together`."""

    linked: int
    share: float
    by_chance: float

    @property
    def lift(self) -> float:
        """Share over chance; NaN where no pair at all falls together."""
        return self.share / self.by_chance if self.by_chance > 0 else float("nan")


def adjusted_rand(labels: ArrayLike, published: ArrayLike) -> float:
    """Agreement of two groupings of the same industries, corrected for chance.

    Formula   (S - E) / ((A + B) / 2 - E), E = A B / T
              S  pairs together in both      A, B  pairs together in one      T  all pairs
    Unit      1 the same groups, 0 what chance gives, below 0 less than that
    Takes     one whole number for each industry; below 0: in no group, not counted
    Gives     one number
    Unknown   NaN where both put all in one group or each in its own: any two such agree.
    Errors    WrongShape for different lengths; TooFew for fewer than two industries.
    Source    L. Hubert and P. Arabie (1985) "Comparing partitions", Journal of Classification 2.

    >>> adjusted_rand([0, 0, 1, 1], [5, 5, 3, 3])
    1.0
    """
    ours, theirs = np.asarray(labels), np.asarray(published)
    if ours.shape != theirs.shape or ours.ndim != 1:
        raise WrongShape(f"groupings of shapes {ours.shape} and {theirs.shape}")
    both = (ours >= 0) & (theirs >= 0)
    if both.sum() < 2:  # noqa: PLR2004 -- no pair
        raise TooFew("fewer than two industries are in a group of both")
    _, a = np.unique(ours[both], return_inverse=True)
    _, b = np.unique(theirs[both], return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    same, rows, columns, every = (
        float((n * (n - 1) / 2).sum())
        for n in (table, table.sum(axis=1), table.sum(axis=0), table.sum())
    )
    expected = rows * columns / every
    most = (rows + columns) / 2
    return (same - expected) / (most - expected) if most != expected else float("nan")


def linked_together(labels: ArrayLike, links: ArrayLike) -> Together:
    """Share of published linked pairs that fall into one cluster, beside that of all pairs.

    Formula   share     = linked pairs in one cluster / linked pairs
              by_chance = all pairs in one cluster / all pairs
    Takes     labels: for each industry, below 0: in no cluster, not counted; links: industries x
              industries of 0 and 1, read as symmetric (linked in either direction), without the
              diagonal
    Errors    WrongShape where they do not fit; NothingGiven where no counted pair is linked.
    Source    the platform's definition.

    >>> linked_together([0, 0, 1], [[0, 1, 0], [0, 0, 0], [0, 0, 0]])
    Together(linked=1, share=1.0, by_chance=0.3333333333333333)
    """
    names = np.asarray(labels)
    either = _symmetric(links, len(names))
    counted = np.triu(np.outer(names >= 0, names >= 0), 1)
    linked = either & counted
    if not linked.any():
        raise NothingGiven("no two industries of a cluster are linked")
    same = names[:, None] == names
    return Together(int(linked.sum()), float(same[linked].mean()), float(same[counted].mean()))


def linked_above_others(similarity: ArrayLike, links: ArrayLike) -> float:
    """How likely a linked pair is more similar than a pair that is not linked (AUC).

    Formula   (sum of the ranks of linked pairs - n (n + 1) / 2) / (n m), ties at their mean rank
              n  linked pairs      m  other pairs
    Unit      0..1; 1/2 = by chance
    Takes     similarity: symmetric; pairs without one (NaN) are not counted; links as in
              `linked_together`
    Errors    WrongShape; NothingGiven where no counted pair is linked, or all are.
    Source    H. B. Mann and D. R. Whitney (1947), Annals of Mathematical Statistics 18.

    >>> near = [[1, 0.9, 0.1], [0.9, 1, 0.2], [0.1, 0.2, 1]]
    >>> linked_above_others(near, [[0, 1, 0], [1, 0, 0], [0, 0, 0]])
    1.0
    """
    matrix = square(similarity, "the similarity")
    either = _symmetric(links, len(matrix))
    above = np.triu(~np.isnan(matrix), 1)
    linked = either[above]
    if not linked.any() or linked.all():
        raise NothingGiven("linked pairs and others are both needed")
    ranks = rankdata(matrix[above])
    count, others = int(linked.sum()), int((~linked).sum())
    return float((ranks[linked].sum() - count * (count + 1) / 2) / (count * others))


def _symmetric(links: ArrayLike, industries: int) -> Presence:
    matrix = square(links, "the matrix of links", industries)
    if not np.isin(matrix, (0, 1)).all():
        raise WrongShape("the matrix of links holds something else than 0 and 1")
    return np.asarray((matrix > 0) | (matrix.T > 0))
