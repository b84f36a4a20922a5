from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hanse.commons.work import actions
from hanse.commons.work.access import jobs_visible_to, may_follow
from hanse.commons.work.models import Job
from hanse.kit.gate import gate, signed_in
from hanse.kit.paging import page_of

# htmx stops to poll when it reads this status (htmx.org/docs, polling).
STOP_POLLING = 286


@signed_in
def jobs(request: HttpRequest) -> HttpResponse:
    return render(
        request, "work/jobs.html", {"page": page_of(request, jobs_visible_to(request.user))}
    )


@gate(may_follow, find=jobs_visible_to)
def job(request: HttpRequest, job: Job) -> HttpResponse:
    """The state of a job. With htmx only the part that changes is written again."""
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "work/job.html", {"job": job})
    status = STOP_POLLING if job.has_ended else 200
    return render(request, "work/job.html#state", {"job": job}, status=status)


@gate(may_follow, find=jobs_visible_to)
@require_POST
def cancellation(request: HttpRequest, job: Job) -> HttpResponse:
    actions.ask_to_stop(job, by=request.user)
    return redirect(job)
