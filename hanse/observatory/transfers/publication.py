"""Publishing in the background: an operator says where the figures shall come from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from hanse.commons.work.jobs import Progress, job, start
from hanse.commons.work.models import Job
from hanse.observatory.actions.progress import Progress as Told
from hanse.observatory.actions.publications import publish_measures
from hanse.observatory.actions.release import newest_measures
from hanse.observatory.transfers.eurostat import LIVE, compile_live
from hanse.observatory.transfers.pack import compile_pack
from hanse.observatory.words import Source, Step


def start_publishing(source: Source, *, by: Any) -> Job:
    title = _("A release from %(source)s") % {"source": source.label}
    return start(publish_from, by=by, title=title, source=str(source))


@job
def publish_from(progress: Progress, *, source: str) -> str:
    """Compile the measures of a source, compute their release, let it serve."""

    def told(step: Step, done: int, total: int) -> None:
        progress.say(step=step.label, done=done, total=total)

    chosen = Source(source)
    publish_measures(measures_of(chosen, told), chosen, by=progress.job.owner, progress=told)
    return "/observatory/releases/"


def measures_of(source: Source, told: Told) -> Path:
    """The folder of measures that a source gives, compiled where they are not shipped."""
    kept = Path(settings.VAR) / "measures"
    if source is Source.PACK:
        return compile_pack(Path(settings.HANSE_DATA), kept / "from-pack", progress=told)
    if source in LIVE:
        return compile_live(kept / source, kept / "fetched", LIVE[source], progress=told)
    return newest_measures(Path(settings.HANSE_MEASURES))
