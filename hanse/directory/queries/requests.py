"""Partner requests: who finds which, how they were answered, and whom a new one concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from hanse.commons.competences.queries import broader_of, concepts_in
from hanse.directory.access import requests_visible_to, spoken_for_by
from hanse.directory.models import (
    Comment,
    Fact,
    Interest,
    Organisation,
    PartnerRequest,
)
from hanse.directory.queries.search import meant_by
from hanse.directory.rules.requests import ASKED_BEFORE, Concern, Marks, concern, usual_days
from hanse.directory.words import InterestAnswer
from hanse.kit.stemming import tokens_of

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True)
class Wanted:
    """What a list of requests is narrowed to."""

    text: str = ""
    country: str = ""
    state: str = OPEN


def requests_found(person: Any, wanted: Wanted) -> QuerySet[PartnerRequest]:
    """The newest first. A request without countries is looked for everywhere."""
    found = requests_visible_to(person)
    standing = Q(closed_at__isnull=True, expires_at__gt=timezone.now())
    found = found.filter(standing) if wanted.state == OPEN else found.exclude(standing)
    if wanted.country:
        found = found.filter(Q(countries="") | Q(countries__contains=wanted.country))
    for one in meant_by(wanted.text):
        words = Q()
        for token in one.stems:
            words &= Q(tokens__contains=f" {token} ")
        if one.concept:
            words |= Q(tokens__contains=f" c:{one.concept.slug} ")
        found = found.filter(words)
    return found


def open_requests_of(organisation: Organisation, person: Any) -> QuerySet[PartnerRequest]:
    return requests_found(person, Wanted()).filter(organisation=organisation)


def tokens_for(text: str) -> str:
    """What the list looks into: stems, and marks of the concepts that a text names and of what is
    broader."""
    marks = [
        f"c:{concept.slug}"
        for found in concepts_in(text)
        for concept in (found.concept, *broader_of(found.concept.slug))
    ]
    return f" {' '.join(dict.fromkeys([*tokens_of(text), *marks]))} "


def comments_on(request: PartnerRequest) -> QuerySet[Comment]:
    return request.comments.select_related("organisation", "made_by")


def interests_in(request: PartnerRequest) -> QuerySet[Interest]:
    """For the asking side alone."""
    return request.interests.select_related("organisation", "thread")


@dataclass(frozen=True)
class OwnInterest:
    """An interest as its own side sees it: “let us talk” or nothing, never a “no”."""

    interest: Interest

    @property
    def thread(self) -> Any:
        return self.interest.thread if self.interest.told_at else None


def interests_from(person: Any, request: PartnerRequest) -> list[OwnInterest]:
    own = request.interests.filter(organisation__in=spoken_for_by(person))
    return [OwnInterest(one) for one in own.select_related("organisation", "thread")]


@dataclass(frozen=True)
class AnswerRecord:
    """How an organisation answers those who are interested in its requests."""

    interests: int
    answered: int
    days: int | None


def answer_records(organisations: Sequence[Organisation]) -> Mapping[int, AnswerRecord]:
    """By organisation, in one query."""
    waits: defaultdict[int, list[timedelta | None]] = defaultdict(list)
    rows = Interest.objects.filter(request__organisation__in=organisations).values_list(
        "request__organisation", "made_at", "answered_at"
    )
    for number, made_at, answered_at in rows:
        waits[number].append(answered_at - made_at if answered_at else None)
    return {
        number: AnswerRecord(
            len(each),
            sum(wait is not None for wait in each),
            usual_days([wait for wait in each if wait is not None]),
        )
        for number, each in waits.items()
    }


def open_interests(person: Any) -> QuerySet[Interest]:
    """Interests that wait for an answer of an organisation that a person speaks for."""
    return Interest.objects.filter(
        request__organisation__in=spoken_for_by(person), answer=""
    ).select_related("organisation", "request__organisation")


def ending_requests(person: Any) -> QuerySet[PartnerRequest]:
    """Own requests that run out soon, or ran out and were not closed."""
    return PartnerRequest.objects.filter(
        organisation__in=spoken_for_by(person),
        closed_at__isnull=True,
        expires_at__lt=timezone.now() + ASKED_BEFORE,
    ).select_related("organisation")


# Whom a request concerns -------------------------------------------------------------------------


def marks_of_organisations(numbers: Collection[int]) -> Mapping[int, Marks]:
    """Competences with what is broader, sectors, own and target countries, by organisation."""
    found: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    said = Fact.objects.filter(
        organisation__in=numbers,
        ended_at__isnull=True,
        is_public=True,
        field__in=["competence", "sector", "country", "target_country"],
    ).values_list("organisation", "field", "value")
    for number, field, value in said:
        found[number][field].add(str(value))
    return {
        number: Marks(
            competences=frozenset(with_broader(fields["competence"])),
            sectors=frozenset(fields["sector"]),
            countries=frozenset(fields["country"] | fields["target_country"]),
        )
        for number, fields in found.items()
    }


def with_broader(concepts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for slug in concepts:
        found |= {slug, *(one.slug for one in broader_of(slug))}
    return found


def marks_of_request(request: PartnerRequest, asker: Marks) -> Marks:
    """The concepts that its words name, the sectors of who asks, the countries it looks in."""
    named = frozenset(
        found.concept.slug for found in concepts_in(f"{request.what}. {request.for_what}")
    )
    return Marks(named, asker.sectors, frozenset(request.where))


def concerns(
    requests: Sequence[PartnerRequest], organisations: Sequence[Organisation]
) -> dict[int, Concern]:
    """Of these requests those that concern one of the organisations, and why."""
    own = {one.pk for one in organisations}
    marks = marks_of_organisations({*own, *(one.organisation_id for one in requests)})
    found: dict[int, Concern] = {}
    for request in requests:
        if request.organisation_id in own:
            continue
        asked = marks_of_request(request, marks.get(request.organisation_id, Marks()))
        for number in own:
            if reason := concern(asked, marks.get(number, Marks())):
                found[request.pk] = reason
                break
    return found


# For the download about oneself ------------------------------------------------------------------


def interests_said_by(person: Any) -> list[dict[str, Any]]:
    """What a person wrote; of an answer no more than they were told."""
    said = Interest.objects.filter(made_by=person).select_related("organisation", "request")
    return [
        {
            "in_the_name_of": one.organisation.name,
            "request": one.request.what,
            "says": one.says,
            "made_at": one.made_at,
            "answer": one.answer if one.told_at else "",
        }
        for one in said
    ]


def interests_answered_by(person: Any) -> list[dict[str, Any]]:
    answered = Interest.objects.filter(answered_by=person).exclude(answer="")
    return [
        {
            "request": one.request.what,
            "answer": InterestAnswer(one.answer).value,
            "answered_at": one.answered_at,
        }
        for one in answered.select_related("request")
    ]
