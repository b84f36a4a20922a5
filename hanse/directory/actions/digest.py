"""A letter a week: chosen, ended, and written once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation

from hanse.commons.consent.actions import agree, withdraw
from hanse.directory.models import Digest, SavedSearch
from hanse.directory.queries.address import asked_by
from hanse.directory.queries.digest import (
    Kept,
    Weekly,
    digest_purpose,
    last_written,
    readers_of_the_digest,
    weekly,
)
from hanse.kit.announce import announce

MONDAY = 0
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class DigestDue:
    """Something concerns a person who chose a letter a week."""

    person: Any
    weekly: Weekly


def choose_digest(*, by: Any) -> None:
    """From now on a letter on Mondays; the answer is kept with its wording and date."""
    agree(by, digest_purpose())


def end_digest(*, by: Any) -> None:
    withdraw(by, digest_purpose())


def write_digests(today: date | None = None) -> int:
    """On Mondays a letter to everybody who chose one and whom something concerns."""
    today = today or timezone.localdate()
    if today.weekday() != MONDAY:
        return 0
    return sum(_write_digest(person, today) for person in readers_of_the_digest())


@transaction.atomic
def _write_digest(person: Any, monday: date) -> bool:
    with translation.override(person.language):
        since = last_written(person) or timezone.now() - A_WEEK
        found = weekly(person, since, kept_searches(person))
        _held, is_new = Digest.objects.get_or_create(
            person=person, week=monday, defaults={"things": found.things}
        )
        is_due = is_new and bool(found.news)
        if is_due:
            announce(DigestDue(person, found))
    return is_due


def kept_searches(person: Any) -> list[Kept]:
    return [
        Kept(one.name, asked_by(QueryDict(one.query)).question)
        for one in SavedSearch.objects.filter(person=person)
    ]
