"""The graph of past joint projects: who is near whom in it, and through whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from hanse.directory.models import JointProject, Participation, PartnerModel
from hanse.directory.words import FOUND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from hanse.engines.matching import Model

MOST_LEARNED = 300
# A project of more than so many partners is no choice of a partner.
MOST_PARTNERS = 40


@dataclass(frozen=True)
class Ties:
    """What two organisations share in the graph: projects, partners by name, programmes."""

    projects: Sequence[JointProject]
    partners: Sequence[str]
    programmes: Sequence[str]


def partner_scores(number: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Organisations near one in the graph, from 0 to 1 of the nearest; without its partners.

    By the model that was learned from all projects, where it knows the organisation; else by
    common partners.
    """
    model = serving_model()
    if model is not None and (place := place_in(model, number)) is not None:
        return learned_scores(model, place)
    return common_partners(number)


def learned_scores(model: Model, place: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The first few hundred of the model's order, from 1 for the first down to 0."""
    import numpy as np

    from hanse.engines.matching import suggest

    found = suggest(model, place, most=MOST_LEARNED)
    numbers = model.graph.organisations[found.partners]
    order = np.argsort(numbers)
    return numbers[order], (1 - np.arange(len(numbers)) / MOST_LEARNED)[order]


def place_in(model: Model, number: int) -> int | None:
    """Where the model knows an organisation; None for one without a project."""
    import numpy as np

    known = model.graph.organisations
    place = int(np.searchsorted(known, number))
    return place if place < len(known) and known[place] == number else None


_held: dict[str, Model] = {}


def serving_model() -> Model | None:
    """The latest model, read once a process; None where there is none, or its file is gone."""
    latest = PartnerModel.objects.values_list("digest", flat=True).first()
    if latest is None:
        return None
    if latest not in _held:
        _held.clear()
        read = read_model(Path(settings.HANSE_MODELS) / f"partners-{latest[:16]}.npz")
        if read is None:
            return None
        _held[latest] = read
    return _held[latest]


def read_model(path: Path) -> Model | None:
    import numpy as np

    from hanse.engines.matching import from_arrays

    try:
        with np.load(path, allow_pickle=False) as arrays:
            return from_arrays(dict(arrays))
    except (OSError, ValueError, KeyError):
        return None  # made anew by the next round; until then common partners are counted


def common_partners(number: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Through each common project a partner's other partners are reached with weight 1 / log(2 +
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
    programmes: dict[int, set[str]] = {}
    named = Participation.objects.filter(organisation__in=[number, *others]).exclude(
        project__programme=""
    )
    pairs = named.values_list("organisation", "project__programme").distinct()
    for organisation, programme in pairs:
        programmes.setdefault(organisation, set()).add(programme)
    return {
        other: Ties(
            common.get(other, []),
            sorted(names[one] for one in shared[other] if one in names),
            sorted(programmes.get(number, set()) & programmes.get(other, set())),
        )
        for other in others
    }
