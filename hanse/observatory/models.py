from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.files.models import StoredFile
from hanse.commons.work.models import Job
from hanse.observatory.rules.own_sets import Part
from hanse.observatory.words import Source


class OwnSectorSet(models.Model):
    """One version of a sector set that somebody loaded. It never changes; only its figures may be
    computed again, on a later release."""

    # The trail must not keep what somebody calls their set after they are erased.
    is_personal = True

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=100)
    version = models.PositiveIntegerField(_("Version"))
    loaded_at = models.DateTimeField(_("Loaded"), default=timezone.now)
    parts = models.JSONField(_("Categories, codes and weights"))
    table = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    figures = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    has_own_figures = models.BooleanField(_("With figures of its own"), default=False)

    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    computed_at = models.DateTimeField(_("Computed"), null=True)
    release = models.CharField(_("Release"), max_length=80, blank=True)
    method = models.CharField(_("Method"), max_length=20, blank=True)
    years = models.JSONField(_("Years with figures"), default=list)

    class Meta:
        verbose_name = _("own sector set")
        verbose_name_plural = _("own sector sets")
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name", "version"], name="one_version_of_an_own_set"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("observatory:set", args=[self.pk])

    @property
    def all_parts(self) -> list[Part]:
        return [Part(*part) for part in self.parts]

    @property
    def categories(self) -> list[str]:
        """In the order in which they were loaded."""
        return list(dict.fromkeys(part[0] for part in self.parts))

    @property
    def codes(self) -> list[str]:
        return sorted({part[1] for part in self.parts})

    def parts_of(self, category: str) -> list[Part]:
        return [part for part in self.all_parts if part.category == category]

    @property
    def is_being_computed(self) -> bool:
        return self.job is not None and not self.job.has_ended

    def as_record(self) -> dict[str, Any]:
        """What a person downloads about themselves."""
        return {
            "name": self.name,
            "version": self.version,
            "loaded_at": self.loaded_at,
            "parts": self.parts,
            "has_own_figures": self.has_own_figures,
            "release": self.release,
            "method": self.method,
            "computed_at": self.computed_at,
        }


class Publication(models.Model):
    """A release was put in the place from which pages read: which one, from where, and when."""

    release = models.CharField(_("Release"), max_length=80)
    source = models.CharField(_("Made from"), max_length=20, choices=Source)
    method = models.CharField(_("Method"), max_length=20)
    at = models.DateTimeField(_("Published"), default=timezone.now)

    class Meta:
        verbose_name = _("publication of a release")
        verbose_name_plural = _("publications of releases")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.release

    def may_see_history(self, person: Any) -> bool:
        """Who published figures is open to the operators."""
        return bool(person.is_staff)
