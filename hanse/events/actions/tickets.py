"""The key of an event's tickets, made on first need, and the code of a ticket."""

from __future__ import annotations

from django.db import transaction

from hanse.commons.audit.actions import record
from hanse.events.models import Event, Registration, TicketKey
from hanse.events.rules.tickets import Ticket, code_of, new_key
from hanse.events.words import REFUSALS_OF_THE_DAY, RegistrationState, State
from hanse.kit.refusals import Refusal, Refused


def refusal(code: str, **facts: object) -> Refused:
    return Refused(Refusal(code, REFUSALS_OF_THE_DAY[code], facts))


@transaction.atomic
def key_of(event: Event) -> TicketKey:
    """The event's key. Two that need it at once get the same one."""
    if held := TicketKey.objects.filter(event=event).first():
        return held
    # The row of the event is the lock: whoever closes it waits as well, or was before.
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if locked.state == State.CLOSED:
        raise refusal("is_closed")
    pem, public = new_key()
    key, is_new = TicketKey.objects.get_or_create(
        event=event, defaults={"private_pem": pem, "public_jwk": public}
    )
    if is_new:
        record("make_ticket_key", event, by=None)
    return key


def ticket_code(registration: Registration, key: TicketKey | None = None) -> str:
    """What the QR code of a ticket says; only whoever is confirmed has one."""
    if registration.state != RegistrationState.CONFIRMED:
        raise refusal("not_confirmed")
    key = key or key_of(registration.event)
    ticket = Ticket(
        registration.event_id, registration.serial, registration.kind_id, registration.number
    )
    return code_of(ticket, key.private_pem)
