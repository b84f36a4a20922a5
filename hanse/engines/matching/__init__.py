"""Matching: who is likely to work with whom, told from who worked with whom before."""

from hanse.engines.matching.adamic_adar import adamic_adar
from hanse.engines.matching.explanation import Explanation, explain
from hanse.engines.matching.graph import Graph, before, graph
from hanse.engines.matching.lift import pair_lift
from hanse.engines.matching.paths import three_step_paths
from hanse.engines.matching.popularity import popularity, small_share
from hanse.engines.matching.profile import profile_cosine
from hanse.engines.matching.suggestion import (
    Model,
    Suggestions,
    fit,
    from_arrays,
    scores,
    suggest,
)
from hanse.engines.matching.truth import new_partners
from hanse.engines.matching.walk import walk

__all__ = [
    "Explanation", "Graph", "Model", "Suggestions", "adamic_adar", "before", "explain", "fit",
    "from_arrays", "graph", "new_partners", "pair_lift", "popularity", "profile_cosine", "scores",
    "small_share", "suggest", "three_step_paths", "walk",
]  # fmt: skip
