from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models

from hanse.commons.audit.models import AuditEntry, kind_of


def record(
    action: str,
    thing: models.Model,
    *,
    by: Any,
    before: Any = None,
    after: Any = None,
    rule_version: str = "",
    reason: str = "",
) -> AuditEntry:
    """Write one line of the trail; call it in the transaction of the change itself.

    Lines outlive people: never put a name, an address or another personal value into before,
    after or reason. Of a change to a person write the names of the fields.
    """
    entry = _entry(
        action, thing, by, before=before, after=after, rule_version=rule_version, reason=reason
    )
    entry.save(force_insert=True)
    return entry


def record_each(
    action: str, things: Iterable[models.Model], *, by: Any, after: Any = None, reason: str = ""
) -> None:
    """The same line for each of many things, such as everything that one file brought."""
    AuditEntry.objects.bulk_create(
        _entry(action, thing, by, after=after, reason=reason) for thing in things
    )


def _entry(action: str, thing: models.Model, by: Any, **said: Any) -> AuditEntry:
    actor = None if isinstance(by, AnonymousUser) else by
    return AuditEntry(
        actor=actor,
        by_a_person=actor is not None,
        action=action,
        object_type=kind_of(thing),
        object_id=str(thing.pk),
        object_label=label_of(thing),
        **said,
    )


def label_of(thing: models.Model) -> str:
    """A thing's name then; things that are about a person have none here, only a number."""
    if getattr(thing, "is_personal", False):
        return ""
    return str(thing)[:250]
