"""Links in letters that do something: each for one purpose, one reader, one use."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterLink(models.Model):
    """A link that was written into a letter. Only a digest of its token is kept."""

    is_personal = True

    token_digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(_("Purpose"), max_length=40)
    # What it is about, in the words of whoever made it: the number of a profile, of a thread …
    subject = models.CharField(_("About"), max_length=80)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("Written to"), max_length=254)
    made_at = models.DateTimeField(_("Made"), default=timezone.now)
    expires_at = models.DateTimeField(_("Holds until"), null=True, blank=True)
    used_at = models.DateTimeField(_("Used"), null=True, blank=True)

    class Meta:
        verbose_name = _("link in a letter")
        verbose_name_plural = _("links in letters")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["purpose", "subject"], name="letter_link_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"
