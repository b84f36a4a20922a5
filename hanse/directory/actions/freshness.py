"""Ask whether what is old is still true, and hide what nobody has answered for years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.people.models import Person
from hanse.directory.actions.indexing import index
from hanse.directory.models import Fact, Organisation
from hanse.directory.models.facts import FRESH_FOR
from hanse.directory.queries.people import administrators_of
from hanse.directory.words import State
from hanse.kit.announce import announce

# A reminder a quarter at most; after three years without an answer a profile is hidden.
BETWEEN_REMINDERS = timedelta(days=90)
DEAD_AFTER = timedelta(days=3 * 365)
AT_ONCE = 200


@dataclass(frozen=True)
class ConfirmationDue:
    """An administrator is asked to confirm what is older than a year."""

    organisation: Organisation
    person: Person


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
                announce(ConfirmationDue(organisation, person))
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
