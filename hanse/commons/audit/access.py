from typing import Any

from django.db.models import QuerySet

from hanse.commons.audit.models import AuditEntry


def lines_visible_to(person: Any) -> QuerySet[AuditEntry]:
    """Everyone sees their own lines. Who sees a thing's lines is said by the thing's domain."""
    if not person.is_authenticated:
        return AuditEntry.objects.none()
    return AuditEntry.objects.filter(actor=person)
