"""What the organisers ask before they plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from hanse.engines.meetings.market import Market
from hanse.meetings.actions.drafts import event_to_plan
from hanse.meetings.models import Marketplace, Outlook
from hanse.meetings.rules.planning import Wanted
from hanse.meetings.words import Question


@transaction.atomic
def ask(marketplace: Marketplace, question: Question, minimum: int | None = None) -> Outlook:
    """Put the question in place of the last one of its kind; Refused where nothing can be planned.

    `minimum` belongs to the question about newcomers.
    """
    market_asked(marketplace, question)
    facts: dict[str, Any] = {
        "minimum": minimum,
        "told": {},
        "job": None,
        "asked_at": timezone.now(),
    }
    held, _new = Outlook.objects.update_or_create(
        marketplace=marketplace, question=question, defaults=facts
    )
    return held


def market_asked(marketplace: Marketplace, question: str) -> Market:
    """The event that a question is about: for the one about tables none need be there."""
    return event_to_plan(marketplace, Wanted(), tables_needed=question != Question.TABLES)
