"""Work in the background. A domain writes in its `jobs.py`:

    @job
    def compute_release(progress: Progress, *, years: list[int]) -> str | None:
        for year in progress.through(years, _("Years")):
            ...
        return "/observatory/"          # where the result is, or None

and a page starts it: `start(compute_release, by=person, title=_("A release"), years=[…])`.
Arguments must be plain values. At every step the job looks whether somebody asked it to stop.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any, TypeVar

import structlog
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from django_tasks.base import Task

from hanse.commons.work.actions import begin, end
from hanse.commons.work.models import Job
from hanse.commons.work.words import JobState
from hanse.kit.refusals import Refused

log = structlog.get_logger("hanse.work")
Thing = TypeVar("Thing")
Work = Callable[..., str | None]

UNEXPECTED = _(
    "Something in the program went wrong, not in what you did. Nothing was changed. "
    "Start it again; if it fails again, tell the operator the number of this job: %(number)s."
)
SECONDS_BETWEEN_LOOKS = 0.5


class Stopped(Exception):  # noqa: N818  not a fault
    """Somebody asked the job to stop."""


class Progress:
    """What a job says about itself while it runs."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.looked_at = 0.0

    def through(self, things: Sequence[Thing], step: str | Promise = "") -> Iterator[Thing]:
        """The things one by one, each counted when it is done."""
        self.say(step=step, done=0, total=len(things))
        for number, thing in enumerate(things, start=1):
            yield thing
            self.say(done=number)

    def say(
        self,
        *,
        step: str | Promise | None = None,
        done: int | None = None,
        total: int | None = None,
    ) -> None:
        changed = {
            name: value
            for name, value in (("step", step and str(step)), ("done", done), ("total", total))
            if value is not None
        }
        for name, value in changed.items():
            setattr(self.job, name, value)
        if {"step", "total"} & changed.keys() or self._due():
            self._write_and_look()

    def _due(self) -> bool:
        return time.monotonic() - self.looked_at > SECONDS_BETWEEN_LOOKS

    def _write_and_look(self) -> None:
        self.looked_at = time.monotonic()
        self.job.save(update_fields=["step", "done", "total"])
        if Job.objects.filter(pk=self.job.pk, cancel_asked_at__isnull=False).exists():
            raise Stopped


def job(work: Work) -> Task[Any, Any]:
    """Make a function a job: it gets a `Progress` and its end is written down, whatever it is."""

    @wraps(work)
    def followed(job_id: int, language: str, **arguments: Any) -> None:
        taken = begin(job_id)
        if taken is None:
            return
        with translation.override(language):
            carry_out(work, taken, arguments)

    return task(followed)


def carry_out(work: Work, taken: Job, arguments: dict[str, Any]) -> None:
    progress = Progress(taken)
    try:
        result = work(progress, **arguments)
    except Stopped:
        end(taken, JobState.CANCELLED)
    except Refused as no:
        end(taken, JobState.FAILED, error=str(no.refusal))
    except BaseException:
        end(taken, JobState.FAILED, error=UNEXPECTED % {"number": taken.pk})
        log.exception("job_failed", job=taken.pk)
        raise
    else:
        progress.job.done = progress.job.total or progress.job.done
        progress.job.save(update_fields=["step", "done", "total"])
        end(taken, JobState.DONE, result_url=result or "")


@transaction.atomic
def start(work: Task[Any, Any], *, by: Any, title: str | Promise, **arguments: Any) -> Job:
    """Put a job into the queue; its page is `job.get_absolute_url()`."""
    asked = Job.objects.create(owner=by, title=str(title))
    result = work.enqueue(asked.pk, translation.get_language() or "en", **arguments)
    asked.task_id = str(result.id)
    asked.save(update_fields=["task_id"])
    return asked
