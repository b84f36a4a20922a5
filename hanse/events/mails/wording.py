"""A letter in the organisers' own words where they wrote some, else in ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hanse.commons.post.mails import send_letter_to
from hanse.events.models import Event, MailText
from hanse.kit.numbers import day

LETTERS = "events/letters"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def on_days(event: Event) -> str:
    """“on 14 Jan 2027”, or from when to when."""
    facts = {"first": day(event.first_day), "last": day(event.last_day)}
    if event.first_day == event.last_day:
        return _("on %(first)s") % facts
    return _("from %(first)s to %(last)s") % facts


@dataclass(frozen=True)
class Composed:
    """A letter as it would be sent."""

    subject: str
    text: str


def compose(
    event: Event,
    code: str,
    language: str,
    facts: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
) -> Composed:
    """`facts` are what placeholders of own words stand for; our own letters read `context` too."""
    with translation.override(language):
        text = MailText.objects.filter(event=event, code=code, language=language).first()
        if text is not None:
            return Composed(filled_in(text.subject, facts), filled_in(text.body, facts))
        return ours(event, code, facts, context)


def ours(
    event: Event, code: str, facts: Mapping[str, Any], context: Mapping[str, Any] | None = None
) -> Composed:
    """The letter that Hanse brings, in the language of now."""
    told = {"event": event, **facts, **(context or {})}
    written = render_to_string(f"{LETTERS}/{code}.txt", told)
    subject, _newline, body = written.lstrip().partition("\n")
    return Composed(" ".join(subject.split()), body.strip())


def write(
    event: Event,
    code: str,
    to: str,
    language: str,
    facts: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
) -> None:
    """Compose a letter and put it into the outbox, where the event's desk finds it."""
    if not to:
        return
    letter = compose(event, code, language, facts, context)
    send_letter_to(
        to,
        f"{LETTERS}/composed.txt",
        {"subject": " ".join(letter.subject.split()), "text": letter.text},
        language=language,
        about=about(event),
    )


def about(event: Event) -> str:
    """How the outbox marks letters of an event."""
    return f"event:{event.pk}"


def filled_in(text: str, facts: Mapping[str, Any]) -> str:
    """Placeholders that are known are filled in once; what is not known stands as it was written.

    >>> filled_in("Dear {name}, {seat}: {name!r}", {"name": "Ana {link}"})
    'Dear Ana {link}, {seat}: {name!r}'
    """
    return PLACEHOLDER.sub(lambda found: str(facts.get(found[1], found[0])), text)
