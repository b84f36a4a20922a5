"""Conversations between two organisations, and who no longer wants one."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.commons.files.models import StoredFile
from hanse.directory.models.organisations import Organisation
from hanse.directory.words import IntroductionAnswer, Through


class Thread(models.Model):
    """A conversation. Everybody who speaks for one of its sides reads it and answers."""

    opener = models.ForeignKey(Organisation, models.CASCADE, related_name="threads_opened")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="threads_received")
    subject = models.CharField(_("About"), max_length=200)
    opened_at = models.DateTimeField(_("Begun"), default=timezone.now)
    last_at = models.DateTimeField(_("Last message"), default=timezone.now, db_index=True)
    # Both sides wanted it: by an interest or an introduction. Not counted against advertising.
    is_wanted = models.BooleanField(_("Wanted by both sides"), default=False)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="thread_has_two_sides", condition=~models.Q(opener=models.F("other"))
            )
        ]

    def __str__(self) -> str:
        # The trail keeps this for longer than the conversation is kept.
        return f"conversation {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("directory:thread", args=[self.pk])

    @property
    def sides(self) -> Sequence[Organisation]:
        return (self.opener, self.other)

    def across(self, side: Organisation) -> Organisation:
        """The side that is not this one."""
        return self.other if side.pk == self.opener_id else self.opener


class Message(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    side = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    text = models.TextField(_("Message"), max_length=10_000)
    through = models.CharField(max_length=10, choices=Through, default=Through.PAGE)
    made_at = models.DateTimeField(_("Written"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The number of the form that was sent: a double click writes once.
    slip = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Attachment(models.Model):
    """A file that goes with a message. It belongs to the conversation, to no person."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    stored = models.OneToOneField(StoredFile, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"attachment {self.pk}"


class ThreadRead(models.Model):
    """Up to when a person has read a conversation."""

    is_personal = True

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(_("Read"), default=timezone.now)

    class Meta:
        verbose_name = _("state of reading")
        verbose_name_plural = _("states of reading")
        constraints = [
            models.UniqueConstraint(fields=["thread", "person"], name="thread_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.person_id}"


class Block(models.Model):
    """An organisation wants no messages and no interest from another."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(_("Since"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "blocked"], name="blocks_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} blocks {self.blocked_id}"


class Report(models.Model):
    """One side of a conversation asks the office to look at its last messages."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="reports")
    side = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    says = models.CharField(_("Why"), max_length=1000)
    made_at = models.DateTimeField(_("Reported"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("Settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("What was done"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("report of a conversation")
        verbose_name_plural = _("reports of conversations")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "side"],
                name="one_open_report_a_side",
                condition=models.Q(settled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class Introduction(models.Model):
    """An organisation brings two others together; they talk once both have said yes."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="introductions")
    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    reason = models.TextField(_("Why these two"), max_length=1000)
    made_at = models.DateTimeField(_("Introduced"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    slip = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # One of the three blocks another: nobody is asked, and who introduced is not told.
    is_held_back = models.BooleanField(default=False)
    first_answer = models.CharField(max_length=5, choices=IntroductionAnswer, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    first_answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    second_answer = models.CharField(max_length=5, choices=IntroductionAnswer, blank=True)
    second_answered_at = models.DateTimeField(null=True, blank=True)
    second_answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    thread = models.OneToOneField(
        Thread, models.SET_NULL, null=True, blank=True, related_name="introduction"
    )
    # Known when it opened, also after the conversation was deleted.
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"introduction {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("directory:introduction", args=[self.pk])
