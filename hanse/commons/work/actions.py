from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.work.models import Heartbeat, Job
from hanse.commons.work.words import JobState
from hanse.kit.refusals import Refusal, Refused

HAS_ENDED = Refusal("job_has_ended", _("This job has already ended; there is nothing to stop."))

WAS_STOPPED = _("The program was stopped while this was running. Start it again.")


def ask_to_stop(job: Job, *, by: Any) -> None:
    """The job stops at its next step; one that still waits never starts."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    if waiting.update(state=JobState.CANCELLED, cancel_asked_at=now, ended_at=now):
        return
    running = Job.objects.filter(pk=job.pk, state=JobState.RUNNING)
    if not running.update(cancel_asked_at=now):
        raise Refused(HAS_ENDED)


def begin(job_id: int) -> Job | None:
    """Take a waiting job into work; None when it was cancelled while it waited."""
    taken = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=timezone.now()
    )
    return Job.objects.get(pk=job_id) if taken else None


def end(job: Job, state: JobState, *, error: str = "", result_url: str = "") -> None:
    job.state = state
    job.error = error
    job.result_url = result_url
    job.ended_at = timezone.now()
    job.save(update_fields=["state", "error", "result_url", "ended_at"])


def give_up_orphans() -> int:
    """Jobs that a worker left in the middle have failed; a worker asks for this at its start."""
    return Job.objects.filter(state=JobState.RUNNING).update(
        state=JobState.FAILED, error=str(WAS_STOPPED), ended_at=timezone.now()
    )


def beat(worker: str) -> None:
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": timezone.now()})
