import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def random_name(stored: "StoredFile", original: str) -> str:
    """Names on disk tell nothing and cannot be guessed; folders stay small."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class StoredFile(models.Model):
    """A file that somebody brought, checked by its content when it came."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(_("Kind"), max_length=20)
    size = models.PositiveBigIntegerField(_("Size in bytes"))
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=random_name, max_length=100)
    kept_at = models.DateTimeField(_("Kept since"), default=timezone.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-kept_at", "-id"]

    def __str__(self) -> str:
        return self.name
