"""The letter of the evening after."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hanse.commons.links.actions import make_link
from hanse.events.actions.feedback import FEEDBACK
from hanse.events.mails.registrations import facts_of
from hanse.events.mails.wording import write
from hanse.events.models import Registration


def send_feedback_letter(registration: Registration) -> None:
    """How was it? With a link that needs no log-in."""
    event = registration.event
    token = make_link(
        FEEDBACK, registration.pk, email=registration.email, person=registration.person
    )
    way = reverse("events:feedback_letter", args=[token])
    with translation.override(registration.language):
        facts = facts_of(event, registration, f"{settings.HANSE_ADDRESS.rstrip('/')}{way}")
    more = {"registration": registration}
    write(event, "feedback", registration.email, registration.language, facts, more)
