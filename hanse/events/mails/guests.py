"""Letters to invited people, to heads of delegations, to strangers and about them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hanse.commons.people.models import Person
from hanse.commons.post.mails import send_letter_to_person
from hanse.events.mails.wording import LETTERS, on_days, write
from hanse.events.models import Delegation, Event, Invitation, Stranger
from hanse.events.words import Duty
from hanse.kit.numbers import day
from hanse.kit.said import said


def facts_of_invitation(invitation: Invitation, link: str) -> dict[str, Any]:
    """What placeholders stand for, merge fields of the list among them."""
    event = invitation.event
    return {
        **invitation.merge,
        "name": invitation.name or invitation.email,
        "organisation": invitation.organisation_name,
        "event": said(event.title),
        "series": said(event.series.title),
        "first_day": day(event.first_day),
        "last_day": day(event.last_day),
        "days": on_days(event),
        "city": event.series.city,
        "link": link,
    }


def send_invitation(invitation: Invitation, token: str, *, is_reminder: bool) -> None:
    code = "invitation_reminder" if is_reminder else "invitation"
    with translation.override(invitation.language):
        link = f"{site()}{reverse('events:invited', args=[token])}"
        facts = facts_of_invitation(invitation, link)
    write(
        invitation.event,
        code,
        invitation.email,
        invitation.language,
        facts,
        {"invitation": invitation},
    )


def send_stranger_asked(stranger: Stranger) -> None:
    """To whoever looks after the guests: both addresses stand at the desk."""
    event = stranger.event
    for person in guests_team(event):
        send_letter_to_person(
            person,
            f"{LETTERS}/stranger_asked.txt",
            {"event": event, "stranger": stranger, "link": desk_of_guests(event)},
        )


def send_stranger_declined(stranger: Stranger) -> None:
    """It names no event: whoever came by another's letter has not been shown any."""
    language = stranger.person.language if stranger.person else settings.LANGUAGE_CODE
    write(stranger.event, "stranger_declined", stranger.email, language, {})


def send_delegation(delegation: Delegation) -> None:
    event = delegation.event
    language = settings.LANGUAGE_CODE
    head = Person.objects.filter(email=delegation.head_email).first()
    if head is not None:
        language = head.language
    link = f"{site()}{reverse('events:delegation', args=[delegation.pk])}"
    facts = {
        "name": delegation.name,
        "event": said(event.title, language),
        "places": delegation.places,
        "link": link,
    }
    write(event, "delegation", delegation.head_email, language, facts)


def guests_team(event: Event) -> list[Person]:
    """Whoever looks after the guests; where nobody does, the leads."""
    duties = event.series.organisers.select_related("person")
    own = [one.person for one in duties.filter(duty=Duty.GUESTS)]
    return own or [one.person for one in duties.filter(duty=Duty.LEAD)]


def desk_of_guests(event: Event) -> str:
    way = reverse("events:desk_invitations", args=[event.series.slug, event.slug])
    return f"{site()}{way}"


def site() -> str:
    return str(settings.HANSE_ADDRESS).rstrip("/")
