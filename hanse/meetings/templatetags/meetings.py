"""Slots in words; the ways through the desk of the meetings."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hanse.events.models import Event
from hanse.meetings.models import MeetingSlot
from hanse.meetings.queries.times import when_in

register = template.Library()

# In the order of the work.
WAYS = (
    ("desk_parties", _("Who takes part")),
    ("desk_market", _("Slots, tables, settings")),
    ("desk_pairs", _("Must and must not meet")),
    ("desk_wishes", _("Lists of wishes")),
    ("outlooks", _("What if")),
    ("planning", _("Plan")),
    ("today", _("Today")),
    ("outcomes", _("What came of them")),
)


@register.inclusion_tag("meetings/desk_nav.html", takes_context=True)
def meetings_nav(context: Mapping[str, Any], event: Event) -> Mapping[str, Any]:
    """The longest way that leads here is where one is."""
    path = context["request"].path
    ways = [
        (name, reverse(f"meetings:{code}", args=[event.series.slug, event.slug]))
        for code, name in WAYS
    ]
    here = max((url for _name, url in ways if path.startswith(url)), key=len, default="")
    return {"ways": [(name, url, url == here) for name, url in ways]}


@register.simple_tag
def slot_hours(slot: MeetingSlot, zone: str) -> str:
    """“Thursday 14 January, 10:00 – 10:25” on the clock of the place."""
    return f"{when_in(zone)(slot.starts_at)} – {slot.ends_at.astimezone(ZoneInfo(zone)):%H:%M}"
