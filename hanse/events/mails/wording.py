"""A letter in the organisers' own words where they wrote some, else in ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils import translation

from hanse.commons.post.mails import send_letter_to
from hanse.events.models import Event, MailText

LETTERS = "events/letters"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def write(
    event: Event,
    code: str,
    to: str,
    language: str,
    facts: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
) -> None:
    """One letter. `facts` are what placeholders of own words stand for; ours read `context` too."""
    if not to:
        return
    with translation.override(language):
        text = MailText.objects.filter(event=event, code=code, language=language).first()
        if text is None:
            told = {**facts, "event": event, **(context or {})}
            send_letter_to(to, f"{LETTERS}/{code}.txt", told, language=language)
            return
        subject, body = filled_in(text.subject, facts), filled_in(text.body, facts)
        own = {"subject": " ".join(subject.split()), "body": body}
        send_letter_to(to, f"{LETTERS}/own_words.txt", own, language=language)


def filled_in(text: str, facts: Mapping[str, Any]) -> str:
    """Placeholders that are known are filled in once; what is not known stands as it was written.

    >>> filled_in("Dear {name}, {seat}: {name!r}", {"name": "Ana {link}"})
    'Dear Ana {link}, {seat}: {name!r}'
    """
    return PLACEHOLDER.sub(lambda found: str(facts.get(found[1], found[0])), text)
