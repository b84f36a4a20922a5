"""Whose badges are printed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Lower

from hanse.events.models import Event, Registration
from hanse.events.words import RegistrationState


def people_with_badges(
    event: Event, kind: str = "", *, only_new: bool = False
) -> QuerySet[Registration]:
    """Confirmed people on site by name: of one kind, or those who came without registering."""
    people = event.registrations.filter(
        state=RegistrationState.CONFIRMED, kind__is_online=False
    ).select_related("event__series", "kind", "organisation")
    if kind:
        people = people.filter(kind__code=kind)
    if only_new:
        people = people.filter(is_walk_in=True)
    return people.prefetch_related("event__places").order_by(Lower("name"), "pk")
