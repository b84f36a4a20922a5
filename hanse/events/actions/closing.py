"""An event is closed: what was only needed for it is deleted, and counted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from hanse.commons.audit.actions import record
from hanse.events.actions.tickets import refusal
from hanse.events.models import (
    Closing,
    Event,
    Invitation,
    Need,
    Registration,
    Scan,
    Stranger,
    TicketKey,
)
from hanse.events.words import LIVE, RegistrationState, State
from hanse.kit.numbers import day

# No mail goes there (RFC 2606).
NOWHERE = "@deleted.invalid"


def to_delete(event: Event) -> dict[str, QuerySet[Any]]:
    """What a closing takes, by the key under which it is counted."""
    registrations = Registration.objects.filter(event=event)
    return {
        "needs": Need.objects.filter(registration__event=event),
        "answers": registrations.exclude(answers={}),
        "unconfirmed": registrations.exclude(state=RegistrationState.CONFIRMED).exclude(
            name="", email=""
        ),
        "invitations": Invitation.objects.filter(event=event, registration__isnull=True)
        .exclude(email__endswith=NOWHERE)
        .exclude(email=""),
        "strangers": Stranger.objects.filter(event=event),
        "devices": Scan.objects.filter(event=event).exclude(device="", by=None),
        "keys": TicketKey.objects.filter(event=event),
    }


def counted(event: Event) -> dict[str, int]:
    return {key: found.count() for key, found in to_delete(event).items()}


@transaction.atomic
def close_event(event: Event, *, by: Any) -> Closing:
    """Close it once. Kept: kind, country, organisation, who was confirmed, who came."""
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if held := Closing.objects.filter(event=locked).first():
        return held
    if not locked.is_over:
        raise refusal("not_over", day=day(locked.last_day))
    taken = counted(locked)
    _delete(to_delete(locked))
    closing = Closing.objects.create(event=locked, by=by, deleted=taken)
    locked.state = State.CLOSED
    locked.save(update_fields=["state"])
    record("close_event", locked, by=by, after={"deleted": taken})
    return closing


def _delete(found: dict[str, QuerySet[Any]]) -> None:
    for key in ("needs", "strangers", "keys"):
        found[key].delete()
    found["answers"].update(answers={})
    # Who still waited when it was over waits no longer: nothing of them may stand as live.
    found["unconfirmed"].filter(state__in=LIVE).update(state=RegistrationState.REFUSED)
    found["unconfirmed"].update(
        name="", email="", position="", organisation_name="", says="", person=None
    )
    found["invitations"].update(
        email=Concat(Cast("pk", CharField()), Value(NOWHERE)),
        name="",
        merge={},
        token_digest=None,
    )
    found["devices"].update(device="", by=None)
