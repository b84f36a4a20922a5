"""What waits for a person: their organisations and everything that asks for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from hanse.directory.access import administered_by
from hanse.directory.models import Organisation, PartnerRequest
from hanse.directory.models.facts import FRESH_FOR
from hanse.directory.queries.messages import introductions_waiting, unread_count
from hanse.directory.queries.requests import (
    AnswerRecord,
    answer_records,
    ending_requests,
    open_interests,
)

NOBODY_YET = AnswerRecord(0, 0, None)


@dataclass(frozen=True)
class Desk:
    organisations: Sequence[OwnOrganisation]
    unread: int
    interests: Sequence[Any]
    introductions: Sequence[Any]
    ending: Sequence[PartnerRequest]

    @property
    def waiting(self) -> int:
        return (
            self.unread
            + len(self.interests)
            + len(self.introductions)
            + len(self.ending)
            + sum(bool(one.stale) for one in self.organisations)
        )


@dataclass(frozen=True)
class OwnOrganisation:
    """One of the reader's, how old its facts are, how it answers."""

    organisation: Organisation
    stale: int
    record: AnswerRecord


def desk_of(person: Any) -> Desk:
    old = Q(facts__ended_at__isnull=True, facts__confirmed_at__lt=timezone.now() - FRESH_FOR)
    own = list(administered_by(person).annotate(stale=Count("facts", filter=old, distinct=True)))
    records = answer_records(own)
    return Desk(
        organisations=[
            OwnOrganisation(one, one.stale, records.get(one.pk, NOBODY_YET)) for one in own
        ],
        unread=unread_count(person),
        interests=list(open_interests(person)[:50]),
        introductions=list(introductions_waiting(person)[:50]),
        ending=list(ending_requests(person)[:50]),
    )
