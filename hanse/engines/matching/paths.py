"""Paths of three steps: partners of those who work with the same organisations as you do."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.matching.graph import Floats, Graph


def three_step_paths(graph: Graph, organisations: ArrayLike) -> Floats:
    """Paths i - u - v - j over partners, each step divided by the degrees it passes.

    Formula   L3(i, j) = sum over u, v of a(i, u) a(u, v) a(v, j) / sqrt(k(i) k(u)^2 k(v)^2 k(j)),
              that is the third power of D^-1/2 A D^-1/2, D the diagonal of the degrees k
    Takes     organisations: numbers of q organisations
    Gives     q x n; 0 where no path leads
    Source    I. A. Kovacs et al. (2019) "Network-based prediction of protein interactions", Nature
              Communications 10, whose form divides by sqrt(k(u) k(v)) alone; the ends are divided
              here too, so that hubs do not fill every list.
    """
    chosen = np.asarray(organisations)
    reached = graph.scaled_partners[chosen].toarray().T
    for _ in range(2):
        reached = graph.scaled_partners @ reached
    return np.ascontiguousarray(reached.T)
