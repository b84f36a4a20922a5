"""What events show on pages that do not know of them."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from hanse.calls.models import Call
from hanse.events.access import events_visible_to, own_registrations
from hanse.events.words import LIVE

MOST = 10


def events_of_call(call: Call, person: Any) -> str:
    """On a call's page: the events to which it invites."""
    found = events_visible_to(person).filter(call=call).prefetch_related("places", "days")
    return render_to_string("events/events_of_call.html", {"events": found}) if found else ""


def way_to_registrations(person: Any) -> str:
    """In the account and on the desk: the events for which one has a seat or waits."""
    coming = own_registrations(person).filter(
        state__in=LIVE, event__last_day__gte=timezone.localdate()
    )
    context = {"coming": coming.order_by("event__first_day", "number")[:MOST]}
    return render_to_string("events/way_to_registrations.html", context)
