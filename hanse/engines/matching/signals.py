"""The signals of a suggestion: eight numbers for each pair, each of which can be explained."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hanse.engines.matching.graph import Floats, Graph
from hanse.engines.matching.lift import pair_lift
from hanse.engines.matching.paths import three_step_paths
from hanse.engines.matching.popularity import small_share
from hanse.engines.matching.profile import profile_directions
from hanse.engines.matching.walk import walk

SIGNALS = ("walk", "short_walk", "paths", "partners", "small", "profile", "countries", "kinds")
FAR, SHORT = 0.15, 0.5
# What is far below these counts as nothing: a chance of one in a million, a path over hubs.
LEAST_FAR, LEAST_SHORT, LEAST_PATH = 1e-6, 1e-7, 1e-4


@dataclass(frozen=True)
class Ground:
    """What the signals of all pairs share, computed once for a graph.

    partners, small  n, of the candidate    directions  n x p    countries, kinds  lifts of groups
    """

    graph: Graph
    partners: Floats
    small: Floats
    directions: Floats
    countries: Floats
    kinds: Floats


def ground(graph: Graph) -> Ground:
    """Everything of the signals that does not depend on who asks."""
    return Ground(
        graph,
        partners=np.log1p(graph.degree),
        small=small_share(graph),
        directions=profile_directions(graph),
        countries=pair_lift(graph, graph.country, len(graph.countries)),
        kinds=pair_lift(graph, graph.kind, len(graph.kinds)),
    )


def signals(known: Ground, organisations: ArrayLike) -> Mapping[str, Floats]:
    """Each signal of q organisations with all n: name → q x n.

    walk, short_walk  ln(1 + x / least) of the walk with restart 0.15 and 0.5
    paths             ln(1 + x / least) of the paths of three steps
    partners, small   ln(1 + partners) and the share of small projects of the candidate
    profile           cosine of the programme profiles
    countries, kinds  lift of the two countries, and of the two kinds of organisation
    """
    chosen, graph = np.asarray(organisations), known.graph
    wide = (len(chosen), graph.size)
    return {
        "walk": logarithm(walk(graph, chosen, restart=FAR), LEAST_FAR),
        "short_walk": logarithm(walk(graph, chosen, restart=SHORT), LEAST_SHORT),
        "paths": logarithm(three_step_paths(graph, chosen), LEAST_PATH),
        "partners": np.broadcast_to(known.partners, wide),
        "small": np.broadcast_to(known.small, wide),
        "profile": known.directions[chosen] @ known.directions.T,
        "countries": known.countries[graph.country[chosen]][:, graph.country],
        "kinds": known.kinds[graph.kind[chosen]][:, graph.kind],
    }


def logarithm(values: Floats, least: float) -> Floats:
    """ln(1 + x / least): the order of magnitude above what counts as nothing."""
    return np.asarray(np.log1p(values / least))


def weighted(of_pairs: Mapping[str, Floats], weights: Floats) -> Floats:
    """The sum of the signals by weight: q x n, in the order of `SIGNALS`."""
    first, *others = (
        weight * of_pairs[name] for name, weight in zip(SIGNALS, weights, strict=True)
    )
    return np.asarray(sum(others, start=first))
