"""Explanation: the evidence behind one suggestion, which a person can look up."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hanse.engines import faults
from hanse.engines.matching.graph import Graph, Ints
from hanse.engines.matching.signals import SIGNALS, signals
from hanse.engines.matching.suggestion import Model

MOST = 5


@dataclass(frozen=True)
class CommonPartner:
    """An organisation that works with both: by number, with the projects it shares with each."""

    partner: int
    with_one: Ints
    with_other: Ints


@dataclass(frozen=True)
class SharedProgramme:
    """A programme part under which both have projects, and how many each; halves for two parts."""

    programme: str
    of_one: float
    of_other: float


@dataclass(frozen=True)
class Explanation:
    """Why one organisation is suggested to another. Numbers are those of the graph.

    common_partners   the five that tell most: those with the fewest partners first
    partners_in_common  how many there are in all
    programmes        shared parts, the one with most projects of both first
    countries, kinds  of one and of the other
    country_lift, kind_lift  how many times as often as expected the two countries, and the two
                      kinds, meet in projects
    partners, small_share  of the suggested: its partners, its share of projects of at most twelve
    contributions     what each signal, the border and the hub correction add to the score, compared
                      with the mean over all organisations; they add up to `score` less its mean
    score             as `suggest` gives it
    """

    common_partners: tuple[CommonPartner, ...]
    partners_in_common: int
    programmes: tuple[SharedProgramme, ...]
    countries: tuple[str, str]
    kinds: tuple[str, str]
    country_lift: float
    kind_lift: float
    partners: int
    small_share: float
    contributions: Mapping[str, float]
    score: float


def explain(model: Model, one: int, other: int, *, most: int = MOST) -> Explanation:
    """The evidence why `other` is suggested to `one`.

    Takes     numbers of two organisations of `model.graph`
    Errors    MissingKey (no such number), WrongShape (an organisation and itself)
    """
    graph, known = model.graph, model.ground
    if not (0 <= one < graph.size and 0 <= other < graph.size):
        raise faults.MissingKey(f"there is no organisation number {one} or {other}")
    if one == other:
        raise faults.WrongShape("an organisation is not suggested to itself")
    common = common_partners(graph, one, other)
    score, contributions = parts_of_score(model, one, other)
    return Explanation(
        tuple(links(graph, one, other, int(partner)) for partner in common[:most]),
        len(common),
        shared_programmes(graph, one, other),
        (graph.countries[graph.country[one]], graph.countries[graph.country[other]]),
        (graph.kinds[graph.kind[one]], graph.kinds[graph.kind[other]]),
        float(np.exp(known.countries[graph.country[one], graph.country[other]])),
        float(np.exp(known.kinds[graph.kind[one], graph.kind[other]])),
        int(graph.degree[other]),
        float(known.small[other]),
        contributions,
        score,
    )


def common_partners(graph: Graph, one: int, other: int) -> Ints:
    """Numbers of the common partners, those with few partners first."""
    both = np.intersect1d(partners_of(graph, one), partners_of(graph, other))
    return both[np.argsort(graph.degree[both], kind="stable")]


def partners_of(graph: Graph, one: int) -> Ints:
    """Numbers of the partners of an organisation."""
    return np.asarray(graph.partners.indices[slice(*graph.partners.indptr[one : one + 2])])


def links(graph: Graph, one: int, other: int, partner: int) -> CommonPartner:
    """The projects, by number, in which a common partner meets each of the two."""
    return CommonPartner(
        partner, shared_projects(graph, partner, one), shared_projects(graph, partner, other)
    )


def shared_projects(graph: Graph, one: int, other: int) -> Ints:
    """Numbers of the projects of two organisations."""
    member = graph.member
    rows = [member.indices[slice(*member.indptr[who : who + 2])] for who in (one, other)]
    return np.asarray(np.intersect1d(*rows))


def shared_programmes(graph: Graph, one: int, other: int) -> tuple[SharedProgramme, ...]:
    """Programme parts of both, by the smaller number of projects of the two."""
    of_one, of_other = (
        np.asarray((graph.member[who] @ graph.programme).toarray()).ravel() for who in (one, other)
    )
    shared = np.minimum(of_one, of_other)
    order = np.argsort(-shared, kind="stable")
    return tuple(
        SharedProgramme(graph.programmes[place], float(of_one[place]), float(of_other[place]))
        for place in order[: int((shared > 0).sum())]
    )


def parts_of_score(model: Model, one: int, other: int) -> tuple[float, dict[str, float]]:
    """The score, and what each part adds beyond what it adds for the mean organisation."""
    graph, weights = model.graph, model.weights_for(one)
    of_pairs = signals(model.ground, [one])
    parts = {
        name: weight * of_pairs[name][0]
        for name, weight in zip(SIGNALS, weights.signals, strict=True)
    }
    parts["border"] = -weights.border * (graph.country == graph.country[one])
    parts["hub"] = -weights.hub * model.ground.partners
    score = float(sum(values[other] for values in parts.values()))
    return score, {name: float(values[other] - values.mean()) for name, values in parts.items()}
