"""What participants say afterwards: kept without who, once each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from hanse.commons.links.models import LetterLink
from hanse.events.actions.tickets import refusal
from hanse.events.models import Event, Feedback, Registration
from hanse.events.queries.door import came_to
from hanse.events.rules.report import why_wrong_scores
from hanse.events.words import RegistrationState, State
from hanse.kit.announce import announce

FEEDBACK = "event-feedback"
# Later nobody is asked any more.
ASKED_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class FeedbackDue:
    """An event is over, and somebody who was there is asked how it was."""

    registration: Registration


@dataclass(frozen=True)
class Given:
    """Scores from 1 to 5 by their code, whether they would come again, words."""

    scores: Mapping[str, int] = field(default_factory=dict)
    again: bool | None = None
    text: str = ""


def why_no_feedback(registration: Registration) -> str:
    """The code of the refusal; empty where somebody may say how it was."""
    if registration.feedback_at:
        return "feedback_given"
    was_there = registration.state == RegistrationState.CONFIRMED and (
        registration.event.is_over
        or came_to(registration.event).filter(registration=registration).exists()
    )
    return "" if was_there else "did_not_come"


@transaction.atomic
def give_feedback(registration: Registration, given: Given) -> None:
    """Keep what somebody says. Neither the answer nor the trail says who it was.

    Of the registration it is kept that they answered, and the day alone: a moment would lead from
    the order of the answers to the person.
    """
    locked = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("event")
        .get(pk=registration.pk)
    )
    if code := why_no_feedback(locked) or why_wrong_scores(given.scores):
        raise refusal(code)
    scores: dict[str, object] = dict(given.scores)
    if given.again is not None:
        scores["again"] = given.again
    if not scores and not given.text.strip():
        raise refusal("nothing_said")
    today = locked.event.today
    Feedback.objects.create(event=locked.event, scores=scores, text=given.text.strip(), on=today)
    locked.feedback_at = datetime.combine(today, time.min, ZoneInfo(locked.event.zone))
    locked.save(update_fields=["feedback_at"])


def ask_for_feedback(now: datetime | None = None) -> int:
    """Write once to everybody who was there, from the evening of the last day on."""
    now = now or timezone.now()
    asked = 0
    for event in _just_over(now):
        for one in _to_ask(event):
            with transaction.atomic():
                announce(FeedbackDue(one))
            asked += 1
    return asked


def _just_over(now: datetime) -> list[Event]:
    recent = Event.objects.filter(
        state=State.PUBLISHED, last_day__gte=(now - ASKED_WITHIN).date()
    ).select_related("series")
    return [one for one in recent if one.is_over]


def _to_ask(event: Event) -> list[Registration]:
    """Those who came and have not been asked: their link in a letter says that they were.

    Where no door was kept, everybody who was confirmed is taken to have been there.
    """
    people = event.registrations.filter(
        state=RegistrationState.CONFIRMED, feedback_at__isnull=True
    ).exclude(email="")
    came = came_to(event)
    if came.exists():
        people = people.filter(pk__in=came.values("registration"))
    found = list(people.select_related("event__series", "person"))
    numbers = {str(one.pk) for one in found}
    asked = set(
        LetterLink.objects.filter(purpose=FEEDBACK, subject__in=numbers).values_list(
            "subject", flat=True
        )
    )
    return [one for one in found if str(one.pk) not in asked]
