from typing import Any

from django.db.models import QuerySet

from hanse.commons.files.models import StoredFile


def files_visible_to(person: Any) -> QuerySet[StoredFile]:
    """One's own. A file that belongs to a thing is handed out by the page of that thing."""
    if not person.is_authenticated:
        return StoredFile.objects.none()
    return StoredFile.objects.filter(owner=person)


def may_fetch(person: Any, stored: StoredFile) -> bool:
    return bool(stored.owner_id == person.pk)
