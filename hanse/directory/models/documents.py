"""A document that an organisation shows on its page."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.files.models import StoredFile
from hanse.directory.models.organisations import Organisation


class Document(models.Model):
    """It belongs to the organisation, to no person."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="documents")
    stored = models.OneToOneField(StoredFile, models.CASCADE, related_name="+")
    title = models.CharField(_("Title"), max_length=160)
    added_at = models.DateTimeField(_("Added"), default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.title
