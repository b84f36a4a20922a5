"""The offline test: how many of the partners found later did the lists name before?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hanse.engines import faults
from hanse.engines.matching.graph import Floats, Graph, Ints, Matrix
from hanse.engines.matching.ranking import NOBODY, first_places, tie_order
from hanse.engines.random_numbers import checked_seed

MOST_REGULAR = 50
SHORT, LONG = 10, 50
DRAWS = 1000
BLOCK = 64

Score = Callable[[Graph, Ints], Floats]


@dataclass(frozen=True)
class Measures:
    """How good lists of 50 are for some queries.

    recall_10, recall_50  mean share of all true new partners among the first 10, 50
    mrr            mean of 1 / place of the first true one (0 if it is not among the 50)
    map_50         mean of the average precision over the true ones among the 50
    coverage       share of all organisations that some list names among its first 10
    abroad         share of the first 10 places that is in another country
    """

    recall_10: float
    recall_50: float
    mrr: float
    map_50: float
    coverage: float
    abroad: float


@dataclass(frozen=True)
class Ratio:
    """Mean of ours by mean of theirs, with bounds of 95 % from draws of the queries."""

    ratio: float
    low: float
    high: float


def slice_of(graph: Graph) -> NDArray[np.str_]:
    """The slice of each organisation by its collaborative projects: isolated 0, cold 1, regular.

    Regular are those of 2 to 50, hubs those of more.
    """
    number = graph.collaborations
    return np.select(
        [number == 0, number == 1, number <= MOST_REGULAR], ["isolated", "cold", "regular"], "hub"
    )


def lists(graph: Graph, queries: Ints, score: Score, *, most: int = LONG, seed: int = 0) -> Ints:
    """The best candidates of each query by a score: q x most (see `first_places`)."""
    ties = tie_order(graph, seed)
    parts = [
        first_places(graph, block, score(graph, block), ties, most=most)
        for block in (queries[start : start + BLOCK] for start in range(0, len(queries), BLOCK))
    ]
    return np.concatenate(parts) if parts else np.empty((0, most), dtype=np.int64)


def hits(truth: Matrix, queries: Ints, lists: Ints) -> NDArray[np.bool_]:
    """Which places of the lists hold a true new partner: q x most."""
    found = np.zeros(lists.shape, dtype=np.bool_)
    for row, query in enumerate(queries):
        partners = truth.indices[slice(*truth.indptr[query : query + 2])]
        found[row] = np.isin(lists[row], partners)
    return found


def recall(truth: Matrix, queries: Ints, lists: Ints, k: int = SHORT) -> Floats:
    """Share of the true new partners of each query among the first k (q).

    Errors    NothingGiven (a query without a true new partner)
    """
    size = np.diff(truth.indptr)[queries]
    if not size.all():
        raise faults.NothingGiven("A query without a new partner has no recall.")
    return np.asarray(hits(truth, queries, lists[:, :k]).sum(axis=1) / size)


def measures(graph: Graph, truth: Matrix, queries: Ints, lists: Ints) -> Measures:
    """Every measure of lists of 50 over some queries.

    Formula   AP = 1 / min(t, 50) sum over places k that hold a true one of (true ones up to k) / k,
              t all true new partners of the query
    Errors    NothingGiven (no query, or one without a true new partner)
    """
    if not len(queries):
        raise faults.NothingGiven("No query: there is nothing to measure.")
    found = hits(truth, queries, lists)
    place = np.arange(1, lists.shape[1] + 1)
    precision = (found * found.cumsum(axis=1) / place).sum(axis=1)
    most_possible = np.minimum(np.diff(truth.indptr)[queries], lists.shape[1])
    first = np.where(found.any(axis=1), 1 / (found.argmax(axis=1) + 1), 0.0)
    short = lists[:, :SHORT]
    named = short != NOBODY
    foreign = graph.country[short] != graph.country[queries][:, None]
    return Measures(
        recall_10=float(recall(truth, queries, lists, SHORT).mean()),
        recall_50=float(recall(truth, queries, lists, LONG).mean()),
        mrr=float(first.mean()),
        map_50=float((precision / most_possible).mean()),
        coverage=len(np.unique(short[named])) / graph.size,
        abroad=float(foreign[named].mean()) if named.any() else 0.0,
    )


def paired_ratio(ours: Floats, theirs: Floats, *, draws: int = DRAWS, seed: int = 0) -> Ratio:
    """How many times better ours is, with bounds from drawing queries with replacement.

    Formula   ratio = mean(ours) / mean(theirs); bounds are the 2.5 and 97.5 percentiles of the same
              over `draws` samples of the queries, both methods on the same queries each time
    Errors    WrongShape (not the same queries), NothingGiven (no query, or theirs never hits)
    Source    B. Efron (1979) "Bootstrap methods", Annals of Statistics 7.

    >>> paired_ratio(np.array([0.2, 0.4]), np.array([0.1, 0.2]))
    Ratio(ratio=2.0, low=2.0, high=2.0)
    """
    if ours.shape != theirs.shape:
        raise faults.WrongShape("Ours and theirs are not of the same queries.")
    if not theirs.any():
        raise faults.NothingGiven("Theirs finds nobody: there is no ratio to it.")
    lot = np.random.default_rng(checked_seed(seed))
    count = len(ours)
    drawn = [lot.integers(0, count, count) for _ in range(draws)]
    sums = np.array([(ours[rows].sum(), theirs[rows].sum()) for rows in drawn])
    sums = sums[sums[:, 1] > 0]
    low, high = np.percentile(sums[:, 0] / sums[:, 1], [2.5, 97.5])
    return Ratio(float(ours.mean() / theirs.mean()), float(low), float(high))
