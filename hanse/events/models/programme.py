"""The programme as it is worked on, and the versions of it that were published."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.files.models import StoredFile
from hanse.directory.models import Organisation
from hanse.directory.models.notices import clock
from hanse.events.models.places import Room
from hanse.events.models.series import Event, texts
from hanse.events.words import Mode, Role, SessionKind, Visibility
from hanse.kit.said import said


class Speaker(models.Model):
    """Somebody who has a part in an event's programme."""

    is_personal = True

    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
    name = models.CharField(_("Name"), max_length=150)
    says = models.CharField(_("Position and organisation"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("E-mail address"), max_length=254, blank=True)
    about = texts(_("About them"))
    is_reimbursed = models.BooleanField(_("Travel is reimbursed"), default=False)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """An item of the programme that the organisers work on. The public sees versions."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    # The same item through all versions of the programme.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    starts_at = models.DateTimeField(_("Begins"), db_index=True)
    ends_at = models.DateTimeField(_("Ends"))
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="sessions")
    kind = models.CharField(
        _("Kind"), max_length=10, choices=SessionKind, default=SessionKind.SESSION
    )
    title = texts(_("Title"))
    text = texts(_("What it is about"))
    languages = models.CharField(_("Languages"), max_length=60, blank=True)
    visibility = models.CharField(
        _("Seen by"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )
    mode = models.CharField(_("Where"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    stream_url = models.URLField(_("Stream"), max_length=500, blank=True)
    hashtag = models.CharField(_("Hashtag"), max_length=60, blank=True)
    # Whoever wants to come chooses it; how many seats it has stands in its pool.
    needs_booking = models.BooleanField(_("Is chosen when registering"), default=False)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("Last changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_it_begins",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return said(self.title)

    @property
    def starts_there(self) -> datetime:
        return clock(self.starts_at, self.event.zone)

    @property
    def ends_there(self) -> datetime:
        return clock(self.ends_at, self.event.zone)


class Part(models.Model):
    """Who does what in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="parts")
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="parts")
    role = models.CharField(_("Role"), max_length=10, choices=Role, default=Role.SPEAKER)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("part in a session")
        verbose_name_plural = _("parts in sessions")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "speaker", "role"], name="part_once")
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.speaker_id}"


class SessionDocument(models.Model):
    """A paper that belongs to a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="documents")
    title = models.CharField(_("Title"), max_length=200)
    stored = models.ForeignKey(StoredFile, models.CASCADE, related_name="+")
    visibility = models.CharField(
        _("Seen by"), max_length=10, choices=Visibility, default=Visibility.PUBLIC
    )

    class Meta:
        verbose_name = _("document of a session")
        verbose_name_plural = _("documents of sessions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class ProgrammeVersion(models.Model):
    """A programme as it was published: never changed, only followed by the next.

    Speakers and rooms stand in it by their numbers; their names are read from their own rows.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Number"))
    content = models.JSONField(default=dict)
    # What is new against the version before: [{"what": "moved", "session": key, …}].
    changes = models.JSONField(default=list)
    note = models.CharField(_("What changed"), max_length=300, blank=True)
    # The version that this one brought back.
    goes_back_to = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(_("Published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a programme")
        verbose_name_plural = _("versions of programmes")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="programme_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.number}"
