"""Seats, and who has one.

`Pool.taken` never exceeds `Pool.capacity`: the database refuses it. Whoever changes a seat of an
event first locks the event's own pool (kind and session empty); see `actions/seats.py`. The number
of a registration is drawn inside that lock and says the order of the waiting list.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models import Organisation
from hanse.events.models.programme import Session
from hanse.events.models.series import Event, texts
from hanse.events.words import LIVE, QuestionKind, RegistrationState


class TicketKind(models.Model):
    """A kind of participant, such as cluster organisation, press, online."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="kinds")
    code = models.SlugField(_("Code"), max_length=40)
    name = texts(_("Name"))
    text = texts(_("For whom"))
    needs_approval = models.BooleanField(_("The organisers approve each"), default=False)
    only_invited = models.BooleanField(_("For invited people only"), default=False)
    is_online = models.BooleanField(_("Online"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kind of participant")
        verbose_name_plural = _("kinds of participant")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "code"], name="kind_once_an_event")]

    def __str__(self) -> str:
        return self.code


class Pool(models.Model):
    """Seats of an event, of one of its kinds, or of one of its sessions."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="pools")
    kind = models.ForeignKey(
        TicketKind, models.CASCADE, null=True, blank=True, related_name="pools"
    )
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="pools"
    )
    # None: as many as come.
    capacity = models.PositiveIntegerField(_("Seats"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("Taken"), default=0)
    # The last number that was drawn; of the event's own pool alone.
    drawn = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("seats")
        verbose_name_plural = _("seats")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="never_more_taken_than_seats",
                condition=models.Q(capacity__isnull=True)
                | models.Q(taken__lte=models.F("capacity")),
            ),
            models.CheckConstraint(
                name="pool_of_a_kind_or_of_a_session",
                condition=models.Q(kind__isnull=True) | models.Q(session__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(kind__isnull=True, session__isnull=True),
                name="one_pool_an_event",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(kind__isnull=False), name="one_pool_a_kind"
            ),
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(session__isnull=False),
                name="one_pool_a_session",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.taken} / {self.capacity}"

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


class Question(models.Model):
    """A question of the registration form; about needs its answers are kept apart."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")
    code = models.SlugField(_("Code"), max_length=40)
    kind = models.CharField(
        _("Answered by"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT
    )
    label = texts(_("Question"))
    hint = texts(_("Hint"))
    # [{"code": "…", "label": texts}].
    options = models.JSONField(_("Answers to choose from"), default=list, blank=True)
    is_required = models.BooleanField(_("Must be answered"), default=False)
    # Asked of these kinds only; empty: of all.
    kinds = models.JSONField(_("Asked of"), default=list, blank=True)
    # {"question": code, "is": answer}: asked only where an earlier answer is this one.
    condition = models.JSONField(_("Asked if"), default=dict, blank=True)
    # Accessibility, food: kept apart from the rest and deleted when the event is closed.
    about_needs = models.BooleanField(_("About needs"), default=False)
    # Asked of nobody any more; what was answered stands.
    is_retired = models.BooleanField(_("No longer asked"), default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="question_once_an_event")
        ]

    def __str__(self) -> str:
        return self.code


class ConsentText(models.Model):
    """What participants agree to, in one wording. Another wording is another version."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="consent_texts")
    code = models.SlugField(_("Code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    text = texts(_("Wording"))
    is_required = models.BooleanField(_("Must be agreed to"), default=False)
    is_current = models.BooleanField(_("Asked now"), default=True)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "code", "version"], name="consent_text_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["event", "code"],
                condition=models.Q(is_current=True),
                name="one_wording_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Team(models.Model):
    """People who come together or not at all."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="team_list")
    name = models.CharField(_("Name"), max_length=160)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    slip = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class Registration(models.Model):
    """Somebody who wants to come, with or without a log-in; the address says who it is."""

    is_personal = True

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    kind = models.ForeignKey(TicketKind, models.PROTECT, related_name="registrations")
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    email = models.EmailField(_("E-mail address"), max_length=254, blank=True)
    name = models.CharField(_("Name"), max_length=150)
    position = models.CharField(_("Position"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField(_("Organisation"), max_length=200, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    language = models.CharField(_("Language"), max_length=10, default="en")
    answers = models.JSONField(_("Answers"), default=dict, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=RegistrationState)
    # Drawn inside the lock of the event's pool: the order of the waiting list.
    number = models.PositiveIntegerField(_("Number"))
    # What stands in the code of the ticket; a new one makes the old ticket void.
    serial = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slip = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    is_newcomer = models.BooleanField(_("Comes for the first time"), null=True, blank=True)
    is_walk_in = models.BooleanField(_("Came without registering"), default=False)
    says = models.CharField(_("Reason of the decision"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("Registered"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("Confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Cancelled or refused"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    feedback_at = models.DateTimeField(_("Gave feedback"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="number_once_an_event"),
            models.UniqueConstraint(
                fields=["event", "person"],
                condition=models.Q(state__in=LIVE, person__isnull=False),
                name="person_registered_once",
            ),
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=models.Q(state__in=LIVE) & ~models.Q(email=""),
                name="address_registered_once",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="registration_by_state")]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.number}"


class Need(models.Model):
    """What somebody needs to be able to come: apart from the rest, deleted after the event."""

    is_personal = True

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="need")
    answers = models.JSONField(_("Answers"), default=dict)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")

    def __str__(self) -> str:
        return str(self.registration_id)


class Agreement(models.Model):
    """An answer to a consent text, as it was worded when it was given."""

    is_personal = True

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="agreements")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    agreed = models.BooleanField(_("Agreed"))
    language = models.CharField(_("Language"), max_length=10)
    at = models.DateTimeField(_("When"), default=timezone.now)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.text_id}"


class Booking(models.Model):
    """A seat in a session that is chosen when registering."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="bookings")
    session = models.ForeignKey(Session, models.CASCADE, related_name="bookings")
    state = models.CharField(_("State"), max_length=10, choices=RegistrationState)
    number = models.PositiveIntegerField(_("Number"))

    class Meta:
        verbose_name = _("seat in a session")
        verbose_name_plural = _("seats in sessions")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="booked_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.session_id}"
