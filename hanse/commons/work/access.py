from typing import Any

from django.db.models import QuerySet

from hanse.commons.work.models import Job


def jobs_visible_to(person: Any) -> QuerySet[Job]:
    if not person.is_authenticated:
        return Job.objects.none()
    return Job.objects.filter(owner=person)


def may_follow(person: Any, job: Job) -> bool:
    return bool(job.owner_id == person.pk)
