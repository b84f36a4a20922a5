"""Letters of the platform: a text template with the subject in its first line.

Templates of letters lie in `<domain>/letters/<name>.txt`; `site` is the address of this place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from hanse.commons.post.words import ABOUT


def send_letter_to(
    email: str,
    template: str,
    context: Mapping[str, Any],
    *,
    language: str = "",
    unsubscribe: str = "",
    about: str = "",
) -> None:
    """Write a letter and put it into the outbox; a mail that can be ended says how in its head."""
    with translation.override(language or translation.get_language() or "en"):
        site = settings.HANSE_ADDRESS.rstrip("/")
        written = render_to_string(template, {**context, "site": site})
        subject, _newline, text = written.lstrip().partition("\n")
        message = EmailMessage(" ".join(subject.split()), text.strip() + "\n", to=[email])
        if unsubscribe:
            message.extra_headers["List-Unsubscribe"] = f"<{site}{unsubscribe}>"
            message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if about:
            message.extra_headers[ABOUT] = about
        message.send()


def send_letter_to_person(
    person: Any,
    template: str,
    context: Mapping[str, Any],
    *,
    unsubscribe: str = "",
    about: str = "",
) -> None:
    send_letter_to(
        person.email,
        template,
        {**context, "reader": person},
        language=person.language,
        unsubscribe=unsubscribe,
        about=about,
    )
