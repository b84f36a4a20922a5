"""A file that brings organisations: what it would do, what it did, and which rows became whom."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.files.models import StoredFile
from hanse.commons.work.models import Job
from hanse.directory.models.organisations import Organisation


class Import(models.Model):
    """A file as it was read, with the preview that belongs to exactly these bytes."""

    is_personal = True

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("File"), max_length=200)
    digest = models.CharField(_("SHA-256"), max_length=64)
    encoding = models.CharField(_("Read as"), max_length=40)
    is_listing = models.BooleanField(_("Listings without an owner"), default=False)
    kind = models.CharField(_("Kind, where the file names none"), max_length=12)
    takes_alike = models.BooleanField(_("Takes what may be here already"), default=False)
    # The rows as they were read, as JSON; and columns that nobody here can read.
    rows = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    unread = models.JSONField(default=list)
    count = models.PositiveIntegerField(_("Rows"))
    asked_at = models.DateTimeField(_("Brought"), default=timezone.now)
    # Outcome by row; null while it is looked through.
    preview = models.JSONField(null=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_in_at = models.DateTimeField(_("Taken in"), null=True, blank=True)
    undone_at = models.DateTimeField(_("Taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:import", args=[self.pk])

    def as_record(self) -> dict[str, Any]:
        return {
            "file": self.name,
            "sha256": self.digest,
            "rows": self.count,
            "brought_at": self.asked_at,
            "taken_in_at": self.taken_in_at,
            "taken_back_at": self.undone_at,
        }


class Origin(models.Model):
    """The row of which list became which organisation, so that the list is known again."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    # The name of the list, and what it calls the organisation.
    listing = models.CharField(max_length=200)
    number = models.CharField(max_length=80)
    brought_by = models.ForeignKey(Import, models.SET_NULL, null=True, related_name="origins")

    class Meta:
        verbose_name = _("origin")
        verbose_name_plural = _("origins")
        ordering = ["listing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["listing", "number"], name="origin_once"),
        ]

    def __str__(self) -> str:
        return f"{self.listing}: {self.number}"
