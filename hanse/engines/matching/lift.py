"""Lift: do two countries, or two kinds of organisation, work together more than their size says?"""

import numpy as np
from scipy import sparse

from hanse.engines.matching.graph import Floats, Graph, Ints, total

EXPECTED_BEFORE = 2.0


def pair_lift(graph: Graph, group: Ints, count: int) -> Floats:
    """How much more often members of two groups meet in projects than if groups did not matter.

    Formula   lift(a, b) = ln( (o(a, b) + 2) / (e(a, b) + 2) ),  e(a, b) = o(a) o(b) / o
              o(a, b)  sum over collaborative projects of the ordered pairs of a member of a and a
                       member of b, each project's pairs divided by n - 1: a seat counts as one
                       meeting however large the project is
    Unit      natural logarithm; 0 = as expected, 0.7 = twice as often
    Takes     group: n numbers below `count`, such as countries or kinds
    Gives     count x count, symmetric; the 2 draws pairs of which little is known towards 0
    """
    seats = sparse.csr_matrix(
        (np.ones(graph.size), (group, np.arange(graph.size))), shape=(count, graph.size)
    )
    members = (seats @ graph.together).tocsr()
    weight = sparse.diags(1 / (graph.participants[graph.collaborative] - 1))
    met = np.asarray((members @ weight @ members.T).toarray())
    met -= np.diag(total(members @ weight, axis=1))
    each = met.sum(axis=1)
    expected = np.outer(each, each) / max(each.sum(), 1.0)
    return np.asarray(np.log((met + EXPECTED_BEFORE) / (expected + EXPECTED_BEFORE)))
