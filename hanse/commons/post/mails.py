"""Letters of the platform: a text template with the subject in its first line, or own words.

Templates of letters lie in `<domain>/letters/<name>.txt`; `site` is the address of this place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from hanse.commons.post.rules import filled_in
from hanse.commons.post.words import ABOUT


@dataclass(frozen=True)
class Composed:
    """A letter as it would be sent."""

    subject: str
    text: str


def brought(template: str, context: Mapping[str, Any]) -> Composed:
    """The letter that Hanse brings, in the language of now."""
    written = render_to_string(template, {**context, "site": site()})
    subject, _newline, text = written.lstrip().partition("\n")
    return Composed(" ".join(subject.split()), text.strip())


def in_own_words(texts: Any, code: str, language: str, facts: Mapping[str, Any]) -> Composed | None:
    """The same letter as its senders worded it, where they did; `texts` are their `OwnWords`."""
    own = texts.filter(code=code, language=language).first()
    if own is None:
        return None
    subject = filled_in(own.subject, facts)
    return Composed(" ".join(subject.split()), filled_in(own.body, facts))


def send_composed(
    email: str, letter: Composed, *, language: str = "", unsubscribe: str = "", about: str = ""
) -> None:
    """Put a letter into the outbox; a mail that can be ended says how in its head."""
    with translation.override(language or translation.get_language() or "en"):
        message = EmailMessage(letter.subject, letter.text.strip() + "\n", to=[email])
        if unsubscribe:
            message.extra_headers["List-Unsubscribe"] = f"<{site()}{unsubscribe}>"
            message.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if about:
            message.extra_headers[ABOUT] = about
        message.send()


def send_letter_to(
    email: str,
    template: str,
    context: Mapping[str, Any],
    *,
    language: str = "",
    unsubscribe: str = "",
    about: str = "",
) -> None:
    """Write a letter from its template and put it into the outbox."""
    with translation.override(language or translation.get_language() or "en"):
        letter = brought(template, context)
    send_composed(email, letter, language=language, unsubscribe=unsubscribe, about=about)


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


def site() -> str:
    return str(settings.HANSE_ADDRESS).rstrip("/")
