from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.post.words import LetterState


class Letter(models.Model):
    """A mail as it was written, kept until it is sent and for a while after."""

    to = models.EmailField(_("To"), max_length=254, db_index=True)
    sender = models.CharField(_("From"), max_length=254)
    subject = models.CharField(_("Subject"), max_length=250)
    text = models.TextField(_("Text"))
    html = models.TextField(blank=True)
    language = models.CharField(_("Language"), max_length=10, default=settings.LANGUAGE_CODE)
    # An address at which mail programs end such letters with one click (RFC 8058).
    unsubscribe = models.CharField(max_length=500, blank=True)
    # The thing that it was written about, such as `event:12`, for whoever looks after that.
    about = models.CharField(_("About"), max_length=80, blank=True, db_index=True)
    state = models.CharField(
        _("State"), max_length=10, choices=LetterState, default=LetterState.QUEUED
    )
    tries = models.PositiveSmallIntegerField(_("Tries"), default=0)
    error = models.TextField(_("What went wrong"), blank=True)
    written_at = models.DateTimeField(_("Written"), default=timezone.now)
    sent_at = models.DateTimeField(_("Sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return self.subject


class OwnWords(models.Model):
    """One letter in one language, in place of the text that Hanse brings; whose, a domain says."""

    code = models.CharField(_("Letter"), max_length=40)
    language = models.CharField(_("Language"), max_length=10)
    subject = models.CharField(_("Subject"), max_length=200)
    body = models.TextField(_("Text"), max_length=6000)
    changed_at = models.DateTimeField(_("Last changed"), default=timezone.now)

    class Meta:
        abstract = True
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        ordering = ["code", "language"]

    def __str__(self) -> str:
        return f"{self.code} {self.language}"
