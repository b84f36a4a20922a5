"""What the day itself shows on the page of a registration: the ticket, and what became of data."""

from __future__ import annotations

from django.template.loader import render_to_string

from hanse.events.actions.feedback import why_no_feedback
from hanse.events.models import Closing, Registration
from hanse.events.words import DELETED, RegistrationState, State
from hanse.kit.numbers import figure


def ticket_of(registration: Registration) -> str:
    """On one's own registration: the way to the ticket, to the feedback, what was deleted."""
    event = registration.event
    held = Closing.objects.filter(event=event).first()
    context = {
        "registration": registration,
        "event": event,
        "has_ticket": registration.state == RegistrationState.CONFIRMED
        and event.state != State.CLOSED,
        "may_say": not why_no_feedback(registration),
        "closing": held,
        "deleted": [
            (figure(held.deleted[key]), word)
            for key, word in DELETED.items()
            if held and held.deleted.get(key)
        ],
    }
    return render_to_string("events/ticket_panel.html", context)
