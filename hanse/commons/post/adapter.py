"""Django's way of sending mail, answered by our outbox."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from hanse.commons.post.actions import write_letter
from hanse.commons.post.jobs import send_letter
from hanse.commons.post.words import ABOUT


class Outbox(BaseEmailBackend):
    """Every mail becomes a letter for each reader, and a job that sends it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                for reader in message.recipients():
                    letter = write_letter(
                        to=reader,
                        sender=message.from_email,
                        subject=str(message.subject),
                        text=str(message.body),
                        html=html_of(message),
                        unsubscribe=ending_of(message),
                        about=str(message.extra_headers.get(ABOUT, "")),
                    )
                    send_letter.enqueue(letter.pk)
        return len(email_messages)


def ending_of(message: EmailMessage) -> str:
    """The address that ends such letters, as the head of the mail says it."""
    return str(message.extra_headers.get("List-Unsubscribe", "")).strip("<>")


def html_of(message: Any) -> str:
    return next(
        (body for body, kind in getattr(message, "alternatives", []) if kind == "text/html"), ""
    )
