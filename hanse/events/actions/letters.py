"""Word a letter anew, or go back to ours."""

from __future__ import annotations

from typing import Any

from hanse.commons.post.actions import drop_own_words, keep_own_words
from hanse.events.models import Event
from hanse.events.rules.letters import why_not_worded
from hanse.kit.refusals import Refused


def word_letter(
    event: Event, code: str, language: str, subject: str, body: str, *, by: Any
) -> None:
    if against := why_not_worded(code, f"{subject} {body}"):
        raise Refused(against)
    keep_own_words(event, event.mail_texts, code, language, subject, body, by=by)


def word_as_ours(event: Event, code: str, language: str, *, by: Any) -> None:
    drop_own_words(event, event.mail_texts, code, language, by=by)
