from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hanse.commons.work.models import Heartbeat, Job, Round
from hanse.commons.work.words import JobState
from hanse.kit.refusals import Refusal, Refused

HAS_ENDED = Refusal("job_has_ended", _("This job has already ended; there is nothing to stop."))
WAS_STOPPED = _("The program was stopped while this was running. Start it again.")
SILENCE = timedelta(minutes=2)
KEEP_RESULTS = timedelta(days=30)


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


def beat(worker: str) -> None:
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": timezone.now()})


def fall_silent(worker: str) -> None:
    Heartbeat.objects.filter(worker=worker).delete()


@transaction.atomic
def give_up_orphans() -> None:
    """What a killed worker left in the middle: jobs have failed, the rest runs again."""
    Heartbeat.objects.filter(at__lt=timezone.now() - SILENCE).delete()
    alive = set(Heartbeat.objects.values_list("worker", flat=True))
    for left in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if alive.isdisjoint(left.worker_ids):
            give_up(left)


def give_up(left: DBTaskResult) -> None:
    job = Job.objects.filter(task_id=str(left.pk)).first()
    if job is None:
        left.status = TaskResultStatus.READY
        left.save(update_fields=["status"])
        return
    left.status = TaskResultStatus.FAILED
    left.finished_at = timezone.now()
    left.save(update_fields=["status", "finished_at"])
    if not job.has_ended:
        end(job, JobState.FAILED, error=str(WAS_STOPPED))


Begin = Callable[[], object]
_rounds: dict[str, Begin] = {}


def bind_rounds(rounds: Mapping[str, Begin]) -> None:
    """Say what is begun once a day; called by the wiring."""
    _rounds.clear()
    _rounds.update(rounds)


def begin_rounds() -> list[str]:
    """Begin what has not been begun today; of several workers one does."""
    today, begun = timezone.localdate(), []
    for name, begin_round in _rounds.items():
        Round.objects.get_or_create(name=name, defaults={"begun_on": date.min})
        if Round.objects.filter(name=name, begun_on__lt=today).update(begun_on=today):
            begin_round()
            begun.append(name)
    return begun


def tidy() -> None:
    """Throw away what has had its time: visits, counted tries, notes of finished work."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEEP_RESULTS).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM hanse_cache WHERE expires < %s", [now.replace(tzinfo=None)])
