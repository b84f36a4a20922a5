"""Which release serves: made and put in place, or an earlier one put back, always on record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hanse.commons.audit.actions import record
from hanse.kit.refusals import Refusal, Refused
from hanse.observatory.actions.progress import Progress, silent
from hanse.observatory.actions.release import METHOD, publish_release
from hanse.observatory.actions.store import write_text_at_once
from hanse.observatory.models import Publication
from hanse.observatory.queries.figures import NoRelease, release_named
from hanse.observatory.words import Source

GONE = Refusal("release_is_gone", _("This release is no longer there. Compute it again."))


def publish_measures(
    measures: Path, source: Source, *, by: Any, progress: Progress = silent
) -> Publication:
    """Compute the release of some measures and let it serve."""
    release = publish_release(measures, Path(settings.HANSE_RELEASES), progress=progress)
    return _recorded(release, source, METHOD, by)


def serve_again(name: str, *, by: Any) -> Publication:
    """Put an earlier release back in the place from which pages read."""
    try:
        release = release_named(name)
    except NoRelease:
        raise Refused(GONE) from None
    write_text_at_once(Path(settings.HANSE_RELEASES) / "current", release.id + "\n")
    return _recorded(release.id, Source.AGAIN, release.method, by)


@transaction.atomic
def _recorded(release: str, source: Source, method: str, by: Any) -> Publication:
    done = Publication.objects.create(release=release, source=source, method=method)
    record("release published", done, by=by, after={"release": release, "source": str(source)})
    return done
