"""What an organisation says about reasons it was given. Never shown to the other side."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation
from hanse.directory.words import CorrectionKind


class Correction(models.Model):
    """“Not true” of a reason, wherever it stands; or “not for us” of one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="corrections")
    kind = models.CharField(_("Kind"), max_length=10, choices=CorrectionKind)
    # The reason, such as “they_offer:powder-metallurgy”; empty where the candidate is declined.
    evidence = models.CharField(_("Reason"), max_length=160, blank=True)
    candidate = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    says = models.CharField(_("Why"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("Said"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("Undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("correction of a suggestion")
        verbose_name_plural = _("corrections of suggestions")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.kind} {self.evidence or self.candidate_id}"
