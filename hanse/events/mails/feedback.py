"""After an event: how was it?"""

from __future__ import annotations

from django.urls import reverse

from hanse.commons.links.actions import make_link
from hanse.commons.post.mails import send_letter_to
from hanse.events.actions.feedback import FEEDBACK
from hanse.events.mails.wording import about
from hanse.events.models import Registration

LETTERS = "events/letters"


def send_feedback_letter(registration: Registration) -> None:
    """How was it? With a link that needs no log-in."""
    token = make_link(
        FEEDBACK, registration.pk, email=registration.email, person=registration.person
    )
    context = {
        "registration": registration,
        "event": registration.event,
        "link": reverse("events:feedback_letter", args=[token]),
    }
    send_letter_to(
        registration.email,
        f"{LETTERS}/feedback.txt",
        context,
        language=registration.language,
        about=about(registration.event),
    )
