"""Letters about a plan: to everybody the first time, then to those for whom something changed."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from hanse.commons.post.mails import send_letter_to
from hanse.events.mails.wording import about
from hanse.meetings.actions.outcomes import OutcomesDue
from hanse.meetings.actions.publishing import PlanPublished
from hanse.meetings.mails.wishes import LETTERS, here, site
from hanse.meetings.models import Representative
from hanse.meetings.queries.own import Own, meetings_of
from hanse.meetings.queries.times import when_in


def send_plan(fact: PlanPublished) -> None:
    """One letter a person, with all their meetings as they are now."""
    found = meetings_of(fact.concerned)
    for reader in fact.concerned:
        _write(fact, reader, found[reader.pk])


def _write(fact: PlanPublished, reader: Representative, own: list[Own]) -> None:
    registration = reader.registration
    event = registration.event
    with translation.override(registration.language):
        when = when_in(event.zone)
        context = {
            "event": event,
            "name": registration.name,
            "is_first": fact.is_first,
            "note": fact.plan.note,
            "lines": [(when(one.starts_at), one.where, one.names) for one in own],
            "zone": event.zone,
            "agenda": f"{site()}{reverse('events:series_agenda', args=[event.series.slug])}",
            "page": f"{site()}{reverse('meetings:wishes', args=here(event))}",
        }
    send_letter_to(
        registration.email,
        f"{LETTERS}/plan.txt",
        context,
        language=registration.language,
        about=about(event),
    )


def send_later(fact: OutcomesDue) -> None:
    """Half a year later: the way to one's meetings, where one question is asked of each."""
    registration = fact.reader.registration
    event = registration.event
    with translation.override(registration.language):
        context = {
            "event": event,
            "name": registration.name,
            "count": fact.count,
            "page": f"{site()}{reverse('meetings:own_meetings', args=here(event))}",
        }
    send_letter_to(
        registration.email,
        f"{LETTERS}/later.txt",
        context,
        language=registration.language,
        about=about(event),
    )
