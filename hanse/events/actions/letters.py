"""Word a letter anew, or go back to ours."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.models import Event, MailText
from hanse.events.rules.letters import why_not_worded
from hanse.kit.refusals import Refused


@transaction.atomic
def word_letter(
    event: Event, code: str, language: str, subject: str, body: str, *, by: Any
) -> None:
    if against := why_not_worded(code, f"{subject} {body}"):
        raise Refused(against)
    MailText.objects.update_or_create(
        event=event,
        code=code,
        language=language,
        defaults={
            "subject": " ".join(subject.split()),
            "body": body.strip(),
            "changed_at": timezone.now(),
        },
    )
    record("word_letter", event, by=by, after={"letter": code, "language": language})


@transaction.atomic
def word_as_ours(event: Event, code: str, language: str, *, by: Any) -> None:
    if event.mail_texts.filter(code=code, language=language).delete()[0]:
        record("word_letter_as_ours", event, by=by, after={"letter": code, "language": language})
