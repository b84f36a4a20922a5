"""What the directory does by itself: remind, hide what is long dead, tell of new ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone, translation
from django_tasks import task

from hanse.commons.audit.actions import record
from hanse.directory.actions.digest import write_down
from hanse.directory.actions.duplicates import propose_duplicates
from hanse.directory.actions.indexing import index, with_a_label_that_ended
from hanse.directory.actions.messages import delete_old_threads
from hanse.directory.forms.search import asked_by
from hanse.directory.mails import send_alert, send_confirmation, send_digest, send_expiry
from hanse.directory.models import Fact, Organisation, PartnerRequest, SavedSearch
from hanse.directory.models.facts import FRESH_FOR
from hanse.directory.queries.digest import Kept, last_written, readers_of_the_digest, weekly
from hanse.directory.queries.notices import wrong_about_events
from hanse.directory.queries.people import administrators_of
from hanse.directory.queries.search import search
from hanse.directory.rules.requests import ASKED_BEFORE
from hanse.directory.words import State

# A reminder a quarter at most; after three years without an answer a profile is hidden.
BETWEEN_REMINDERS = timedelta(days=90)
DEAD_AFTER = timedelta(days=3 * 365)
AT_ONCE = 200
MONDAY = 0
A_WEEK = timedelta(days=7)


@task
def daily_round() -> None:
    """Everything that is looked at once a day."""
    ask_for_confirmation()
    hide_the_dead()
    index(with_a_label_that_ended(timezone.localdate()))
    tell_of_new_ones()
    propose_duplicates()
    index(wrong_about_events(timezone.now()))
    ask_whether_requests_go_on()
    write_digests()
    delete_old_threads()


def ask_for_confirmation() -> int:
    """Write to the administrators of profiles with facts older than a year."""
    now = timezone.now()
    old = Fact.objects.filter(
        organisation=OuterRef("pk"), ended_at__isnull=True, confirmed_at__lt=now - FRESH_FOR
    )
    due = (
        Organisation.objects.filter(state=State.PUBLISHED)
        .filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=now - BETWEEN_REMINDERS))
        .filter(Exists(old))
        .filter(administrators__isnull=False)
        .distinct()
    )
    asked = 0
    for organisation in due[:AT_ONCE]:
        with transaction.atomic():
            Organisation.objects.filter(pk=organisation.pk).update(reminded_at=now)
            for person in administrators_of(organisation):
                send_confirmation(organisation, person)
        asked += 1
    return asked


def hide_the_dead() -> int:
    """Profiles that nobody confirmed for three years are found no longer; their page says why."""
    before = timezone.now() - DEAD_AFTER
    dead = list(Organisation.objects.filter(state=State.PUBLISHED, confirmed_at__lt=before))
    for organisation in dead:
        with transaction.atomic():
            organisation.state = State.DORMANT
            organisation.save(update_fields=["state"])
            record(
                "hide_dormant",
                organisation,
                by=None,
                before={"state": State.PUBLISHED},
                after={"state": State.DORMANT},
                reason="not confirmed for three years",
            )
            index([organisation])
    return len(dead)


def tell_of_new_ones() -> int:
    """Letters about organisations that were published since a kept search last told of any."""
    told = 0
    for kept in SavedSearch.objects.filter(writes=True).select_related("person"):
        now = timezone.now()
        numbers = search(asked_by(QueryDict(kept.query)).question).numbers.tolist()
        fresh = list(
            Organisation.objects.filter(pk__in=numbers, published_at__gt=kept.told_at).order_by(
                "-published_at"
            )[:AT_ONCE]
        )
        if fresh:
            with transaction.atomic():
                send_alert(kept, fresh)
                SavedSearch.objects.filter(pk=kept.pk).update(told_at=now)
            told += 1
    return told


def ask_whether_requests_go_on(now: datetime | None = None) -> int:
    """A week before a request ends its organisation gets a letter, once."""
    now = now or timezone.now()
    ending = PartnerRequest.objects.filter(
        closed_at__isnull=True,
        asked_at__isnull=True,
        expires_at__gt=now,
        expires_at__lte=now + ASKED_BEFORE,
        organisation__state=State.PUBLISHED,
    ).select_related("organisation")
    asked = 0
    for request in ending[:AT_ONCE]:
        with transaction.atomic():
            if PartnerRequest.objects.filter(pk=request.pk, asked_at__isnull=True).update(
                asked_at=now
            ):
                send_expiry(request)
                asked += 1
    return asked


def write_digests(today: date | None = None) -> int:
    """On Mondays a letter to everybody who chose one and whom something concerns."""
    today = today or timezone.localdate()
    if today.weekday() != MONDAY:
        return 0
    written = 0
    for person in readers_of_the_digest():
        with transaction.atomic(), translation.override(person.language):
            since = last_written(person) or timezone.now() - A_WEEK
            found = weekly(person, since, kept_searches(person))
            if write_down(person, today, found.things) and found.news:
                send_digest(person, found)
                written += 1
    return written


def kept_searches(person: Any) -> list[Kept]:
    return [
        Kept(one.name, asked_by(QueryDict(one.query)).question)
        for one in SavedSearch.objects.filter(person=person)
    ]
