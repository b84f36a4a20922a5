"""Two profiles that may be one, and what was merged, so that it can be taken apart again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation
from hanse.directory.words import DuplicateState


class Duplicate(models.Model):
    """A proposal: these two may be one organisation, for these reasons."""

    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    # [[what agrees, the value on which they agree], …]
    evidence = models.JSONField(_("What agrees"))
    weight = models.FloatField(_("Weight"))
    state = models.CharField(
        _("State"), max_length=10, choices=DuplicateState, default=DuplicateState.OPEN
    )
    found_at = models.DateTimeField(_("Found"), default=timezone.now)
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-weight", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once"),
            models.CheckConstraint(
                name="duplicate_in_order", condition=models.Q(first__lt=models.F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}?"


class Merge(models.Model):
    """One profile went into another; `moved` says what, so that it can be undone."""

    kept = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    gone = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    moved = models.JSONField(_("What moved"))
    at = models.DateTimeField(_("Merged"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("Undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
