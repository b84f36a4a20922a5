"""What events show on pages that do not know of them."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from hanse.calls.models import Call
from hanse.events.access import events_visible_to


def events_of_call(call: Call, person: Any) -> str:
    """On a call's page: the events to which it invites."""
    found = events_visible_to(person).filter(call=call).prefetch_related("places", "days")
    return render_to_string("events/events_of_call.html", {"events": found}) if found else ""
