"""What events show on pages that do not know of them."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext

from hanse.calls.models import Call
from hanse.events.access import (
    delegations_headed_by,
    events_visible_to,
    invitations_to,
    may_stand_at_door,
    organised_by,
    own_registrations,
)
from hanse.events.actions.feedback import why_no_feedback
from hanse.events.actions.invitations import is_open
from hanse.events.models import Closing, Event, Registration
from hanse.events.queries.door import conflict_lines, door_state
from hanse.events.queries.overview import Asked, first_week, found_events
from hanse.events.words import LIVE, RegistrationState, State, deleted_in_words
from hanse.kit.numbers import figure

MOST, FEW = 10, 4


def what_is_next(person: Any) -> str:
    """On the first page: what takes place next, and the week that it began with."""
    context = {"found": found_events(person, Asked())[:FEW], "first": first_week(person)}
    return render_to_string("events/what_is_next.html", context)


def events_of_call(call: Call, person: Any) -> str:
    """On a call's page: the events to which it invites."""
    found = events_visible_to(person).filter(call=call).prefetch_related("places", "days")
    return render_to_string("events/events_of_call.html", {"events": found}) if found else ""


def called_off_of_call(call: Call, person: Any) -> str:
    """Above a call: which of its events do not take place."""
    off = events_visible_to(person).filter(call=call, cancelled_at__isnull=False)
    return render_to_string("events/called_off_of_call.html", {"events": off}) if off else ""


def way_to_events(person: Any) -> str:
    """In the account and on the desk: seats to come, invitations that wait, what one organises."""
    coming = own_registrations(person).filter(
        state__in=LIVE, event__last_day__gte=timezone.localdate()
    )
    context = {
        "coming": coming.order_by("event__first_day", "number")[:MOST],
        "invitations": [one for one in invitations_to(person) if is_open(one)],
        "delegations": delegations_headed_by(person),
        "organises": organised_by(person).exists(),
    }
    return render_to_string("events/way_to_events.html", context)


def ticket_of(registration: Registration, ticket: str) -> str:
    """On one's own registration: the way to the ticket, to the feedback, what was deleted."""
    event = registration.event
    held = Closing.objects.filter(event=event).first()
    context = {
        "event": event,
        "ticket": ticket,
        # An agenda and the form for feedback ask for a log-in; whoever has none gets a letter.
        "has_log_in": registration.person_id is not None,
        "has_ticket": registration.state == RegistrationState.CONFIRMED
        and event.state != State.CLOSED,
        "may_say": not why_no_feedback(registration),
        "closing": held,
        "deleted": [
            (figure(count), word)
            for count, word in deleted_in_words(held.deleted if held else {})
            if count
        ],
    }
    return render_to_string("events/ticket_panel.html", context)


def day_of(event: Event, person: Any) -> str:
    """On the desk of an event: who is in, where doors differ, the ways to door and report."""
    if not may_stand_at_door(person, event):
        return ""
    conflicts = len(conflict_lines(event))
    context = {
        "event": event,
        "state": door_state(event),
        "conflicts": ngettext(
            "%(count)s entry to look at", "%(count)s entries to look at", conflicts
        )
        % {"count": figure(conflicts)}
        if conflicts
        else "",
    }
    return render_to_string("events/day_panel.html", context)
