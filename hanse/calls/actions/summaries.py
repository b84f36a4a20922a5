"""What came of a workshop: handed in by who held it, edited by the office, both kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.calls.models import Application, Summary
from hanse.calls.queries.status import told_state
from hanse.calls.rules.cut_offs import day_there, refusal
from hanse.calls.words import OF_THE_SUMMARY, ApplicationState
from hanse.commons.audit.actions import record
from hanse.kit.refusals import Refused


def summary_owed(application: Application) -> Summary:
    """The summary of a selected workshop; refused for everything else."""
    held = Application.objects.select_related("call").get(pk=application.pk)
    call = held.call
    if not (call.is_for_workshops and told_state(held) == ApplicationState.SELECTED):
        raise Refused(refusal("no_summary_owed"))
    due = call.held_on + timedelta(days=call.summary_days) if call.held_on else None
    owed, _is_new = Summary.objects.get_or_create(application=application, defaults={"due_on": due})
    return owed


@transaction.atomic
def hand_in_summary(application: Application, text: str, *, by: Any) -> Summary:
    """Its own side writes it, and may change it until the office has edited it."""
    owed = Summary.objects.select_for_update().get(pk=summary_owed(application).pk)
    if not text.strip():
        raise Refused(refusal("nothing_written", question=OF_THE_SUMMARY))
    if owed.edited_at and owed.handed_in_at:
        raise Refused(
            refusal("summary_is_here", day=day_there(owed.handed_in_at, application.call.zone))
        )
    owed.text, owed.handed_in_at, owed.handed_in_by = text.strip(), timezone.now(), by
    owed.save(update_fields=["text", "handed_in_at", "handed_in_by"])
    record("hand_in_summary", application, by=by)
    return owed


@transaction.atomic
def edit_summary(application: Application, text: str, *, by: Any) -> Summary:
    """The office's wording; what was handed in stays beside it."""
    owed = Summary.objects.select_for_update().get(pk=summary_owed(application).pk)
    if owed.handed_in_at is None:
        raise Refused(refusal("no_summary_owed"))
    owed.edited_text, owed.edited_at, owed.edited_by = text.strip(), timezone.now(), by
    owed.save(update_fields=["edited_text", "edited_at", "edited_by"])
    record("edit_summary", application, by=by)
    return owed
