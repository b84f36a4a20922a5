"""The border: what is taken off for the own country, so that lists look beyond it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hanse.engines.matching.graph import Floats, Graph, Ints
from hanse.engines.matching.learning import blocks
from hanse.engines.matching.ranking import allowed, best_of, tie_order
from hanse.engines.matching.signals import Ground

PLACES = 10
POOL = 400
MOST_BORDER = 4.0
HALVINGS = 10
LEAST_LISTS = 50
# Of the size that adjusting gives, for a graph with too few lists to adjust to.
UNADJUSTED = 0.5


@dataclass(frozen=True)
class Lists:
    """The best 400 of each organisation by score: score and whether of the same country."""

    score: Floats
    domestic: NDArray[np.bool_]


def border_for(lists: Lists, abroad: float) -> float:
    """The least border with which that share of the first ten places is in another country.

    Method    halving, as the share grows with the border; at most 4, where nothing domestic is left
    """
    low, high = 0.0, MOST_BORDER
    if share_abroad(lists, low) >= abroad:
        return low
    for _ in range(HALVINGS):
        border = (low + high) / 2
        low, high = (low, border) if share_abroad(lists, border) >= abroad else (border, high)
    return high


def share_abroad(lists: Lists, border: float) -> float:
    """Share of the first ten places that is in another country, with a border."""
    corrected = lists.score - border * lists.domestic
    first = np.argsort(-corrected, axis=1, kind="stable")[:, :PLACES]
    return 1 - float(np.take_along_axis(lists.domestic, first, 1).mean())


def adjusted_border(
    known: Ground, organisations: Ints, weights: Floats, *, hub: float, abroad: float
) -> float:
    """The border that some organisations of a graph need; see `border_for`."""
    if len(organisations) < LEAST_LISTS:
        return UNADJUSTED
    return border_for(lists_of(known, organisations, weights, hub=hub), abroad)


def lists_of(known: Ground, organisations: Ints, weights: Floats, *, hub: float) -> Lists:
    """The lists of organisations without a border."""
    graph, ties = known.graph, tie_order(known.graph)
    score = np.full((len(organisations), min(POOL, graph.size)), -np.inf)
    domestic = np.zeros(score.shape, dtype=np.bool_)
    row = 0
    for block, sums in blocks(known, organisations, weights):
        for who, one in zip(block, sums - hub * known.partners, strict=True):
            candidates = allowed(graph, int(who), one)
            best = best_of(candidates, ties, POOL)
            score[row, : len(best)] = candidates[best]
            domestic[row, : len(best)] = graph.country[best] == graph.country[who]
            row += 1
    return Lists(score, domestic)


def asking_next(graph: Graph, share: float, seed: int) -> Ints:
    """Organisations that may ask next: a share of those with partners, by lot.

    Who was in more projects is drawn more often, as such organisations look for partners more.
    """
    who = np.flatnonzero(graph.collaborations)
    weight = graph.collaborations[who]
    count = min(len(who), max(LEAST_LISTS, round(share * len(who))))
    lot = np.random.default_rng(seed)
    return np.sort(lot.choice(who, count, replace=False, p=weight / weight.sum()))
