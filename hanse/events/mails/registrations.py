"""Letters about a registration, each in its own language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hanse.commons.links.actions import make_link
from hanse.events.mails.wording import on_days, write
from hanse.events.models import Event, Registration
from hanse.events.queries.seats import position, rule_of
from hanse.events.words import RegistrationState
from hanse.kit.numbers import day
from hanse.kit.said import said

REGISTRATION = "registration"


def letter(event: Event, code: str, registration: Registration, context: Mapping[str, Any]) -> None:
    """One letter: in the organisers' words where they wrote some, else in ours."""
    with translation.override(registration.language):
        facts = {**facts_of(event, registration, address_for(registration)), **context}
    more = {"registration": registration}
    write(event, code, registration.email, registration.language, facts, more)


def facts_of(event: Event, registration: Registration, link: str) -> dict[str, str]:
    """What placeholders stand for; in the language that is set now."""
    return {
        "name": registration.name,
        "event": said(event.title),
        "series": said(event.series.title),
        "kind": said(registration.kind.name) or registration.kind.code,
        "first_day": day(event.first_day),
        "last_day": day(event.last_day),
        "days": on_days(event),
        "number": str(registration.number),
        "says": registration.says,
        "link": link,
    }


def address_for(registration: Registration) -> str:
    """Their page; for whoever has no log-in one that the letter itself opens."""
    site = settings.HANSE_ADDRESS.rstrip("/")
    if registration.person_id:
        return f"{site}{reverse('events:registration', args=[registration.pk])}"
    token = make_link(REGISTRATION, registration.pk, email=registration.email, holds=None)
    return f"{site}{reverse('events:registration_letter', args=[token])}"


def send_registered(registration: Registration) -> None:
    """Confirmed, on the waiting list with place and rule, or waiting for the organisers' word."""
    state = registration.state
    code = {RegistrationState.CONFIRMED: "confirmed", RegistrationState.ASKED: "asked"}.get(
        RegistrationState(state), "waiting"
    )
    letter(registration.event, code, registration, about_the_line(registration))


def send_moved_up(registration: Registration) -> None:
    letter(registration.event, "moved_up", registration, {})


def send_decided(registration: Registration) -> None:
    if registration.state == RegistrationState.REFUSED:
        letter(registration.event, "refused", registration, {})
    else:
        send_registered(registration)


def send_cancelled(registration: Registration, *, by_organisers: bool) -> None:
    letter(registration.event, "cancelled", registration, {"by_organisers": by_organisers})


def about_the_line(registration: Registration) -> dict[str, Any]:
    if registration.state != RegistrationState.WAITING:
        return {}
    with translation.override(registration.language):
        return {"position": position(registration), "rule": rule_of(registration.event)}
