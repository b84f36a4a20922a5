"""Invitations, each for one person; delegations; strangers who came by a forwarded link."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models import Organisation
from hanse.events.models.seats import Registration, TicketKind
from hanse.events.models.series import Event


class Delegation(models.Model):
    """People of one country or body, named by its head."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="delegations")
    name = models.CharField(_("Name"), max_length=160)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    places = models.PositiveSmallIntegerField(_("Places"), default=2)
    head = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    head_email = models.EmailField(_("Address of its head"), max_length=254)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="delegation_once_an_event")
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """An invitation of one person, known by their address."""

    is_personal = True

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("E-mail address"), max_length=254)
    name = models.CharField(_("Name"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(_("Organisation"), max_length=200, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    language = models.CharField(_("Language"), max_length=10, default="en")
    kind = models.ForeignKey(TicketKind, models.SET_NULL, null=True, blank=True, related_name="+")
    delegation = models.ForeignKey(
        Delegation, models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    may_send_colleague = models.BooleanField(_("May send a colleague"), default=False)
    # Whoever was invited sent this one in their place.
    in_place_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="sent_instead"
    )
    # What the letter says to them alone: {"field": "text"}.
    merge = models.JSONField(_("Merge fields"), default=dict, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    made_at = models.DateTimeField(_("Made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(_("Letter written"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("Reminded"), null=True, blank=True)
    opened_at = models.DateTimeField(_("Opened"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("Accepted"), null=True, blank=True)
    declined_at = models.DateTimeField(_("Declined"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True, blank=True)
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="invited_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.pk}"


class Stranger(models.Model):
    """Somebody who asks to be invited: by another's invitation, or on the page of the event."""

    is_personal = True

    event = models.ForeignKey(Event, models.CASCADE, related_name="strangers")
    # Whose letter they came with; none: they asked on the page of the event.
    invitation = models.ForeignKey(
        Invitation, models.CASCADE, null=True, blank=True, related_name="strangers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("E-mail address"), max_length=254)
    name = models.CharField(_("Name"), max_length=150, blank=True)
    says = models.CharField(_("What they say"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("Asked"), default=timezone.now)
    invited_at = models.DateTimeField(_("Invited"), null=True, blank=True)
    declined_at = models.DateTimeField(_("Declined"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("somebody who asks to be invited")
        verbose_name_plural = _("people who ask to be invited")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "email"], name="stranger_asks_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.pk}"
