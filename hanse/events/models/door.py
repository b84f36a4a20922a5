"""The day itself: keys of tickets, who came, feeds of agendas, what people said afterwards."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.notices import clock
from hanse.events.models.programme import Session
from hanse.events.models.seats import Registration
from hanse.events.models.series import Event
from hanse.events.words import Verdict


class TicketKey(models.Model):
    """The pair of keys that signs an event's tickets (ECDSA on P-256).

    The public one goes to the door, which verifies without a network.
    """

    event = models.OneToOneField(Event, models.CASCADE, related_name="ticket_key")
    private_pem = models.TextField()
    public_jwk = models.JSONField()
    made_at = models.DateTimeField(_("Made"), default=timezone.now)

    class Meta:
        verbose_name = _("key of tickets")
        verbose_name_plural = _("keys of tickets")

    def __str__(self) -> str:
        return str(self.event_id)


class Scan(models.Model):
    """What happened at a door: one ticket or one name, at the clock of the device.

    Devices without a network send their scans later, each with a number of its own: twice the same
    number is one scan. Two devices that both let somebody in stay as two scans.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="scans")
    registration = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="scans"
    )
    # Empty: the door of the event.
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="scans"
    )
    slip = models.UUIDField(unique=True, default=uuid.uuid4)
    device = models.CharField(_("Device"), max_length=60, blank=True)
    verdict = models.CharField(_("Answer"), max_length=10, choices=Verdict)
    was_offline = models.BooleanField(_("Without a network"), default=False)
    at = models.DateTimeField(_("When, by the device"), default=timezone.now)
    received_at = models.DateTimeField(_("Received"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["event", "registration"], name="scan_of_registration")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.registration_id}"

    @property
    def at_there(self) -> datetime:
        return clock(self.at, self.event.zone)


class AgendaFeed(models.Model):
    """A secret address under which a calendar program reads somebody's agenda."""

    is_personal = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("Made"), default=timezone.now)
    read_at = models.DateTimeField(_("Last read"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("feed of an agenda")
        verbose_name_plural = _("feeds of agendas")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Bookmark(models.Model):
    """A session that somebody wants in their agenda without a seat of its own."""

    is_personal = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(_("Made"), default=timezone.now)

    class Meta:
        verbose_name = _("session in an agenda")
        verbose_name_plural = _("sessions in agendas")
        constraints = [
            models.UniqueConstraint(fields=["person", "session"], name="bookmarked_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.session_id}"


class Feedback(models.Model):
    """What a participant said afterwards. Nothing in it says who."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="feedback")
    # {"content": 1 to 5, "organisation": …, "again": true}.
    scores = models.JSONField(default=dict)
    text = models.TextField(_("In words"), blank=True, max_length=4000)
    # The day alone, so that no moment points to a visit.
    on = models.DateField(_("Day"))

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class Closing(models.Model):
    """An event was closed: what was deleted, counted."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="closing")
    at = models.DateTimeField(_("When"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # {"needs": 12, "answers": 140 …}.
    deleted = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("closing of an event")
        verbose_name_plural = _("closings of events")

    def __str__(self) -> str:
        return str(self.event_id)
