"""Null models of Monte Carlo envelopes: what is exchanged, and what stays."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from hanse.engines.faults import UnknownConvention
from hanse.engines.localisation.points import Mask
from hanse.engines.random_numbers import checked_seed, fill_permutations

RANDOM_LOCATION: Final = "random_location"
RANDOM_LABELS: Final = "random_labels"
POPULATION_INDEPENDENCE: Final = "population_independence"
NULL_MODELS: Final = (RANDOM_LOCATION, RANDOM_LABELS, POPULATION_INDEPENDENCE)
PEERS: Final = {
    "RandomLocation": RANDOM_LOCATION,
    "RandomLabeling": RANDOM_LABELS,
    "PopulationIndependence": POPULATION_INDEPENDENCE,
}


def null_model(name: str) -> str:
    """The null model of a name of ours or of dbmss.

    random_location          points with their type and weight are exchanged over all positions
    random_labels            types are exchanged among the points; position and weight stay
    population_independence  reference points stay where they are; the others, with their type and
                             weight, are exchanged over the positions of the others
    Source    E. Marcon & F. Puech (2010) Journal of Economic Geography 10; names as in dbmss.
    Raises    UnknownConvention

    >>> null_model("RandomLabeling")
    'random_labels'
    """
    known = PEERS.get(name, name)
    if known not in NULL_MODELS:
        raise UnknownConvention(f"null model {name!r}; there are {', '.join(NULL_MODELS)}")
    return known


def exchanged(null: str, reference: Mask, first: int, count: int, seed: int) -> NDArray[np.int32]:
    """Which point stands at each position, in simulations `first` to first + count - 1.

    Shape     (count, points). The same seed gives the same simulation number the same row, whatever
              is computed beside it.
    """
    who = np.empty((count, reference.size), np.int32)
    stays = reference if null == POPULATION_INDEPENDENCE else np.zeros_like(reference)
    fill_permutations(who, np.flatnonzero(~stays).astype(np.int32), checked_seed(seed), first)
    return who
