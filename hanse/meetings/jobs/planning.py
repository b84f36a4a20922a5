"""Runs of the engine, in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from hanse.commons.work.jobs import Progress, job, start
from hanse.engines.meetings.formats.event import market_of
from hanse.engines.meetings.timetable import Progress as Found
from hanse.meetings.actions.drafts import keep_plan, wanted_by_draft
from hanse.meetings.models import Draft
from hanse.meetings.words import DraftState

SECONDS_BETWEEN = 0.4
MOST_POINTS = 400


@job
def plan_meetings(progress: Progress, *, draft: int) -> str:
    """Plan a draft: how value and bound come closer is written down while it runs."""
    from hanse.engines.meetings.plan import plan

    held = Draft.objects.select_related("marketplace__event__series").get(pk=draft)
    held.state = DraftState.RUNNING
    held.save(update_fields=["state"])
    market, wanted = market_of(held.input), wanted_by_draft(held)
    found = plan(
        market,
        steps=wanted.steps,
        seed=wanted.seed,
        seconds=wanted.seconds,
        progress=_follow(progress, held),
    )
    keep_plan(held, market, found)
    return f"{held.marketplace.event.get_absolute_url()}desk/meetings/{held.number}/"


def _follow(progress: Progress, draft: Draft) -> Callable[[Found], bool]:
    """Writes the course of a run down, now and then; true once somebody asked it to stop."""
    began = last = time.monotonic()
    course: list[dict[str, Any]] = []

    def follow(found: Found) -> bool:
        nonlocal last
        now = time.monotonic()
        if course and now - last < SECONDS_BETWEEN:
            return False
        last = now
        if found.value is not None:
            course.append(_point(found, now - began))
            if len(course) > MOST_POINTS:
                del course[1:-1:2]
        Draft.objects.filter(pk=draft.pk).update(course=course)
        progress.say(step=_("Looking for a better plan"), done=found.steps)
        return Draft.objects.filter(pk=draft.pk, stop_asked_at__isnull=False).exists()

    return follow


def _point(found: Found, seconds: float) -> dict[str, Any]:
    value, bound = found.value, found.bound
    return {
        "seconds": round(seconds, 2),
        "steps": found.steps,
        "weight": value.weight if value else 0,
        "held": value.held if value else 0,
        "breaks": value.breaks if value else 0,
        "bound": {
            "weight": bound.weight,
            "held": bound.held,
            "breaks": bound.breaks,
        }
        if bound
        else None,
    }


def start_planning(draft: Draft, *, by: Any) -> None:
    """Put a run into the queue; the draft knows its job."""
    title = _("Draft %(number)s of the meetings of %(event)s") % {
        "number": draft.number,
        "event": draft.marketplace.event,
    }
    draft.job = start(plan_meetings, by=by, title=title, draft=draft.pk)
    draft.save(update_fields=["job"])
