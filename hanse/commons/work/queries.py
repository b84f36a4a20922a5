from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hanse.commons.work.models import Heartbeat, Job


def last_heartbeat() -> datetime | None:
    """When any background worker last said that it is alive."""
    return Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()


def about(person: Any) -> Sequence[Mapping[str, object]]:
    return list(
        Job.objects.filter(owner=person).values(
            "title", "state", "step", "error", "asked_at", "started_at", "ended_at"
        )
    )
