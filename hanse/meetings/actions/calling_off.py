"""Call meetings off: slot and table become free at once, and the others are told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused
from hanse.meetings.models import Marketplace, Meeting, MeetingSeat, Party, Representative
from hanse.meetings.queries.meeting_now import who_takes_over
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import MeetingState


@dataclass(frozen=True)
class MeetingCalledOff:
    """A meeting does not take place; each party that sat in it is told, with who called it off."""

    meeting: Meeting
    party: Party
    by: Party | None


@dataclass(frozen=True)
class MeetingsHandedOver:
    """Somebody does not come, and a colleague has so many meetings of theirs."""

    reader: Representative
    count: int


@transaction.atomic
def call_off(meeting: Meeting, *, by: Any, party: Party | None = None) -> None:
    """`party`: who cannot; None: the organisers. A second press finds nothing to call off."""
    Marketplace.objects.select_for_update(of=("self",)).get(pk=meeting.marketplace_id)
    held = Meeting.objects.select_related("slot", "table", "marketplace__event__series").get(
        pk=meeting.pk
    )
    if held.state == MeetingState.CALLED_OFF:
        return
    if held.state != MeetingState.PLANNED or held.slot.starts_at < timezone.now():
        raise Refused(refusal("meeting_ended"))
    held.state = MeetingState.CALLED_OFF
    held.revision += 1
    held.changed_at = held.called_off_at = timezone.now()
    held.save(update_fields=["state", "revision", "changed_at", "called_off_at"])
    seats = list(held.seats.select_related("party"))
    held.seats.update(slot=None)
    record("call_meeting_off", held, by=by, after={"party": party.pk if party else None})
    for seat in seats:
        announce(MeetingCalledOff(held, seat.party, party))


@transaction.atomic
def call_off_of(one: Representative, others: QuerySet[Representative], *, by: Any) -> None:
    """Whoever goes hands their meetings to a colleague who can be there; the rest is called off."""
    now = timezone.now()
    coming = MeetingSeat.objects.filter(
        representative=one, meeting__state=MeetingState.PLANNED, slot__starts_at__gt=now
    ).select_related("meeting__marketplace__event", "slot")
    colleagues = {
        other.pk: other for other in others.select_related("registration__event__series", "party")
    }
    taken: Counter[Representative] = Counter()
    for seat in coming.order_by("slot__starts_at", "pk"):
        free = colleagues.get(who_takes_over(seat, colleagues) or 0)
        if free is None:
            call_off(seat.meeting, by=by, party=one.party)
            continue
        seat.representative = free
        seat.save(update_fields=["representative"])
        Meeting.objects.filter(pk=seat.meeting_id).update(
            revision=F("revision") + 1, changed_at=now
        )
        taken[free] += 1
    for colleague, count in taken.items():
        announce(MeetingsHandedOver(colleague, count))
