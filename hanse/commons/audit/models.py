"""Who did what to which thing, when, under which version of the rules.

Lines are added, never changed. The models refuse it here and the database refuses it by trigger
(migration `append_only`). Two doors are left, both in the trigger: the actor of a line may become
empty when a person is erased, and everything is open while an `Opening` stands, which a restore
makes and takes away inside its own transaction.
"""

from typing import Any, NoReturn

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(TypeError):
    """Somebody tried to change a line of the audit trail: a mistake in the program."""


def kind_of(thing: models.Model) -> str:
    """How the trail calls the kind of a thing, such as `people.person`."""
    return str(thing._meta.label_lower)  # noqa: SLF001  Django's documented interface


class AuditLines(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Audit lines are never updated.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Audit lines are never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Audit lines are never updated.")


class AuditEntry(models.Model):
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # A line without an actor was written by Hanse itself or by somebody since erased.
    by_a_person = models.BooleanField(default=False)
    action = models.CharField(_("Action"), max_length=80)
    object_type = models.CharField(_("Kind of thing"), max_length=80)
    object_id = models.CharField(_("Its number"), max_length=80)
    object_label = models.CharField(_("Its name then"), max_length=250, blank=True)
    before = models.JSONField(_("Before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("After"), null=True, encoder=DjangoJSONEncoder)
    rule_version = models.CharField(_("Version of the rules"), max_length=80, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    at = models.DateTimeField(_("When"), default=timezone.now, db_index=True)

    objects = AuditLines.as_manager()

    class Meta:
        verbose_name = _("audit line")
        verbose_name_plural = _("audit lines")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_of_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("Audit lines are never updated.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Audit lines are never deleted.")


class Opening(models.Model):
    """While a row stands here, the triggers stand aside. Not part of a backup."""

    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.reason
