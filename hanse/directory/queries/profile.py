"""A profile as its page shows it: facts with their age, members, projects, how fresh it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from hanse.directory.access import facts_visible_to
from hanse.directory.models import (
    Fact,
    Membership,
    Organisation,
    Participation,
)
from hanse.directory.queries.vocabularies import shown
from hanse.directory.rules.validation import members_of
from hanse.directory.words import CLUSTER_LIKE, FIELDS, FOUND, MEMBER_FIELDS


@dataclass(frozen=True)
class Line:
    """A fact as a line of text, with what one must know about it."""

    fact: Fact
    text: str

    @property
    def is_stale(self) -> bool:
        return self.fact.is_stale()

    @property
    def until(self) -> date | None:
        """The day until which a label that is held is valid, where one is known."""
        held = self.fact.value.get("until") if isinstance(self.fact.value, dict) else ""
        return date.fromisoformat(held) if held else None


@dataclass(frozen=True)
class Freshness:
    """How many facts were confirmed within a year, and which is the oldest."""

    fresh: int
    all: int
    oldest: datetime | None

    @property
    def stale(self) -> int:
        return self.all - self.fresh

    @property
    def percent(self) -> int:
        return 100 * self.fresh // self.all if self.all else 0


@dataclass(frozen=True)
class Spoken:
    """Lines in the language of the reader, and the same field in others."""

    lines: Sequence[Line]
    others: Sequence[Line]


@dataclass(frozen=True)
class Profile:
    organisation: Organisation
    lines: Mapping[str, Sequence[Line]]
    # The first few members, and how many there are.
    members: Sequence[Membership]
    member_count: int
    clusters: Sequence[Membership]
    projects: Sequence[Participation]

    def of(self, field: str) -> Sequence[Line]:
        return self.lines.get(field, ())

    def one(self, field: str) -> Line | None:
        """The line of a field; of several languages the reader's, else English, else the first."""
        lines = self.lines.get(field)
        if not lines:
            return None
        for language in (get_language() or "en", "en"):
            for line in lines:
                if line.fact.language == language:
                    return line
        return lines[0]

    def spoken(self, field: str) -> Spoken:
        """The lines in the reader's language, and those in others; all where none is in it."""
        lines = self.lines.get(field, ())
        languages = {line.fact.language for line in lines}
        reader = get_language() or "en"
        own = next((one for one in (reader, "en") if one in languages), None)
        if own is None or len(languages) == 1:
            return Spoken(lines, ())
        return Spoken(
            [line for line in lines if line.fact.language == own],
            [line for line in lines if line.fact.language != own],
        )

    @property
    def texts(self) -> dict[str, Spoken]:
        """What stands in several languages, as the page shows it."""
        return {field: self.spoken(field) for field in ("offer", "seek", "service", "technology")}

    @property
    def values(self) -> dict[str, list[Any]]:
        return {field: [line.fact.value for line in lines] for field, lines in self.lines.items()}

    @property
    def total_members(self) -> int | None:
        return members_of(self.values)

    @property
    def member_parts(self) -> list[tuple[str, int]]:
        """Members by kind, as far as said; the field's code and how many."""
        said = self.values
        return [(field, int(said[field][0])) for field in MEMBER_FIELDS if said.get(field)]

    @property
    def freshness(self) -> Freshness:
        facts = [line.fact for lines in self.lines.values() for line in lines]
        now = timezone.now()
        return Freshness(
            fresh=sum(not fact.is_stale(now) for fact in facts),
            all=len(facts),
            oldest=min((fact.confirmed_at for fact in facts), default=None),
        )


def profile_of(organisation: Organisation, reader: Any) -> Profile:
    """Everything on the page of a profile that this reader may see, in five queries."""
    members = memberships(organisation, "cluster", "member")
    lines: dict[str, list[Line]] = {}
    for fact in facts_visible_to(reader, organisation).order_by("pk"):
        if fact.field in FIELDS:
            lines.setdefault(fact.field, []).append(Line(fact, shown(fact.field, fact.value)))
    return Profile(
        organisation,
        lines,
        members=list(members[:LEADING_MEMBERS]),
        member_count=members.count() if organisation.kind in CLUSTER_LIKE else 0,
        clusters=list(memberships(organisation, "member", "cluster")[:MOST_CLUSTERS]),
        projects=list(
            organisation.participations.select_related("project").order_by(
                "-project__began_on", "project__acronym"
            )[:50]
        ),
    )


LEADING_MEMBERS = 12
MOST_CLUSTERS = 50


def memberships(organisation: Organisation, side: str, other: str) -> QuerySet[Membership]:
    """Open memberships that both sides say, with somebody who is found, by name."""
    today = timezone.localdate()
    return (
        Membership.objects.filter(**{side: organisation}, confirmed_at__isnull=False)
        .filter(Q(until__isnull=True) | Q(until__gte=today))
        .filter(**{f"{other}__state__in": list(FOUND)})
        .select_related(other)
        .order_by(f"{other}__name", "pk")
    )


def waiting_memberships(organisation: Organisation) -> QuerySet[Membership]:
    """Memberships of either side that the member has not said yet."""
    waiting = Membership.objects.filter(until__isnull=True, confirmed_at__isnull=True)
    return waiting.filter(Q(cluster=organisation) | Q(member=organisation)).select_related(
        "cluster", "member"
    )


@dataclass(frozen=True)
class Change:
    """A line of a fact's history: what was said, from when to when, by whom."""

    fact: Fact
    text: str
    replaced_by: str = ""

    @property
    def at(self) -> datetime:
        return self.fact.began_at


def history_of(organisation: Organisation, *, private: bool) -> list[Change]:
    """Every fact that ever was said, latest first. What was taken out of a draft before anybody
    else could read it is no history of the public."""
    facts = organisation.facts.select_related("began_by", "ended_by", "confirmed_by")
    if not private:
        stood = Q(ended_at__isnull=True)
        if organisation.published_at:
            stood |= Q(ended_at__gt=organisation.published_at)
        facts = facts.filter(stood, is_public=True)
    return [
        Change(fact, shown(fact.field, fact.value))
        for fact in facts.order_by("-began_at", "-pk")
        if fact.field in FIELDS
    ]


def stale_facts(organisation: Organisation) -> list[Line]:
    """What has not been confirmed within a year, in the order of the form."""
    order = list(FIELDS)
    stale = [
        fact
        for fact in organisation.facts.filter(ended_at__isnull=True).order_by("pk")
        if fact.field in FIELDS and fact.is_stale()
    ]
    stale.sort(key=lambda fact: order.index(fact.field))
    return [Line(fact, shown(fact.field, fact.value)) for fact in stale]
