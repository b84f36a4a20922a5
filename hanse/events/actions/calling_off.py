"""Call an event off: its page stays and says so, and everybody who is concerned is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.calls.actions.calls import locked
from hanse.commons.audit.actions import record
from hanse.events.actions.calling import close_call_of
from hanse.events.models import Event, Invitation, Registration
from hanse.events.queries.calling import Applicant, applicants_of
from hanse.events.queries.guests import OPEN
from hanse.events.rules.programme import refusal
from hanse.events.words import LIVE
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused

Reader = Registration | Invitation | Applicant


@dataclass(frozen=True)
class CalledOff:
    """An event does not take place; who is registered, invited or has applied is told."""

    event: Event
    reader: Reader


@transaction.atomic
def call_off(event: Event, why: str, *, by: Any) -> int:
    """How many people were told. A second press tells nobody again."""
    if event.call:
        # Before the event, as whoever decides about applications does.
        locked(event.call)
    held = Event.objects.select_for_update(of=("self",)).select_related("series").get(pk=event.pk)
    if held.is_over:
        raise Refused(refusal("over_already"))
    if held.cancelled_at:
        return 0
    held.cancelled_at = held.changed_at = timezone.now()
    held.cancelled_why = " ".join(why.split())[:300]
    held.save(update_fields=["cancelled_at", "cancelled_why", "changed_at"])
    readers = readers_of(held)
    record("call_off", held, by=by, after={"told": len(readers)}, reason=held.cancelled_why)
    for reader in readers:
        announce(CalledOff(held, reader))
    close_call_of(held, by=by)
    return len(readers)


def readers_of(event: Event) -> list[Reader]:
    """Whoever has a seat, waits or is being decided about; invited people who have a letter; of
    the call's applicants those who get none as a guest."""
    registered = list(
        event.registrations.filter(state__in=LIVE).select_related("kind", "event__series")
    )
    invited = event.invitations.filter(OPEN, written_at__isnull=False)
    guests: list[Registration | Invitation] = [
        *registered,
        *invited.select_related("event__series"),
    ]
    return [*guests, *applicants_of(event, {one.email for one in guests})]
