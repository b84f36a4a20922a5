"""Give a seat back; forget what has to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.commons.people.queries import addresses_of
from hanse.events.access import is_of
from hanse.events.actions.registration.filling import no
from hanse.events.actions.seats import Held, give_seats_back, hold, move_up, tell
from hanse.events.models import (
    Delegation,
    Event,
    Invitation,
    Need,
    Registration,
    Speaker,
    Stranger,
    Team,
)
from hanse.events.words import LIVE, RegistrationState
from hanse.kit.announce import announce


@dataclass(frozen=True)
class RegistrationCancelled:
    """A seat was given back, by whoever had it or by the organisers."""

    registration: Registration
    by_organisers: bool


@transaction.atomic
def cancel(
    registration: Registration,
    *,
    by: Any,
    by_organisers: bool = False,
    says: str = "",
    now: datetime | None = None,
) -> list[Registration]:
    """It ends; returned is who moved up. A second press finds nothing more to end."""
    held, now = hold(registration.event), now or timezone.now()
    one = Registration.objects.select_related("event__series", "kind").get(pk=registration.pk)
    if one.state not in LIVE:
        return []
    if held.event.is_over and not by_organisers:
        raise no("event_over")
    one.says = " ".join(says.split())[:300]
    _end(held, one, now)
    if not by_organisers:
        # Whoever gives their seat back may use their invitation again.
        Invitation.objects.filter(registration=one).update(registration=None)
    moved = move_up(held, now)
    record(
        "cancel_registration", one, by=by, after={"by_organisers": by_organisers,
        "moved_up": [other.number for other in moved]},
    )  # fmt: skip
    announce(RegistrationCancelled(one, by_organisers))
    tell(moved)
    registration.refresh_from_db()
    return moved


def _end(held: Held, one: Registration, now: datetime) -> None:
    give_seats_back(held, one)
    one.state, one.ended_at = RegistrationState.CANCELLED, now
    one.revision += 1
    one.save(update_fields=["state", "ended_at", "says", "revision"])


@transaction.atomic
def forget_needs(event: Event, *, by: Any = None) -> int:
    """Accessibility and food are needed until the event, and no longer."""
    count, _each = Need.objects.filter(registration__event=event).delete()
    record("forget_needs", event, by=by, after={"needs": count})
    return count


@transaction.atomic
def forget_person(person: Any) -> None:
    """Of a person who is erased the counts stay; a seat that they still have becomes free."""
    addresses = addresses_of(person)
    for one in Registration.objects.filter(is_of(person)).select_related("event"):
        _forget(one)
    Invitation.objects.filter(email__in=addresses, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    Invitation.objects.filter(email__in=addresses).update(
        email="", name="", organisation_name="", merge={}, token_digest=None
    )
    Stranger.objects.filter(email__in=addresses).delete()
    Stranger.objects.filter(person=person).delete()
    Delegation.objects.filter(head_email__in=addresses).update(head_email="")
    Team.objects.filter(leader=person).update(name="")
    Speaker.objects.filter(email__in=addresses).update(email="")


def _forget(registration: Registration) -> None:
    if registration.state in LIVE and not registration.event.is_over:
        held = hold(registration.event)
        registration.refresh_from_db()
        _end(held, registration, timezone.now())
        tell(move_up(held))
    Need.objects.filter(registration=registration).delete()
    registration.person = None
    registration.name = registration.email = registration.position = registration.says = ""
    registration.organisation_name, registration.organisation = "", None
    registration.answers = {}
    registration.save()
