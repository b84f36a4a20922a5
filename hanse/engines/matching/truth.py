"""Truth: who became partners later and had not been before."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from hanse.engines import faults
from hanse.engines.matching.graph import Graph, Ints, Matrix, binary_without_diagonal, total

PAIR = 2


def new_partners(
    graph: Graph,
    organisation: ArrayLike,
    project: ArrayLike,
    *,
    most_participants: int | None = None,
) -> Matrix:
    """Pairs of organisations of the graph that share a later project and shared none before.

    Takes     organisation, project: codes, one row for each organisation in a later project;
              most_participants: only later projects of at most so many organisations count, all of
              them counted, also those that are not in the graph
    Gives     n x n, symmetric, 1 for a new pair
    Errors    NothingGiven (no later row), WrongShape

    >>> from hanse.engines.matching.graph import graph
    >>> g = graph([1, 2, 3], [7, 7, 8], country=["DE"] * 3, kind=["PRC"] * 3,
    ...           started=["2015-01-01"] * 3, programmes={})
    >>> new_partners(g, [1, 2, 3, 9], [5, 5, 5, 5]).toarray().astype(int).tolist()
    [[0, 0, 1], [0, 0, 1], [1, 1, 0]]
    >>> new_partners(g, [1, 2, 3, 9], [5, 5, 5, 5], most_participants=3).nnz
    0
    """
    who, what = np.asarray(organisation, dtype=np.int64), np.asarray(project, dtype=np.int64)
    if len(who) != len(what):
        raise faults.WrongShape("Organisations and projects are not of one length.")
    if not len(who):
        raise faults.NothingGiven("No later participation: there is nothing to compare with.")
    rows = np.unique(np.stack([what, who]), axis=1)
    projects, column, size = np.unique(rows[0], return_inverse=True, return_counts=True)
    most = len(rows[0]) if most_participants is None else most_participants
    member = graph.numbers(rows[1])
    counts = (member >= 0) & (size >= PAIR)[column] & (size <= most)[column]
    later = sparse.csr_matrix(
        (np.ones(int(counts.sum())), (member[counts], column[counts])),
        shape=(graph.size, len(projects)),
    )
    pairs = binary_without_diagonal(later @ later.T)
    new = (pairs - pairs.multiply(graph.partners)).tocsr()
    new.eliminate_zeros()
    new.sort_indices()
    return new


def with_new_partners(truth: Matrix) -> Ints:
    """Numbers of the organisations that found at least one new partner."""
    return np.flatnonzero(total(truth, axis=1))
