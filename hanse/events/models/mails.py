"""Letters of an event in the organisers' own words."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.events.models.series import Event


class MailText(models.Model):
    """One letter in one language, in place of the text that Hanse brings."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="mail_texts")
    code = models.CharField(_("Letter"), max_length=40)
    language = models.CharField(_("Language"), max_length=10)
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"), max_length=6000)
    changed_at = models.DateTimeField(_("Last changed"), default=timezone.now)

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        ordering = ["code", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code", "language"], name="mail_text_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.language}"
