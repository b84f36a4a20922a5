"""The organisations of a country, counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hanse.directory.models import Organisation
from hanse.directory.queries.search import Question, search
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import FOUND, Kind


@dataclass(frozen=True)
class CountryRow:
    code: str
    clusters: int
    all: int


@dataclass(frozen=True)
class Landscape:
    """What a country has: organisations by kind, competences and sectors that most have."""

    total: int
    kinds: Sequence[tuple[str, str, int]]
    competences: Sequence[tuple[str, str, int]]
    sectors: Sequence[tuple[str, str, int]]
    clusters: QuerySet[Organisation]


def by_country() -> list[CountryRow]:
    found = (
        Organisation.objects.filter(state__in=FOUND)
        .order_by("country")
        .values("country")
        .annotate(all=Count("pk"), own=Count("pk", filter=Q(kind=Kind.CLUSTER)))
    )
    return [CountryRow(row["country"], row["own"], row["all"]) for row in found]


MOST = 10


def landscape(country: str) -> Landscape:
    found = search(Question(filters={"country": [country]}))
    return Landscape(
        total=found.total,
        kinds=[
            (kind, str(Kind(kind).label), count)
            for kind, count in _most(found.counts["kind"], len(Kind))
        ],
        competences=_named("competence", found.counts["competence"]),
        sectors=_named("sector", found.counts["sector"]),
        clusters=Organisation.objects.filter(
            country=country, kind=Kind.CLUSTER, state__in=FOUND
        ).order_by("name")[:60],
    )


def _named(vocabulary: str, counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    return [
        (code, word_of(vocabulary, code), count)  # type: ignore[arg-type]
        for code, count in _most(counts, MOST)
    ]


def _most(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most]
