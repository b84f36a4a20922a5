"""Somebody's own meetings, as they stand in their agenda and in letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from hanse.events.models import Event
from hanse.events.rules.agenda import Item, Why
from hanse.kit.said import said
from hanse.meetings.access import own_representatives
from hanse.meetings.models import Meeting, MeetingSeat, Representative
from hanse.meetings.queries.times import table_said
from hanse.meetings.words import STANDING


@dataclass(frozen=True)
class Own:
    """A meeting as one of those who sit in it sees it."""

    meeting: Meeting
    others: Sequence[MeetingSeat]

    @property
    def parties(self) -> frozenset[int]:
        """All who meet, by number."""
        return frozenset(seat.party_id for seat in self.meeting.seats.all())

    @property
    def names(self) -> str:
        """With whom."""
        return ", ".join(seat.party.name for seat in self.others)

    @property
    def people(self) -> str:
        """Who of them sits there, where a name is known."""
        known = [seat.representative for seat in self.others if seat.representative]
        return ", ".join(one.registration.name for one in known if one.registration.name)

    @property
    def where(self) -> str:
        """The table in words; online meetings have none."""
        return table_said(self.meeting.table)

    @property
    def starts_at(self) -> datetime:
        return self.meeting.slot.starts_at


def meetings_of(people: Iterable[Representative]) -> dict[int, list[Own]]:
    """Meetings that stand, by the number of the representative, in the order of time."""
    numbers = [one.pk for one in people]
    found: dict[int, list[Own]] = {number: [] for number in numbers}
    seats = Prefetch(
        "seats", MeetingSeat.objects.select_related("party", "representative__registration")
    )
    meetings = (
        Meeting.objects.filter(state__in=STANDING, seats__representative__in=numbers)
        .select_related("slot", "table__place", "marketplace__event__series")
        .prefetch_related(seats)
        .order_by("slot__starts_at")
        .distinct()
    )
    for meeting in meetings:
        for seat in meeting.seats.all():
            if seat.representative_id in found:
                others = [one for one in meeting.seats.all() if one.pk != seat.pk]
                found[seat.representative_id].append(Own(meeting, others))
    return found


def agenda_items(person: Any, events: Sequence[Event]) -> list[Item]:
    """Meetings for the agenda of a person; `project/wiring.py` hangs it there."""
    people = own_representatives(person).filter(party__marketplace__event__in=events)
    return [_item(one) for ones in meetings_of(people).values() for one in ones]


def _item(one: Own) -> Item:
    event, meeting = one.meeting.marketplace.event, one.meeting
    table = meeting.table
    return Item(
        key=f"meeting-{meeting.key}",
        title=one.names,
        starts_at=meeting.slot.starts_at,
        ends_at=meeting.slot.ends_at,
        zone=event.zone,
        why=Why.MEETING,
        kind="meeting",
        room=one.where,
        place=table.place_id if table else None,
        place_name=table.place.name if table and table.place else "",
        says=_("Meeting with %(people)s.") % {"people": one.people} if one.people else "",
        url=reverse("meetings:meeting", args=[event.series.slug, event.slug, meeting.key]),
        event=said(event.title),
        revision=meeting.revision,
        changed_at=meeting.changed_at,
    )
