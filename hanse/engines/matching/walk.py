"""A walk over projects: go to a project of yours, then to one of its members, and again."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines import faults
from hanse.engines.matching.graph import Floats, Graph

STEPS = 10


def walk(
    graph: Graph, organisations: ArrayLike, *, restart: float = 0.15, steps: int = STEPS
) -> Floats:
    """Where a walker is who starts at an organisation and now and then returns to it.

    Formula   x = r e + (1 - r) T' x, iterated `steps` times from e;  T(i, j) = sum over projects p
              of i of 1 / (c(i) n(p)), j in p;  c projects of an organisation, n members of a
              project. A project is chosen first and one of its members second: a consortium of 100
              is one choice, not 99.
    Unit      a probability: each row adds up to 1, or to the part that restarts in an organisation
              without collaborative projects
    Takes     organisations: numbers of q organisations; restart: above 0, at most 1
    Gives     q x n; what is left out after 10 steps is (1 - restart)^10
    Errors    WrongShape (restart)
    Source    L. Page et al. (1999) "The PageRank citation ranking"; T. Haveliwala (2002)
              "Topic-sensitive PageRank", on the bipartite graph.
    """
    if not 0 < restart <= 1:
        raise faults.WrongShape(f"restart: {restart}; above 0, at most 1")
    chosen = np.asarray(organisations)
    start = np.zeros((graph.size, len(chosen)))
    start[chosen, np.arange(len(chosen))] = 1
    here = start
    for _ in range(steps):
        here = (1 - restart) * (graph.arriving @ (graph.leaving @ here)) + restart * start
    return np.ascontiguousarray(here.T)
