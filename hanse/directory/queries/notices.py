"""News, events and calls of published organisations, narrowed for a list; what is soon."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hanse.directory.access import calls_visible_to, events_visible_to, news_visible_to
from hanse.directory.models import News, OpenCall, Organisation, OrganisationEvent, SearchRow
from hanse.directory.rules.notices import SOON
from hanse.directory.words import State

OPEN, OVER = "open", "over"
ONLINE = "online"


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to."""

    text: str = ""
    country: str = ""
    state: str = OPEN
    where: str = ""


def news_found(person: Any, narrowed: Narrowed) -> QuerySet[News]:
    found = news_visible_to(person).filter(published_at__lte=timezone.now())
    if narrowed.country:
        found = found.filter(organisation__country=narrowed.country)
    return _with_words(found, narrowed.text)


def events_found(person: Any, narrowed: Narrowed) -> QuerySet[OrganisationEvent]:
    """Those to come by their begin; those that are over latest first."""
    found, now = events_visible_to(person), timezone.now()
    if narrowed.state == OPEN:
        found = found.filter(ends_at__gte=now)
    else:
        found = found.filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    if narrowed.country:
        found = found.filter(country=narrowed.country)
    if narrowed.where == ONLINE:
        found = found.filter(is_online=True)
    return _with_words(found, narrowed.text)


def calls_found(person: Any, narrowed: Narrowed) -> QuerySet[OpenCall]:
    """Those that still take applications by their deadline, also before they open."""
    found, now = calls_visible_to(person), timezone.now()
    if narrowed.state == OPEN:
        found = found.filter(closes_at__gte=now)
    else:
        found = found.filter(closes_at__lt=now).order_by("-closes_at", "-pk")
    if narrowed.country:
        found = found.filter(Q(countries="") | Q(countries__contains=narrowed.country))
    return _with_words(found, narrowed.text)


def _with_words(found: QuerySet[Any], text: str) -> QuerySet[Any]:
    for word in text.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(text__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return found


def with_event_soon(organisations: Collection[int] | None, now: datetime) -> set[int]:
    """Which organisations have an event that begins within ninety days or goes on now."""
    soon = OrganisationEvent.objects.filter(starts_at__lte=now + SOON, ends_at__gte=now)
    if organisations is not None:
        soon = soon.filter(organisation__in=organisations)
    return set(soon.values_list("organisation", flat=True))


def next_events(organisations: Collection[int], now: datetime) -> dict[int, OrganisationEvent]:
    """The next event of each organisation that has one to come."""
    coming = OrganisationEvent.objects.filter(organisation__in=organisations, starts_at__gt=now)
    found: dict[int, OrganisationEvent] = {}
    for event in coming.order_by("starts_at", "pk"):
        found.setdefault(event.organisation_id, event)
    return found


def wrong_about_events(now: datetime) -> QuerySet[Organisation]:
    """Organisations whose row of the search is no longer right about “has an event soon”."""
    soon = OrganisationEvent.objects.filter(
        organisation=OuterRef("pk"), starts_at__lte=now + SOON, ends_at__gte=now
    )
    said = SearchRow.objects.filter(organisation=OuterRef("pk"), terms__contains="soon:event")
    return (
        Organisation.objects.annotate(has_event=Exists(soon), says_so=Exists(said))
        .filter(Q(has_event=True, says_so=False) | Q(has_event=False, says_so=True))
        .filter(state=State.PUBLISHED)
    )
