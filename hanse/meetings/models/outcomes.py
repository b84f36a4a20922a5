"""What became of meetings, as each side says: the same day, and half a year later."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.meetings.models.market import Party
from hanse.meetings.models.plan import Meeting
from hanse.meetings.words import Cooperation


class Outcome(models.Model):
    """One side's answers about one meeting. An empty answer is not known, never “no”."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outcomes")
    party = models.ForeignKey(Party, models.CASCADE, related_name="outcomes")
    took_place = models.BooleanField(_("Did it take place?"), null=True, blank=True)
    again = models.BooleanField(_("Would you meet again?"), null=True, blank=True)
    follow_up = models.CharField(_("What comes next"), max_length=300, blank=True)
    at = models.DateTimeField(_("Answered"), null=True, blank=True)
    asked_later_at = models.DateTimeField(_("Asked half a year later"), null=True, blank=True)
    cooperation = models.CharField(
        _("What came of it"), max_length=10, choices=Cooperation, blank=True
    )
    later_at = models.DateTimeField(_("Answered half a year later"), null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("outcome of a meeting")
        verbose_name_plural = _("outcomes of meetings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "party"], name="outcome_once_a_side")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.party_id}"
