from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import QuerySet

from hanse.commons.audit.access import lines_visible_to
from hanse.commons.audit.models import AuditEntry, kind_of


def history_of(thing: models.Model, *, for_: Any) -> QuerySet[AuditEntry]:
    """The lines about a thing that this person may see.

    All of them when the thing says so (`may_see_history(person)` on the model, answered by its
    domain's access), otherwise the person's own.
    """
    lines = AuditEntry.objects.filter(object_type=kind_of(thing), object_id=str(thing.pk))
    may_see = getattr(thing, "may_see_history", None)
    if may_see is not None and may_see(for_):
        return lines.select_related("actor")
    return lines & lines_visible_to(for_)


def lines_by(person: Any) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(actor=person)


def about(person: Any) -> Sequence[Mapping[str, object]]:
    return list(
        lines_by(person).values(
            "at", "action", "object_type", "object_id", "object_label", "before", "after",
            "rule_version", "reason",
        )
    )  # fmt: skip
