"""The letter that an event does not take place."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from hanse.events.mails.guests import facts_of_invitation
from hanse.events.mails.registrations import facts_of
from hanse.events.mails.wording import on_days, write
from hanse.events.models import Event, Invitation, Registration
from hanse.events.queries.calling import Applicant
from hanse.kit.numbers import day
from hanse.kit.said import said


def send_called_off(event: Event, reader: Registration | Invitation | Applicant) -> None:
    """An applicant reads besides in whose name they applied."""
    context: dict[str, Any] = {}
    with translation.override(reader.language):
        if isinstance(reader, Applicant):
            facts = facts_of_applicant(event, reader)
            context["applied"] = reader.application.organisation
        elif isinstance(reader, Invitation):
            facts = facts_of_invitation(reader, "")
        else:
            facts = facts_of(event, reader, "")
    facts["why"] = event.cancelled_why
    write(event, "called_off", reader.email, reader.language, facts, context)


def facts_of_applicant(event: Event, applicant: Applicant) -> dict[str, Any]:
    return {
        "name": applicant.person.name,
        "event": said(event.title),
        "series": said(event.series.title),
        "first_day": day(event.first_day),
        "last_day": day(event.last_day),
        "days": on_days(event),
    }
