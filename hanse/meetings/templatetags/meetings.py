"""Slots in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django import template

from hanse.meetings.models import MeetingSlot
from hanse.meetings.queries.times import when_in

register = template.Library()


@register.simple_tag
def slot_hours(slot: MeetingSlot, zone: str) -> str:
    """“Thursday 14 January, 10:00 – 10:25” on the clock of the place."""
    return f"{when_in(zone)(slot.starts_at)} – {slot.ends_at.astimezone(ZoneInfo(zone)):%H:%M}"
