"""The graph of past joint projects: who is near whom in it, and through whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hanse.directory.models import JointProject, Participation
from hanse.directory.words import FOUND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# A project of more than so many partners is no choice of a partner.
MOST_PARTNERS = 40


@dataclass(frozen=True)
class Ties:
    """What two organisations share in the graph."""

    projects: Sequence[JointProject]
    partners: Sequence[str]


def partner_scores(number: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Organisations near one in the graph, from 0 to 1 of the nearest; without its partners.

    Through each common project a partner's other partners are reached with weight 1 / log(2 +
    partners of the one between): common partners after Adamic and Adar (2003).
    """
    import numpy as np

    direct = partners_of([number]).get(number, set())
    reached: Counter[int] = Counter()
    for between, others in partners_of(direct).items():
        weight = 1 / np.log(2 + len(others))
        for other in others - direct - {number, between}:
            reached[other] += weight
    if not reached:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    numbers = np.array(sorted(reached), dtype=np.int64)
    scores = np.array([reached[one] for one in numbers.tolist()])
    return numbers, scores / scores.max()


def partners_of(numbers: Sequence[int] | set[int]) -> dict[int, set[int]]:
    """Who worked with each of them in a project of a size that is a choice."""
    own = Participation.objects.filter(organisation__in=list(numbers))
    sides = list(own.values_list("organisation", "project"))
    members: dict[int, set[int]] = {}
    inside = Participation.objects.filter(project__in={project for _one, project in sides})
    for project, one in inside.values_list("project", "organisation"):
        members.setdefault(project, set()).add(one)
    found: dict[int, set[int]] = {number: set() for number in numbers}
    for one, project in sides:
        if len(members[project]) <= MOST_PARTNERS:
            found[one] |= members[project] - {one}
    return found


def direct_partners(number: int) -> set[int]:
    return partners_of([number])[number]


def ties_between(number: int, others: Sequence[int]) -> dict[int, Ties]:
    """Common projects and common partners of one with each of some, by their numbers."""
    direct = partners_of([number])[number]
    theirs = partners_of(others)
    shared = {other: direct & theirs[other] for other in others}
    names = dict(
        Participation.objects.filter(
            organisation__in=set().union(*shared.values()) if shared else [],
            organisation__state__in=FOUND,
        ).values_list("organisation", "organisation__name")
    )
    own = set(Participation.objects.filter(organisation=number).values_list("project", flat=True))
    common: dict[int, list[JointProject]] = {}
    both = Participation.objects.filter(project__in=own, organisation__in=others)
    for one in both.select_related("project"):
        common.setdefault(one.organisation_id, []).append(one.project)
    return {
        other: Ties(
            common.get(other, []), sorted(names[one] for one in shared[other] if one in names)
        )
        for other in others
    }
