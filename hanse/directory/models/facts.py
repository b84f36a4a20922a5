"""What is said about an organisation: one row a value, never changed, only ended and replaced."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation
from hanse.directory.words import FIELDS, Field, Voice

FRESH_FOR = timedelta(days=365)


class Fact(models.Model):
    """A value of a field, who said it, and when it was last confirmed.

    The history of a fact is its rows in order: a change ends one row and begins another.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="facts")
    field = models.CharField(_("Field"), max_length=24)
    value = models.JSONField(_("Value"))
    # The value as it is looked up: a code, a folded name, an identifier without its spaces.
    key = models.CharField(max_length=120, blank=True)
    language = models.CharField(_("Language"), max_length=5, blank=True)
    as_of = models.DateField(_("As of"), null=True, blank=True)
    is_public = models.BooleanField(_("Everybody may read it"), default=True)
    voice = models.CharField(_("Said by"), max_length=12, choices=Voice, default=Voice.ORGANISATION)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    began_at = models.DateTimeField(_("Said"), default=timezone.now)
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("Confirmed"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("No longer said"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["organisation", "field", "pk"]
        indexes = [
            models.Index(
                fields=["field", "key"],
                name="fact_by_key",
                condition=models.Q(ended_at__isnull=True) & ~models.Q(key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"

    @property
    def about(self) -> Field:
        return FIELDS[self.field]

    def is_stale(self, now: datetime | None = None) -> bool:
        return self.confirmed_at < (now or timezone.now()) - FRESH_FOR

    def as_record(self) -> dict[str, Any]:
        """What downloads and the interface say of a fact."""
        said: dict[str, Any] = {"field": self.field, "value": self.value}
        said |= {"language": self.language} if self.language else {}
        said |= {"as_of": self.as_of} if self.as_of else {}
        said |= {"source": self.source} if self.source else {}
        return said | {"confirmed_on": self.confirmed_at.date(), "said_by": self.voice}
