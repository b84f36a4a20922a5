"""The letter that an event does not take place."""

from __future__ import annotations

from django.utils import translation

from hanse.events.mails.guests import facts_of_invitation
from hanse.events.mails.registrations import facts_of
from hanse.events.mails.wording import write
from hanse.events.models import Event, Invitation, Registration


def send_called_off(event: Event, reader: Registration | Invitation) -> None:
    with translation.override(reader.language):
        if isinstance(reader, Invitation):
            facts = facts_of_invitation(reader, "")
        else:
            facts = facts_of(event, reader, "")
    facts["why"] = event.cancelled_why
    write(event, "called_off", reader.email, reader.language, facts)
