"""Word a letter anew, or go back to ours."""

from __future__ import annotations

from typing import Any

from hanse.calls.models import Call
from hanse.calls.rules.letters import why_not_worded
from hanse.commons.post.actions import drop_own_words, keep_own_words
from hanse.kit.refusals import Refused


def word_letter(call: Call, code: str, language: str, subject: str, body: str, *, by: Any) -> None:
    if against := why_not_worded(code, f"{subject} {body}"):
        raise Refused(against)
    keep_own_words(call, call.letter_texts, code, language, subject, body, by=by)


def word_as_ours(call: Call, code: str, language: str, *, by: Any) -> None:
    drop_own_words(call, call.letter_texts, code, language, by=by)
