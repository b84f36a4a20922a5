"""What takes longer than a page, and what is done once a day."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from hanse.commons.work.jobs import Progress, job, start
from hanse.commons.work.models import Job
from hanse.events.actions.feedback import ask_for_feedback
from hanse.events.actions.invitations import write_to
from hanse.events.actions.seats import fill_seats_everywhere
from hanse.events.models import Event
from hanse.events.queries.guests import invitations_of

LETTERS_AT_ONCE = 25


@task
def daily_round() -> None:
    """Seats that are no longer kept for a team go to those behind it who fit; the morning after an
    event those who were there are asked how it was.
    """
    fill_seats_everywhere()
    ask_for_feedback()


@job
def write_invitations(progress: Progress, *, event: int, which: str) -> str:
    """Letters to everybody who stands there, some at a time, so that stopping it loses nothing."""
    held = Event.objects.select_related("series").get(pk=event)
    to = list(invitations_of(held, which))
    parts = [to[at : at + LETTERS_AT_ONCE] for at in range(0, len(to), LETTERS_AT_ONCE)]
    for part in progress.through(parts, gettext_lazy("Letters")):
        write_to(part, by=progress.job.owner)
    return f"{held.get_absolute_url()}desk/invitations/"


def start_writing(event: Event, which: str, *, by: Any) -> Job:
    title = _("Invitations to %(event)s") % {"event": event}
    return start(write_invitations, by=by, title=title, event=event.pk, which=which)
