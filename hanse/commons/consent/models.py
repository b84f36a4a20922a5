from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.consent.words import Answer


class ConsentLines(models.QuerySet["Consent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("A consent is never updated: withdrawing it is a new line.")


class Consent(models.Model):
    """One answer of one person to one wording. The newest line of a purpose is in force."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("Purpose"), max_length=40)
    version = models.PositiveSmallIntegerField(_("Version of the wording"))
    wording = models.TextField(_("Wording as it was shown"))
    language = models.CharField(_("Language"), max_length=10)
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer)
    at = models.DateTimeField(_("When"), default=timezone.now)

    objects = ConsentLines.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}: {self.answer}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A consent is never updated: withdrawing it is a new line.")
        super().save(*args, **kwargs)
