"""The best set of clusters among many: every configuration made, scored and listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hanse.engines.definition.clustering import HIERARCHICAL, features, groupings
from hanse.engines.definition.validation import Scores, validation_scores
from hanse.engines.faults import NothingGiven

Labels = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Candidate:
    """One set of clusters, how it was made, and its scores by each similarity."""

    similarity: str
    method: str
    number: int
    seed: int | None  # of k-means; None where nothing is drawn
    labels: Labels
    scores: Mapping[str, Scores]
    overall: float


def candidates(
    similarities: Mapping[str, ArrayLike],
    numbers: Sequence[int],
    *,
    methods: Sequence[str] = ("ward", "kmeans"),
    seeds: Sequence[int] = (0,),
    judges: Mapping[str, ArrayLike] | None = None,
) -> list[Candidate]:
    """Clusters by every similarity, method, number and seed, scored; the best first.

    Formula   overall = mean over the judges of the overall validation score
    Takes     similarities: square matrices by name, to make clusters from; numbers: of clusters;
              methods of `groups`; seeds: for k-means only; judges: matrices by name to score
              with, the similarities themselves where None
    Gives     a list in falling order of `overall`; among equals more clusters first (two clusters
              put together again score as well and say less), then in the order of the arguments
    Errors    NothingGiven where there is no configuration; as `groups` and `validation_scores`
    Source    Delgado, Porter and Stern (2016), who compare several hundred configurations of 30
              to 60 clusters this way and judge each by all matrices.

    >>> near = [[1, .9, .1, .2], [.9, 1, .2, .1], [.1, .2, 1, .8], [.2, .1, .8, 1]]
    >>> candidates({"LC": near}, [2, 3])[0].number
    2
    """
    if not (similarities and len(numbers) and len(methods)):
        raise NothingGiven("no similarity, number of clusters or method to try")
    told = judges or similarities
    made = []
    for name, matrix in similarities.items():
        given = features(matrix)
        for method in methods:
            fixed = method in HIERARCHICAL
            for seed in (0,) if fixed else seeds:
                for number, labels in zip(
                    numbers, groupings(given, numbers, method=method, seed=seed), strict=True
                ):
                    scores = {judge: validation_scores(labels, told[judge]) for judge in told}
                    overall = float(np.mean([each.overall for each in scores.values()]))
                    made.append(
                        Candidate(
                            name, method, number, None if fixed else seed, labels, scores, overall
                        )
                    )
    if not made:
        raise NothingGiven("no seed for k-means")
    return sorted(made, key=lambda each: (-each.overall, -each.number))
