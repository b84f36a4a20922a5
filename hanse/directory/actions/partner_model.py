"""Compute anew who is likely to work with whom, from all joint projects. No person is in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from django.conf import settings

from hanse.commons.audit.actions import record
from hanse.directory.models import JointProject, Participation, PartnerModel
from hanse.directory.words import FOUND

# Below so many organisations with a common project there is nothing to learn from.
LEAST_ORGANISATIONS = 10
KEPT = 3
# Of a project without a day nobody can say what came before it.
NO_DAY = date(1970, 1, 1)
Row = tuple[int, int, str, str, str]


def rebuild_partner_model() -> PartnerModel | None:
    """A new model where the projects have changed since the last; None where nothing is new."""
    rows = participations()
    programmes = dict(
        JointProject.objects.filter(participations__isnull=False).values_list("pk", "programme")
    )
    found = digest_of(rows, programmes)
    latest = PartnerModel.objects.first()
    too_few = len({row[0] for row in rows}) < LEAST_ORGANISATIONS
    if too_few or (latest and latest.digest == found and file_of(latest).exists()):
        return None
    return _fitted(rows, programmes, found)


def _fitted(rows: Sequence[Row], programmes: dict[int, str], found: str) -> PartnerModel:
    import numpy as np

    from hanse.engines.matching import fit, graph

    who, what, country, kind, started = zip(*rows, strict=True)
    model = fit(
        graph(who, what, country=country, kind=kind, started=started, programmes=programmes)
    )
    written = BytesIO()
    np.savez_compressed(written, **model.as_arrays())  # type: ignore[arg-type]
    made = PartnerModel(
        engine=model.version,
        digest=found,
        organisations=len(model.graph.organisations),
        projects=len(model.graph.projects),
        learned_from=model.learned,
    )
    keep(file_of(made), written.getvalue())
    made.save()
    record("rebuild_partner_model", made, by=None, after={"engine": made.engine, "digest": found})
    for old in PartnerModel.objects.all()[KEPT:]:
        file_of(old).unlink(missing_ok=True)
    return made


def participations() -> list[Row]:
    """Who took part in what, with country, kind and the day on which it began."""
    rows = (
        Participation.objects.filter(organisation__state__in=FOUND)
        .order_by("project", "organisation")
        .values_list(
            "organisation",
            "project",
            "organisation__country",
            "organisation__kind",
            "project__began_on",
        )
    )
    return [
        (one, project, land, kind, str(day or NO_DAY)) for one, project, land, kind, day in rows
    ]


def digest_of(rows: Sequence[Row], programmes: dict[int, str]) -> str:
    written = json.dumps([rows, sorted(programmes.items())])
    return hashlib.sha256(written.encode()).hexdigest()


def file_of(model: PartnerModel) -> Path:
    return Path(settings.HANSE_MODELS) / f"partners-{model.digest[:16]}.npz"


def keep(path: Path, content: bytes) -> None:
    """Put in its place at once: nobody reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.replace(path)
