from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.work.words import ENDED, JobState


class Job(models.Model):
    """Work in the background that somebody waits for: how far it is, and what became of it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("What"), max_length=200)
    state = models.CharField(_("State"), max_length=10, choices=JobState, default=JobState.WAITING)
    step = models.CharField(_("Step"), max_length=200, blank=True)
    done = models.PositiveBigIntegerField(_("Done"), default=0)
    total = models.PositiveBigIntegerField(_("Of"), null=True, blank=True)
    error = models.TextField(_("What went wrong"), blank=True)
    result_url = models.CharField(_("Result"), max_length=300, blank=True)
    task_id = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(_("Asked for"), default=timezone.now)
    started_at = models.DateTimeField(_("Started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    cancel_asked_at = models.DateTimeField(_("Asked to stop"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def percent(self) -> int | None:
        if not self.total:
            return None
        return min(100, 100 * self.done // self.total)


class Heartbeat(models.Model):
    """When a background worker last said that it is alive. Not part of a backup."""

    worker = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Round(models.Model):
    """What the place does once a day by itself, and the day on which it was last begun."""

    name = models.CharField(max_length=80, primary_key=True)
    begun_on = models.DateField()

    def __str__(self) -> str:
        return self.name
