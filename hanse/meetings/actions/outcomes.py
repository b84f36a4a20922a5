"""What became of a meeting, as each side says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.kit.announce import announce
from hanse.kit.refusals import Refused
from hanse.meetings.models import Meeting, MeetingSeat, Outcome, Party, Representative
from hanse.meetings.rules.refusing import refusal
from hanse.meetings.words import STANDING, Cooperation, MeetingState

LATER = timedelta(days=182)


@dataclass(frozen=True)
class OutcomesDue:
    """Half a year after the event: what came of the meetings that took place?"""

    reader: Representative
    count: int


@transaction.atomic
def say_outcome(
    meeting: Meeting,
    party: Party,
    *,
    took_place: bool | None,
    again: bool | None,
    follow_up: str,
    by: Any,
) -> Outcome:
    """Answers of one side; saying them again changes them. Before it began nothing is known."""
    if meeting.slot.starts_at > timezone.now():
        raise Refused(refusal("not_begun"))
    found, _made = Outcome.objects.select_for_update().get_or_create(meeting=meeting, party=party)
    found.took_place, found.again = took_place, again if took_place else None
    found.follow_up, found.at = follow_up, timezone.now()
    found.save()
    settle(meeting)
    record("say_outcome", found, by=by, after={"took_place": took_place})
    return found


@transaction.atomic
def say_cooperation(meeting: Meeting, party: Party, cooperation: str, *, by: Any) -> Outcome:
    """What had come of it later; Refused where nobody asked them yet."""
    asked = Outcome.objects.select_for_update().filter(
        meeting=meeting, party=party, asked_later_at__isnull=False
    )
    found = asked.first()
    if found is None:
        raise Refused(refusal("not_asked"))
    found.cooperation, found.later_at = Cooperation(cooperation), timezone.now()
    found.save(update_fields=["cooperation", "later_at"])
    record("say_cooperation", found, by=by, after={"cooperation": cooperation})
    return found


def settle(meeting: Meeting) -> None:
    """Held where a side says so and none denies it; missed where one denies it and none says so.

    Where two sides differ, or nobody says anything any more, it is not known.
    """
    held = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if held.state not in STANDING:
        return
    said = set(held.outcomes.exclude(took_place=None).values_list("took_place", flat=True))
    held.state = MeetingState.PLANNED
    if len(said) == 1:
        held.state = MeetingState.HELD if True in said else MeetingState.MISSED
    held.save(update_fields=["state"])
    meeting.state = held.state


def ask_later(*, now: Any = None) -> int:
    """Half a year after an event each person who met somebody is asked once."""
    now = now or timezone.now()
    asked = Outcome.objects.filter(
        meeting=OuterRef("meeting"), party=OuterRef("party"), asked_later_at__isnull=False
    )
    due = (
        MeetingSeat.objects.filter(
            meeting__state__in=STANDING,
            meeting__marketplace__event__last_day__lte=(now - LATER).date(),
            meeting__marketplace__event__cancelled_at__isnull=True,
            representative__isnull=False,
        )
        .exclude(meeting__state=MeetingState.MISSED)
        .exclude(Exists(asked))
        .select_related("representative__registration__event__series", "representative__party")
    )
    readers: dict[int, list[MeetingSeat]] = {}
    for seat in due:
        readers.setdefault(seat.representative_id or 0, []).append(seat)
    for seats in readers.values():
        with transaction.atomic():
            for seat in seats:
                Outcome.objects.update_or_create(
                    meeting_id=seat.meeting_id,
                    party_id=seat.party_id,
                    defaults={"asked_later_at": now},
                )
            reader = seats[0].representative
            if reader is not None and reader.registration.email:
                announce(OutcomesDue(reader, len(seats)))
    return len(readers)
