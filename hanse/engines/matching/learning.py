"""Learning the weights of the signals from the past: what told last year who would meet?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hanse.engines.matching.choice import choice_weights
from hanse.engines.matching.graph import Floats, Graph, Ints, Matrix, before
from hanse.engines.matching.popularity import SMALL
from hanse.engines.matching.ranking import allowed, best_of, tie_order
from hanse.engines.matching.signals import SIGNALS, Ground, ground, signals, weighted
from hanse.engines.matching.truth import new_partners, with_new_partners

# What is used where there is no past to learn from: round numbers of the size that learning gives.
UNLEARNED = np.array([0.3, 0.2, 0.25, 0.45, 1.1, 1.0, 0.7, 0.5])
MONTHS = (18, 12, 6)
LEAST_PROJECTS, LEAST_CHOOSERS = 500, 50
MOST_COLLABORATIONS = 50
NEAREST, BY_LOT = 400, 200
CLOSE_RACE = 100
RIDGE, RIDGE_OF_THE_RACE = 0.1, 0.01
BLOCK = 64


@dataclass(frozen=True)
class Past:
    """A day in the past: what was known then, and who found new partners after it.

    known   signals of the graph before the day
    truth   new pairs of that graph in projects of at most 12 that started after it
    choosers  organisations of 1 to 50 collaborative projects with a new partner
    """

    known: Ground
    truth: Matrix
    choosers: Ints


@dataclass(frozen=True)
class Choices:
    """Alternatives of all choosers, one row each; see `choice_weights` for the columns."""

    signals: Floats
    chooser: Ints
    chosen: NDArray[np.bool_]
    standing_for: Floats
    collaborations: Floats


def pasts(graph: Graph) -> list[Past]:
    """A year and a half, a year and half a year before the end, where enough was known before.

    The end is the month after the last start of a project.
    """
    end = graph.started.max().astype("datetime64[M]") + np.timedelta64(1, "M")
    days = [(end - np.timedelta64(months, "M")).astype("datetime64[D]") for months in MONTHS]
    found = [past(graph, day) for day in days if collaborations_before(graph, day)]
    return [one for one in found if len(one.choosers) >= LEAST_CHOOSERS]


def collaborations_before(graph: Graph, day: np.datetime64) -> bool:
    """Whether there are enough collaborative projects before a day to compute signals from."""
    started = graph.started[graph.collaborative]
    return int((started < day).sum()) >= LEAST_PROJECTS and bool((started >= day).any())


def past(graph: Graph, day: np.datetime64) -> Past:
    """What was known before a day, and what happened from that day to the end of the graph."""
    earlier = before(graph, day)
    entries = graph.member.tocoo()
    later = graph.started[entries.col] >= day
    truth = new_partners(
        earlier,
        graph.organisations[entries.row[later]],
        graph.projects[entries.col[later]],
        most_participants=SMALL,
    )
    found = with_new_partners(truth)
    number = earlier.collaborations[found]
    return Past(ground(earlier), truth, found[(number >= 1) & (number <= MOST_COLLABORATIONS)])


def learned_weights(history: Sequence[Past], seed: int = 0) -> tuple[Floats, Floats]:
    """Weights for organisations of two collaborative projects or more, and of fewer.

    The first are the mean of what tells a partner from everybody else, and of what orders the
    hundred who come first: of the second question the first knows little, the second of the first.
    """
    if not history:
        return UNLEARNED.copy(), UNLEARNED.copy()
    whole = joined([choices(one, seed + number) for number, one in enumerate(history)])
    everybody = weights_of(whole)
    regular = only(whole, whole.collaborations > 1)
    if not regular.chosen.any():
        return everybody, everybody
    first = weights_of(regular)
    return (first + race_weights(regular, first)) / 2, everybody


def weights_of(known: Choices) -> Floats:
    """What tells a new partner from everybody else."""
    return choice_weights(
        known.signals, known.chooser, known.chosen, standing_for=known.standing_for, ridge=RIDGE
    )


def race_weights(known: Choices, first: Floats) -> Floats:
    """What orders those who come first by `first`; choosers count by the partners found there."""
    ahead = np.zeros(len(known.chooser), dtype=np.bool_)
    utility = known.signals @ first
    for rows in rows_of_choosers(known.chooser):
        close = min(CLOSE_RACE, rows.stop - rows.start)
        ahead[rows.start + np.argpartition(-utility[rows], close - 1)[:close]] = True
    all_of_them = np.bincount(known.chooser, known.chosen)
    found = np.bincount(known.chooser[ahead], known.chosen[ahead], len(all_of_them))
    race = only(known, ahead & (found > 0)[known.chooser])
    who = np.unique(race.chooser)
    return choice_weights(
        race.signals,
        race.chooser,
        race.chosen,
        importance=found[who] / all_of_them[who],
        ridge=RIDGE_OF_THE_RACE,
        around=first,
    )


def choices(one: Past, seed: int) -> Choices:
    """Of each chooser: all new partners, the 400 nearest others, and 200 of the rest by lot."""
    graph, lot = one.known.graph, np.random.default_rng(seed)
    ties = tie_order(graph)
    parts = []
    for chooser, values in each(one.known, one.choosers):
        partners = one.truth.indices[slice(*one.truth.indptr[chooser : chooser + 2])]
        others = allowed(graph, chooser, values @ UNLEARNED)
        others[partners] = -np.inf
        near = best_of(others, ties, NEAREST)
        others[near] = -np.inf
        rest = np.flatnonzero(np.isfinite(others))
        drawn = lot.choice(rest, min(BY_LOT, len(rest)), replace=False)
        rows = np.r_[partners, near, drawn]
        weight = np.ones(len(rows))
        weight[len(rows) - len(drawn) :] = len(rest) / max(len(drawn), 1)
        parts.append((values[rows], len(partners), weight))
    count = np.array([len(weight) for *_, weight in parts])
    return Choices(
        np.concatenate([values for values, *_ in parts]),
        np.repeat(np.arange(len(parts)), count),
        np.concatenate([np.arange(len(weight)) < partners for _, partners, weight in parts]),
        np.concatenate([weight for *_, weight in parts]),
        np.repeat(graph.collaborations[one.choosers], count),
    )


def each(known: Ground, organisations: Ints) -> Iterator[tuple[int, Floats]]:
    """Every organisation with its signals to all others, n x k."""
    for start in range(0, len(organisations), BLOCK):
        block = organisations[start : start + BLOCK]
        of_pairs = signals(known, block)
        for row, organisation in enumerate(block):
            yield int(organisation), np.stack([of_pairs[name][row] for name in SIGNALS], axis=1)


def blocks(known: Ground, organisations: Ints, weights: Floats) -> Iterator[tuple[Ints, Floats]]:
    """Organisations a block at a time, with the weighted sum of their signals to all others."""
    for start in range(0, len(organisations), BLOCK):
        block = organisations[start : start + BLOCK]
        yield block, weighted(signals(known, block), weights)


def joined(parts: Sequence[Choices]) -> Choices:
    """The choices of several pasts, each chooser of each a chooser of its own."""
    shifts = np.cumsum([0, *(int(part.chooser[-1]) + 1 for part in parts[:-1])])
    return Choices(
        np.concatenate([part.signals for part in parts]),
        np.concatenate([part.chooser + by for part, by in zip(parts, shifts, strict=True)]),
        np.concatenate([part.chosen for part in parts]),
        np.concatenate([part.standing_for for part in parts]),
        np.concatenate([part.collaborations for part in parts]),
    )


def only(known: Choices, rows: NDArray[np.bool_]) -> Choices:
    """Some of the rows."""
    return Choices(
        known.signals[rows],
        known.chooser[rows],
        known.chosen[rows],
        known.standing_for[rows],
        known.collaborations[rows],
    )


def rows_of_choosers(chooser: Ints) -> list[slice]:
    """The rows of each chooser, which stand together."""
    edges = np.flatnonzero(np.r_[True, chooser[1:] != chooser[:-1], True])
    return [slice(int(start), int(stop)) for start, stop in pairwise(edges)]
