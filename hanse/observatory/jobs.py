"""Work of the observatory that takes longer than a page."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hanse.commons.work.jobs import Progress, job, start
from hanse.commons.work.models import Job
from hanse.kit.refusals import Refused
from hanse.observatory.actions.own_sets import compute_set, follow_job, why_not_computable
from hanse.observatory.models import OwnSectorSet
from hanse.observatory.queries.figures import NoRelease, serving_release
from hanse.observatory.rules.admission import refusal as refused_for
from hanse.observatory.rules.own_sets import refusal
from hanse.observatory.words import Step


@job
def compute_own_set(progress: Progress, *, number: int) -> str:
    """The figures of a set; its page is where the result is."""
    own = OwnSectorSet.objects.filter(pk=number).first()
    if own is None:
        raise Refused(refusal("set_is_gone"))

    def told(step: Step, done: int, total: int) -> None:
        progress.say(step=step.label, done=done, total=total)

    try:
        release = serving_release()
    except NoRelease as fault:
        raise Refused(refused_for("no_release")) from fault
    compute_set(own, release, told)
    return own.get_absolute_url()


@transaction.atomic
def start_computing(own: OwnSectorSet, *, by: Any) -> Job:
    """Have the figures of a set computed in the background."""
    if reason := why_not_computable(own):
        raise Refused(reason)
    title = _("Figures of the sector set %(name)s, version %(version)s") % {
        "name": own.name,
        "version": own.version,
    }
    started = start(compute_own_set, by=by, title=title, number=own.pk)
    follow_job(own, started)
    return started
