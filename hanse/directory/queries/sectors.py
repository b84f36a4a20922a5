"""Sectors of an organisation and its members beside the figures of their region."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from hanse.directory.models import Fact, Organisation
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.words import FOUND
from hanse.observatory.queries.figures import NoRelease, best_year, serving_release
from hanse.observatory.queries.quotients import Quotient, quotients


@dataclass(frozen=True)
class SectorLine:
    code: str
    name: str
    members: int
    figure: Quotient | None


def sector_lines(organisation: Organisation, most: int = 8) -> list[SectorLine]:
    """Sectors of the members, those of most members first; else the organisation's own."""
    counted: Counter[str] = Counter()
    of_members = Fact.objects.filter(
        organisation__clusters__cluster=organisation,
        organisation__clusters__until__isnull=True,
        organisation__state__in=FOUND,
        field="sector",
        ended_at__isnull=True,
        is_public=True,
    )
    for key, count in (
        of_members.order_by("key").values_list("key").annotate(Count("organisation", distinct=True))
    ):
        counted[key] = count
    own = organisation.facts.filter(field="sector", ended_at__isnull=True)
    for key in own.values_list("key", flat=True):
        counted.setdefault(key, 0)
    figures = quotients_of(organisation.region)
    return [
        SectorLine(code, word_of("sector", code), count, figures.get(code))
        for code, count in counted.most_common(most)
    ]


def quotients_of(region: str) -> dict[str, Quotient]:
    """The location quotients of a region's sectors in the year that pages open with."""
    try:
        release = serving_release()
    except NoRelease:
        return {}
    return quotients(release, best_year(release)).get(region, {})
