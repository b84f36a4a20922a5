"""A letter in the organisers' own words where they wrote some, else in ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from hanse.commons.post.mails import Composed, brought, in_own_words, send_composed
from hanse.events.models import Event
from hanse.kit.numbers import day

LETTERS = "events/letters"


def on_days(event: Event) -> str:
    """“on 14 Jan 2027”, or from when to when."""
    facts = {"first": day(event.first_day), "last": day(event.last_day)}
    if event.first_day == event.last_day:
        return _("on %(first)s") % facts
    return _("from %(first)s to %(last)s") % facts


def compose(
    event: Event,
    code: str,
    language: str,
    facts: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
) -> Composed:
    """`facts` are what placeholders of own words stand for; our own letters read `context` too."""
    with translation.override(language):
        return in_own_words(event.mail_texts, code, language, facts) or brought(
            f"{LETTERS}/{code}.txt", {"event": event, **facts, **(context or {})}
        )


def write(
    event: Event,
    code: str,
    to: str,
    language: str,
    facts: Mapping[str, Any],
    context: Mapping[str, Any] | None = None,
) -> None:
    """Compose a letter and put it into the outbox, where the event's desk finds it."""
    if to:
        letter = compose(event, code, language, facts, context)
        send_composed(to, letter, language=language, about=about(event))


def about(event: Event) -> str:
    """How the outbox marks letters of an event."""
    return f"event:{event.pk}"
