"""Public figures are open to all; a sector set is seen by whoever loaded it and nobody else."""

from typing import Any

from django.db.models import QuerySet

from hanse.observatory.models import OwnSectorSet


def sector_sets_visible_to(person: Any) -> QuerySet[OwnSectorSet]:
    if not person.is_authenticated:
        return OwnSectorSet.objects.none()
    return OwnSectorSet.objects.filter(owner=person).select_related("job", "table", "figures")


def may_read_set(person: Any, own: OwnSectorSet) -> bool:
    return bool(own.owner_id == person.pk)


def may_remove_set(person: Any, own: OwnSectorSet) -> bool:
    return may_read_set(person, own)


def may_publish(person: Any) -> bool:
    """Releases are the operators' to publish."""
    return bool(person.is_authenticated and person.is_active and person.is_staff)
