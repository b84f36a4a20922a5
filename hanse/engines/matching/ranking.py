"""Ranking: who comes first in a list, and who is not in it."""

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.matching.graph import Floats, Graph, Ints
from hanse.engines.random_numbers import checked_seed, fill_uniform

NOBODY = -1


def tie_order(graph: Graph, seed: int = 0) -> Ints:
    """The place of every organisation among equals: more partners first, then by lot (n)."""
    lot = np.empty(graph.size)
    fill_uniform(lot, checked_seed(seed), 0)
    order = np.lexsort((lot, -graph.degree))
    place = np.empty(graph.size, dtype=np.int64)
    place[order] = np.arange(graph.size)
    return place


def first_places(
    graph: Graph, organisations: ArrayLike, scores: Floats, ties: Ints, *, most: int = 50
) -> Ints:
    """The best candidates of each organisation, best first: q x most, NOBODY where there are fewer.

    Candidates are all but the organisation itself and its partners.

    >>> from hanse.engines.matching.graph import graph
    >>> chain = graph([1, 2, 2, 3], [7, 7, 8, 8], country=["DE"] * 4, kind=["PRC"] * 4,
    ...               started=["2015-01-01"] * 4, programmes={})
    >>> first_places(chain, [0], np.array([[9.0, 5.0, 1.0]]), tie_order(chain), most=2).tolist()
    [[2, -1]]
    """
    chosen = np.asarray(organisations)
    lists = np.full((len(chosen), most), NOBODY, dtype=np.int64)
    for row, organisation in enumerate(chosen):
        one = allowed(graph, int(organisation), scores[row])
        best = best_of(one, ties, most)
        lists[row, : len(best)] = best
    return lists


def allowed(graph: Graph, organisation: int, scores: Floats) -> Floats:
    """The scores of one organisation, -inf for itself and its partners."""
    one = np.array(scores, dtype=np.float64)
    one[organisation] = -np.inf
    one[
        graph.partners.indices[slice(*graph.partners.indptr[organisation : organisation + 2])]
    ] = -np.inf
    return one


def best_of(scores: Floats, ties: Ints, most: int) -> Ints:
    """Numbers of the highest scores, equal ones in the order of `ties`; -inf is never chosen."""
    most = min(most, int(np.isfinite(scores).sum()))
    if not most:
        return np.empty(0, dtype=np.int64)
    least = np.partition(scores, -most)[-most]
    near = np.flatnonzero(scores >= least)
    return near[np.lexsort((ties[near], -scores[near]))[:most]]
