"""Answers to the organisers' questions, in the background."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from hanse.commons.work.jobs import Progress, job, start
from hanse.meetings.actions.outlooks import market_asked
from hanse.meetings.models import Outlook
from hanse.meetings.words import Question


@job
def answer_question(_progress: Progress, *, outlook: int) -> str:
    """Keep the engine's answer as it is: the fields of its dataclass."""
    from hanse.engines.meetings.questions import one_more_slot, price_of_minimum, tables_needed

    held = Outlook.objects.select_related("marketplace__event__series").get(pk=outlook)
    market = market_asked(held.marketplace, held.question)
    match held.question:
        case Question.TABLES:
            told = asdict(tables_needed(market))
        case Question.SLOT:
            told = asdict(one_more_slot(market))
            for one in told["sessions"]:
                one["after"] = int(market.slots[one["after"]].name)
        case _:
            told = asdict(price_of_minimum(market, held.minimum or 0))
    # Whoever asked again meanwhile gets the answer to the later question.
    Outlook.objects.filter(pk=outlook, asked_at=held.asked_at).update(told=told)
    return f"{held.marketplace.event.get_absolute_url()}desk/meetings/outlooks/"


def start_answering(outlook: Outlook, *, by: Any) -> None:
    """Put a question into the queue; it knows its job."""
    title = _("What if: %(event)s") % {"event": outlook.marketplace.event}
    outlook.job = start(answer_question, by=by, title=title, outlook=outlook.pk)
    outlook.save(update_fields=["job"])
