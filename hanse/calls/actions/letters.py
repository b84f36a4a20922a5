"""Word a letter anew, or go back to ours."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hanse.calls.models import Call
from hanse.calls.rules.letters import why_not_worded
from hanse.commons.audit.actions import record
from hanse.commons.post.actions import drop_own_words, keep_own_words
from hanse.kit.refusals import Refused


@transaction.atomic
def word_letter(call: Call, code: str, language: str, subject: str, body: str, *, by: Any) -> None:
    if against := why_not_worded(code, f"{subject} {body}"):
        raise Refused(against)
    keep_own_words(call.letter_texts, code, language, subject, body)
    record("word_letter", call, by=by, after={"letter": code, "language": language})


@transaction.atomic
def word_as_ours(call: Call, code: str, language: str, *, by: Any) -> None:
    if drop_own_words(call.letter_texts, code, language):
        record("word_letter_as_ours", call, by=by, after={"letter": code, "language": language})
