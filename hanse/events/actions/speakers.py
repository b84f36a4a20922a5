"""Who speaks at an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.commons.audit.actions import record
from hanse.events.models import Event, Speaker

FIELDS = ("name", "says", "email", "is_reimbursed")


@transaction.atomic
def save_speaker(
    event: Event,
    speaker: Speaker | None,
    given: Mapping[str, Any],
    about: Mapping[str, str],
    *,
    by: Any,
) -> Speaker:
    held = speaker or Speaker(event=event)
    for name in FIELDS:
        setattr(held, name, given[name])
    held.about = dict(about)
    held.save()
    touch(event)
    record("change_speaker" if speaker else "add_speaker", held, by=by, after={"fields": FIELDS})
    return held


def touch(event: Event) -> None:
    """Names stand beside a published programme: whoever wrote it down writes it anew."""
    Event.objects.filter(pk=event.pk).update(changed_at=timezone.now())


@transaction.atomic
def drop_speaker(speaker: Speaker, *, by: Any) -> None:
    """They leave every session; published versions no longer name them."""
    record("drop_speaker", speaker, by=by, before={"sessions": speaker.parts.count()})
    touch(speaker.event)
    speaker.delete()
