"""Keys with which a program of somebody's writes in their name."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApiToken(models.Model):
    """A named key of a person. Only its digest is kept; the key itself was shown once."""

    is_personal = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("Name"), max_length=80)
    token_digest = models.CharField(max_length=64, unique=True)
    # The first signs, so that its owner knows it again.
    beginning = models.CharField(_("Begins with"), max_length=12)
    made_at = models.DateTimeField(_("Made"), default=timezone.now)
    used_at = models.DateTimeField(_("Last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("key for programs")
        verbose_name_plural = _("keys for programs")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def as_record(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "begins_with": self.beginning,
            "made_at": self.made_at,
            "used_at": self.used_at,
            "revoked_at": self.revoked_at,
        }
