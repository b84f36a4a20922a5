"""Drafts of a plan, what was published of them, and the meetings that people have."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.work.models import Job
from hanse.meetings.models.market import (
    Marketplace,
    MeetingSlot,
    MeetingTable,
    Party,
    Representative,
)
from hanse.meetings.words import STANDING, DraftState, MeetingState, Question, RequestState


class Draft(models.Model):
    """A run of the engine, or a plan changed by hand: its input, its plan, and its quality.

    `input` is the event as the engine reads it (engines/meetings/formats/event), in which names are
    the numbers of rows here; `plan` the certificate that `hanse meetings check` verifies.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="drafts")
    number = models.PositiveIntegerField(_("Draft"))
    title = models.CharField(_("What is different"), max_length=200, blank=True)
    # Where nobody typed a title: {"kind": one of `ORIGINS`, and the numbers of its sentence}.
    origin: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    state = models.CharField(
        _("State"), max_length=10, choices=DraftState, default=DraftState.WAITING
    )
    # What was asked of the engine: fairness, newcomers, steps, seed, seconds (rules/planning.py).
    wanted: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    input: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    plan: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    # What stands in the table of drafts, counted once (rules/quality.py).
    quality: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    # How value and bound came closer: [{"steps", "seconds", "held", "weight", "breaks", "bound"}].
    course: models.JSONField[list[Any]] = models.JSONField(default=list)
    # What the independent checker found (`Finding.told`); empty: it keeps all rules. None: not
    # checked yet.
    faults: models.JSONField[list[dict[str, Any]] | None] = models.JSONField(
        null=True, default=None
    )
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    is_by_hand = models.BooleanField(_("Changed by hand"), default=False)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("Made"), default=timezone.now)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("draft of a plan")
        verbose_name_plural = _("drafts of plans")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "number"], name="draft_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.marketplace_id}: {self.number}"


class Outlook(models.Model):
    """The engine's last answer to a question of the organisers (engines/meetings/questions)."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="outlooks")
    question = models.CharField(_("Question"), max_length=10, choices=Question)
    # Meetings that are promised to every newcomer; of that question alone.
    minimum = models.PositiveSmallIntegerField(null=True, blank=True)
    # The answer as `jobs/outlooks.py` tells it; empty until it is there.
    told: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("Asked"), default=timezone.now)

    class Meta:
        verbose_name = _("outlook")
        verbose_name_plural = _("outlooks")
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "question"], name="one_outlook_each")
        ]

    def __str__(self) -> str:
        return f"{self.marketplace_id}: {self.question}"


class PublishedPlan(models.Model):
    """A draft as it was given to everybody; never changed, only followed by the next."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="published")
    number = models.PositiveIntegerField(_("Version"))
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    note = models.CharField(_("Note"), max_length=300, blank=True)
    # What everybody then had: [{"parties", "slot", "table", "representatives"}], by number.
    content: models.JSONField[list[Any]] = models.JSONField(default=list)
    # What of the draft did not stand any more: [{"parties", "why", "who"}] (queries/overtaken.py).
    left_out: models.JSONField[list[Any]] = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Published"), default=timezone.now)

    class Meta:
        verbose_name = _("published plan")
        verbose_name_plural = _("published plans")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "number"], name="plan_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.marketplace_id}: {self.number}"


class Meeting(models.Model):
    """A meeting that people have: of the published plan, booked, or arranged at the desk."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="meetings")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slot = models.ForeignKey(MeetingSlot, models.PROTECT, related_name="meetings")
    table = models.ForeignKey(
        MeetingTable, models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    state = models.CharField(
        _("State"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED
    )
    # The organisers fixed it: the engine leaves it where it is.
    is_locked = models.BooleanField(_("Fixed"), default=False)
    # Somebody called it off; a meeting that a plan dropped has none.
    called_off_at = models.DateTimeField(_("Called off"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["slot", "table", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "table"],
                condition=models.Q(state__in=STANDING, table__isnull=False),
                name="one_meeting_a_table",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class MeetingSeat(models.Model):
    """Who sits in a meeting for which party; `slot` is the meeting's as long as it stands."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    party = models.ForeignKey(Party, models.PROTECT, related_name="seats")
    representative = models.ForeignKey(
        Representative, models.SET_NULL, null=True, related_name="seats"
    )
    slot = models.ForeignKey(MeetingSlot, models.PROTECT, null=True, blank=True, related_name="+")
    # Whether they were there, as the desk or the other side says; None: nobody said.

    class Meta:
        verbose_name = _("seat in a meeting")
        verbose_name_plural = _("seats in meetings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "party"], name="party_once_a_meeting"),
            models.UniqueConstraint(
                fields=["representative", "slot"], name="one_meeting_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.party_id}"


class SlotRequest(models.Model):
    """Where participants book themselves: one asks another for a slot, which waits for a while."""

    asker = models.ForeignKey(Party, models.CASCADE, related_name="asked")
    asked = models.ForeignKey(Party, models.CASCADE, related_name="asked_by")
    slot = models.ForeignKey(MeetingSlot, models.CASCADE, related_name="+")
    says = models.CharField(_("In a sentence"), max_length=300, blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=RequestState, default=RequestState.WAITING
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("Asked"), default=timezone.now)
    expires_at = models.DateTimeField(_("Expires"))
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("request for a slot")
        verbose_name_plural = _("requests for slots")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "asked"],
                condition=models.Q(state=RequestState.WAITING),
                name="one_request_a_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asker_id} → {self.asked_id}: {self.state}"
