"""Popularity: who has many partners, and who works in small projects."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.matching.graph import Floats, Graph, total

SMALL = 12


def popularity(graph: Graph, organisations: ArrayLike) -> Floats:
    """Number of partners of every organisation, the same list for everybody: q x n.

    Source    preferential attachment; A.-L. Barabasi, R. Albert (1999) Science 286. A baseline that
              every method of suggesting must be compared with.
    """
    count = len(np.asarray(organisations))
    return np.broadcast_to(graph.degree, (count, graph.size))


def small_share(graph: Graph, most_participants: int = SMALL) -> Floats:
    """Share of an organisation's collaborative projects that have few participants (n).

    Formula   (s + 0.5) / (c + 1);  c collaborative projects, s those of at most `most_participants`
    Reading   who works in small projects is chosen by partners; who is in giant consortia is listed
    """
    sizes = graph.participants[graph.collaborative]
    small = graph.together @ (sizes <= most_participants).astype(np.float64)
    return np.asarray((small + 0.5) / (total(graph.together, axis=1) + 1))
