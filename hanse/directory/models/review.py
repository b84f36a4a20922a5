"""A profile goes to the office, and what the office decides."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation
from hanse.directory.words import Decision


class Submission(models.Model):
    """A profile as it was handed in: what the rules said then, and what was decided."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="submissions")
    submitted_at = models.DateTimeField(_("Submitted"), default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Version of the rules, each rule's answer and the facts it used.
    assessment = models.JSONField(_("What the rules said"))
    decision = models.CharField(_("Decision"), max_length=10, choices=Decision, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("submission of a profile")
        verbose_name_plural = _("submissions of profiles")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                name="one_open_submission",
                condition=models.Q(decision=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.submitted_at:%Y-%m-%d}"


class Waiver(models.Model):
    """A recognised programme vouches for a cluster, so that the criteria are waived."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="waivers")
    programme = models.CharField(_("Programme"), max_length=200)
    reason = models.TextField(_("Reason"))
    given_at = models.DateTimeField(_("Given"), default=timezone.now)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True, blank=True)
    # Keyed digest over what was decided: shows a row that was altered behind the actions.
    signature = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.programme}"
