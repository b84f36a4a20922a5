"""What the search reads: a row of terms for each organisation that is found, and kept searches."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation


class Tick(models.Model):
    """A clock that only moves on: every change of what is found takes the next number.

    One row, locked by whoever changes, so that numbers become visible in their order.
    """

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class SearchRow(models.Model):
    """The filters of one organisation. Derived from its facts; not part of a backup.

    Without terms: no longer found.
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="+"
    )
    tick = models.PositiveBigIntegerField(db_index=True)
    # “kind:cluster country:PL sector:C27 …”
    terms = models.TextField(blank=True)
    members = models.PositiveIntegerField(null=True)
    confirmed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.terms}"


class SavedSearch(models.Model):
    """A search that somebody keeps, and is written to about."""

    is_personal = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=120)
    query = models.CharField(_("Search"), max_length=1000)
    writes = models.BooleanField(_("Write to me about new ones"), default=True)
    made_at = models.DateTimeField(_("Kept since"), default=timezone.now)
    told_at = models.DateTimeField(_("Last told"), default=timezone.now)

    class Meta:
        verbose_name = _("kept search")
        verbose_name_plural = _("kept searches")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "query"], name="kept_search_once")]

    def __str__(self) -> str:
        return self.name

    def as_record(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "query": self.query,
            "writes": self.writes,
            "made_at": self.made_at,
        }
