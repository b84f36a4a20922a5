"""What happened since a person's last weekly letter that concerns them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language

from hanse.commons.competences.queries import label, vocabulary
from hanse.commons.consent.models import Consent
from hanse.commons.consent.queries import current_purposes, has_agreed
from hanse.commons.consent.words import Purpose
from hanse.commons.people.models import Person
from hanse.directory.access import requests_visible_to, spoken_for_by
from hanse.directory.models import Digest, Interest, Membership, Organisation, PartnerRequest
from hanse.directory.queries.messages import unread_count
from hanse.directory.queries.profile import stale_facts
from hanse.directory.queries.requests import Wanted, concerns, open_interests, requests_found
from hanse.directory.queries.search import Question, search
from hanse.directory.queries.vocabularies import word_of
from hanse.directory.rules.requests import Concern
from hanse.directory.words import InterestAnswer

DIGEST = "digest"
MOST_LINES = 20


@dataclass(frozen=True)
class Kept:
    """A search that the person keeps."""

    name: str
    question: Question


@dataclass(frozen=True)
class Concerning:
    """A request and, in words, why it concerns the reader."""

    request: PartnerRequest
    why: str


@dataclass(frozen=True)
class Weekly:
    requests: Sequence[Concerning] = ()
    interests: Sequence[Interest] = ()
    talks: Sequence[Interest] = ()
    members: Sequence[Membership] = ()
    stale: Sequence[tuple[Organisation, int]] = ()
    unread: int = 0

    @property
    def news(self) -> int:
        """How many things happened. Old facts and unread messages alone are no reason to write."""
        return len(self.requests) + len(self.interests) + len(self.talks) + len(self.members)

    @property
    def things(self) -> int:
        return self.news + len(self.stale) + bool(self.unread)


def weekly(person: Any, since: datetime, kept: Sequence[Kept] = ()) -> Weekly:
    own = list(spoken_for_by(person))
    talks = Interest.objects.filter(
        organisation__in=own, answer=InterestAnswer.TALK, answered_at__gt=since
    ).select_related("organisation", "request__organisation", "thread")
    joined = Membership.objects.filter(cluster__in=own, member__state__in=["published", "listed"])
    joined = joined.filter(Q(since__gt=since.date()) | Q(confirmed_at__gt=since))
    return Weekly(
        requests=concerning(person, own, since, kept)[:MOST_LINES],
        interests=list(open_interests(person)[:MOST_LINES]),
        talks=list(talks[:MOST_LINES]),
        members=list(joined.select_related("cluster", "member")[:MOST_LINES]),
        stale=[(one, count) for one in own if (count := len(stale_facts(one)))],
        unread=unread_count(person),
    )


def concerning(
    person: Any, own: Sequence[Organisation], since: datetime, kept: Sequence[Kept]
) -> list[Concerning]:
    """New requests of others: by competence or sector, or because a kept search finds them."""
    fresh = list(
        requests_visible_to(person)
        .filter(made_at__gt=since, closed_at__isnull=True)
        .exclude(organisation__in=own)
    )
    if not fresh:
        return []
    by_mark, by_search = concerns(fresh, own), _found_by(person, fresh, kept)
    return [
        Concerning(one, in_words(by_mark[one.pk]) if one.pk in by_mark else by_search[one.pk])
        for one in fresh
        if one.pk in by_mark or one.pk in by_search
    ]


def _found_by(person: Any, fresh: Sequence[PartnerRequest], kept: Sequence[Kept]) -> dict[int, str]:
    """Requests whose words or whose organisation a kept search finds, with its name."""
    found: dict[int, str] = {}
    numbers = [one.pk for one in fresh]
    for one in kept:
        askers = set(search(one.question).numbers.tolist())
        hits = {request.pk for request in fresh if request.organisation_id in askers}
        if one.question.text:
            said = requests_found(person, Wanted(one.question.text)).filter(pk__in=numbers)
            hits |= set(said.values_list("pk", flat=True))
        for number in hits:
            found.setdefault(number, f"“{one.name}”")
    return found


def in_words(concern: Concern) -> str:
    language, known = get_language() or "en", vocabulary().concepts
    parts = [label(known[slug], language) for slug in sorted(concern.competences) if slug in known]
    parts += [word_of("sector", code) for code in sorted(concern.sectors)]
    parts += [word_of("country", code) for code in sorted(concern.countries)]
    return ", ".join(parts[:6])


def digest_purpose() -> Purpose:
    return next(one for one in current_purposes() if one.code == DIGEST)


def readers_of_the_digest() -> list[Person]:
    """Who agreed to a letter a week, and has not withdrawn."""
    asked = Consent.objects.filter(purpose=DIGEST).values("person")
    people = Person.objects.filter(pk__in=asked, is_active=True).order_by("pk")
    return [person for person in people if has_agreed(person, DIGEST)]


def last_written(person: Any) -> datetime | None:
    last = Digest.objects.filter(person=person).order_by("-week").first()
    return last.written_at if last else None
