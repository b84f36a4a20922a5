"""What the directory does by itself, once a day; and files that take longer than a page."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from hanse.commons.work.jobs import Progress, job, start
from hanse.commons.work.models import Job
from hanse.directory.actions.digest import write_digests
from hanse.directory.actions.duplicates import propose_duplicates
from hanse.directory.actions.freshness import ask_for_confirmation, hide_the_dead
from hanse.directory.actions.imports import (
    follow_job,
    forget_old_previews,
    look_through,
    take_in_file,
)
from hanse.directory.actions.indexing import index, with_a_label_that_ended
from hanse.directory.actions.messages import delete_old_threads
from hanse.directory.actions.open_data import write_open_data
from hanse.directory.actions.partner_model import rebuild_partner_model
from hanse.directory.actions.requests import ask_whether_requests_go_on
from hanse.directory.actions.searches import tell_of_new_ones
from hanse.directory.models import Import
from hanse.directory.queries.notices import wrong_about_events
from hanse.directory.rules.imports import refusal
from hanse.kit.refusals import Refused


@task
def daily_round() -> None:
    """Remind, write, hide the long dead, forget what had its time, write the open data."""
    ask_for_confirmation()
    hide_the_dead()
    index(with_a_label_that_ended(timezone.localdate()))
    index(wrong_about_events(timezone.now()))
    tell_of_new_ones()
    propose_duplicates()
    ask_whether_requests_go_on()
    write_digests()
    delete_old_threads()
    forget_old_previews()
    write_open_data()
    rebuild_partner_model()


@job
def look_through_file(progress: Progress, *, number: int) -> str:
    """The preview of a large file; its page shows it."""
    brought = _import(number)
    look_through(brought, lambda done, total: progress.say(done=done, total=total))
    return brought.get_absolute_url()


@job
def take_in_large_file(progress: Progress, *, number: int) -> str:
    """Do what the preview of a large file says."""
    brought = _import(number)
    try:
        take_in_file(
            brought,
            by=brought.owner,
            told=lambda done, total: progress.say(done=done, total=total),
        )
    except Refused as no:
        if no.refusal.code == "changed_since_preview":
            look_through(brought)
        raise
    return brought.get_absolute_url()


def _import(number: int) -> Import:
    brought = Import.objects.filter(pk=number).first()
    if brought is None:
        raise Refused(refusal("nothing_to_take_in"))
    return brought


@transaction.atomic
def start_looking(brought: Import, *, by: Any) -> Job:
    title = _("Preview of %(file)s") % {"file": brought.name}
    return _follow(brought, start(look_through_file, by=by, title=title, number=brought.pk))


@transaction.atomic
def start_taking_in(brought: Import, *, by: Any) -> Job:
    title = _("Organisations of %(file)s") % {"file": brought.name}
    return _follow(brought, start(take_in_large_file, by=by, title=title, number=brought.pk))


def _follow(brought: Import, started: Job) -> Job:
    follow_job(brought, started)
    return started
