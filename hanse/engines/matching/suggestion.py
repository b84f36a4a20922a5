"""Suggestions: whom an organisation is likely to work with next, learned from who met before."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from hanse.engines import faults
from hanse.engines.matching.border import adjusted_border, asking_next
from hanse.engines.matching.graph import Floats, Graph, Ints, Matrix
from hanse.engines.matching.learning import learned_weights, pasts
from hanse.engines.matching.ranking import allowed, best_of, tie_order
from hanse.engines.matching.signals import Ground, ground, signals, weighted

VERSION = "suggestions 1"
ABROAD = 0.88
# What the weight of a candidate's partners is lowered by for those with a past. Up to here recall
# at ten hardly depends on it (above, it falls), and lists name four times as many organisations.
HUB = 0.3
ASKING = 0.1
REGULAR = 2


@dataclass(frozen=True)
class Weights:
    """Weights of the signals, and what is taken off: for one kind of asking organisation.

    border  off the score of a candidate in the own country
    hub     off the score for each ln(1 + partners) of a candidate
    """

    signals: Floats
    border: float
    hub: float


@dataclass(frozen=True)
class Model:
    """A graph, and what weighs how much for organisations with much and with little of a past.

    regular    for organisations of two collaborative projects or more
    beginning  for those of one or none
    learned    from how many moments of the past; 0 = round numbers, nothing was learned
    """

    graph: Graph
    regular: Weights
    beginning: Weights
    learned: int
    seed: int = 0
    version: str = VERSION

    @cached_property
    def ground(self) -> Ground:
        """What the signals of all pairs share."""
        return ground(self.graph)

    @cached_property
    def ties(self) -> Ints:
        """The order among equals."""
        return tie_order(self.graph, self.seed)

    def weights_for(self, organisation: int) -> Weights:
        """The weights that count for one organisation."""
        has_a_past = self.graph.collaborations[organisation] >= REGULAR
        return self.regular if has_a_past else self.beginning

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Everything as plain arrays, for `numpy.savez`; `from_arrays` reads them."""
        graph = self.graph
        plain = {name: getattr(graph, name) for name in PLAIN}
        words = {name: np.array(getattr(graph, name), dtype=str) for name in WORDS}
        sparse_parts = {
            f"{name}_{part}": getattr(getattr(graph, name), part)
            for name in SPARSE
            for part in ("data", "indices", "indptr")
        }
        weights = {
            name: np.array([*one.signals, one.border, one.hub])
            for name, one in (("regular", self.regular), ("beginning", self.beginning))
        }
        numbers = {"learned": np.array(self.learned), "seed": np.array(self.seed)}
        version = {"version": np.array(self.version)}
        return plain | words | sparse_parts | weights | numbers | version


PLAIN = ("organisations", "projects", "country", "kind", "started")
WORDS = ("countries", "kinds", "programmes")
SPARSE = ("member", "programme")


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Model:
    """The model that `Model.as_arrays` wrote.

    Errors    MissingColumn (an array is not there), UnknownConvention (another version wrote it)
    """
    try:
        version = str(arrays["version"])
        if version != VERSION:
            raise faults.UnknownConvention(f"{version!r} cannot be read by {VERSION!r}: fit again")
        words = {name: tuple(map(str, arrays[name])) for name in WORDS}
        shapes = {
            "member": (len(arrays["organisations"]), len(arrays["projects"])),
            "programme": (len(arrays["projects"]), len(words["programmes"])),
        }
        matrices = {name: matrix_of(arrays, name, shapes[name]) for name in SPARSE}
        plain = {name: np.asarray(arrays[name]) for name in PLAIN}
        regular, beginning = (weights_from(arrays[name]) for name in ("regular", "beginning"))
        learned, seed = int(arrays["learned"]), int(arrays["seed"])
    except KeyError as missing:
        raise faults.MissingColumn(f"array {missing} is missing") from missing
    parts: dict[str, Any] = {**plain, **words, **matrices}
    return Model(Graph(**parts), regular, beginning, learned, seed)


def matrix_of(arrays: Mapping[str, NDArray[Any]], name: str, shape: tuple[int, int]) -> Matrix:
    """A sparse matrix from its three arrays."""
    return sparse.csr_matrix(
        tuple(arrays[f"{name}_{part}"] for part in ("data", "indices", "indptr")), shape=shape
    )


def weights_from(values: NDArray[Any]) -> Weights:
    """Weights from signals, border and hub in a row."""
    return Weights(np.asarray(values[:-2]), float(values[-2]), float(values[-1]))


def fit(graph: Graph, *, abroad: float = ABROAD, hub: float = HUB, seed: int = 0) -> Model:
    """Learn from the past of a graph what tells who will work with whom.

    Method    the graph is cut 18, 12 and 6 months before its end; signals are computed from what
              was known then, and weighed by a conditional logit model so that they tell who found
              whom afterwards in projects of at most twelve. Then, on the whole graph, the score of
              the own country is lowered until the share `abroad` of the first ten places is in
              other countries, for one in ten organisations by lot.
    Takes     abroad: the share that is aimed at, 0..1; hub: what is taken off for each
              ln(1 + partners) of a candidate, for those with two collaborative projects or more;
              seed: for ties and lots
    Gives     a model; where fewer than 500 collaborative projects came before, or fewer than 50
              organisations found anybody, nothing is learned and round numbers stand in
    Errors    WrongShape (abroad outside of 0..1, hub below 0), NothingGiven (no collaborative
              project)
    Source    D. McFadden (1974) for the weights; our own choice and measurement for the signals
    """
    if not 0 <= abroad <= 1 or hub < 0:
        raise faults.WrongShape("abroad is a share from 0 to 1, hub is 0 or more")
    if not graph.collaborative.size:
        raise faults.NothingGiven("No project has two organisations: nobody works with anybody.")
    history = pasts(graph)
    regular, beginning = learned_weights(history, seed)
    known = ground(graph)
    asking = asking_next(graph, ASKING, seed)
    has_a_past = graph.collaborations[asking] >= REGULAR
    border = adjusted_border(known, asking[has_a_past], regular, hub=hub, abroad=abroad)
    at_first = adjusted_border(known, asking[~has_a_past], beginning, hub=0.0, abroad=abroad)
    return Model(
        graph,
        Weights(regular, border, hub),
        Weights(beginning, at_first, 0.0),
        len(history),
        seed,
    )


def scores(model: Model, organisations: ArrayLike) -> Floats:
    """The score of every organisation for each of q: q x n, higher is likelier.

    Partners and the organisation itself have one too; `suggest` leaves them out.
    """
    chosen = np.asarray(organisations)
    of_pairs = signals(model.ground, chosen)
    result = np.empty((len(chosen), model.graph.size))
    has_a_past = model.graph.collaborations[chosen] >= REGULAR
    for weights, rows in ((model.regular, has_a_past), (model.beginning, ~has_a_past)):
        of_rows = {name: values[rows] for name, values in of_pairs.items()}
        result[rows] = weighted(of_rows, weights.signals) - weights.hub * model.ground.partners
        domestic = model.graph.country == model.graph.country[chosen[rows]][:, None]
        result[rows] -= weights.border * domestic
    return result


@dataclass(frozen=True)
class Suggestions:
    """Suggested partners by number, best first, each with its score."""

    partners: Ints
    scores: Floats


def suggest(model: Model, organisation: int, *, most: int = 50) -> Suggestions:
    """The organisations that one is likeliest to work with next and has not worked with yet.

    Takes     organisation: its number in `model.graph` (`graph.number(code)`)
    Gives     at most `most`; fewer where the graph has no more
    Errors    MissingKey (no such number), WrongShape (most below 1)
    """
    if not 0 <= organisation < model.graph.size:
        raise faults.MissingKey(f"there is no organisation number {organisation}")
    if most < 1:
        raise faults.WrongShape(f"most: {most}; 1 or more")
    one = allowed(model.graph, organisation, scores(model, [organisation])[0])
    best = best_of(one, model.ties, most)
    return Suggestions(best, one[best])
