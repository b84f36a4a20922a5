"""Whether somebody comes for the first time."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from hanse.directory.models import Organisation
from hanse.events.models import Event, Scan
from hanse.events.words import Verdict


def is_newcomer(
    event: Event, *, person: Any, email: str, organisation: Organisation | None
) -> bool | None:
    """No earlier event let in the same person, address or organisation; None while no earlier
    event knows who came."""
    came = Scan.objects.filter(
        verdict=Verdict.IN,
        event__last_day__lt=event.first_day,
        # A rehearsal before the first day is nobody's coming.
        at__date__gte=F("event__first_day"),
    )
    if not came.exists():
        return None
    same = Q(registration__email=email) if email else Q(pk__in=[])
    if person is not None:
        same |= Q(registration__person=person)
    if organisation is not None:
        same |= Q(registration__organisation=organisation)
    return not came.filter(same).exists()
