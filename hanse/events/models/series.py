"""Weeks and what takes place in them: series, events, their days and who organises them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanse.calls.models import Call
from hanse.directory.models import Organisation
from hanse.events.models.places import Place
from hanse.events.words import Duty, Entry, Mode, State
from hanse.kit.said import said


def texts(label: str | object, **options: object) -> models.JSONField:
    """A text in several languages: `{"en": "…", "de": "…"}`."""
    return models.JSONField(label, default=dict, blank=True, **options)  # type: ignore[arg-type]


class Series(models.Model):
    """Events that belong together, such as a week in one town."""

    slug = models.SlugField(_("Address"), max_length=80, unique=True)
    title = texts(_("Title"))
    lead = texts(_("What it is about"))
    city = models.CharField(_("City"), max_length=120, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    zone = models.CharField(_("Time zone"), max_length=64, default="Europe/Brussels")
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    # What stands behind the week: [{"name": texts, "does": texts, "url": "…"}].
    initiatives = models.JSONField(_("Initiatives and tools"), default=list, blank=True)
    hashtags = models.JSONField(_("Hashtags"), default=list, blank=True)
    # [{"name": "…", "url": "…"}].
    links = models.JSONField(_("More information"), default=list, blank=True)
    source = texts(_("Where these facts come from"))
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(_("Made"), default=timezone.now)

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        ordering = ["-first_day", "slug"]
        constraints = [
            models.CheckConstraint(
                name="series_ends_after_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
            )
        ]

    def __str__(self) -> str:
        return said(self.title)

    def get_absolute_url(self) -> str:
        return reverse("events:series", args=[self.slug])

    @property
    def days(self) -> list[date]:
        length = (self.last_day - self.first_day).days
        return [self.first_day + timedelta(days=number) for number in range(length + 1)]

    @property
    def is_over(self) -> bool:
        return self.last_day < timezone.now().astimezone(ZoneInfo(self.zone)).date()


class Event(models.Model):
    """One event of a series, with its own way in, its own places and its own programme."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="events")
    slug = models.SlugField(_("Address"), max_length=80)
    title = texts(_("Title"))
    # The part of the week that it belongs to, such as “pre-events”.
    group = texts(_("Part of the series"))
    lead = texts(_("What it is about"))
    # What it is for, one line each: {"en": ["…", "…"]}.
    aims = models.JSONField(_("Aims"), default=dict, blank=True)
    entry = models.CharField(_("Way in"), max_length=15, choices=Entry, default=Entry.REGISTRATION)
    mode = models.CharField(_("Where"), max_length=10, choices=Mode, default=Mode.ON_SITE)
    places = models.ManyToManyField(Place, blank=True, related_name="events")
    # “In the hotel or in the garden”: it is in one of the places, and not said in which.
    either_place = models.BooleanField(_("In one of the places"), default=False)
    zone = models.CharField(_("Time zone"), max_length=64, default="Europe/Brussels")
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    co_host = texts(_("Co-host"))
    # Whoever would like to be invited applies there; whoever it selects gets an invitation.
    call = models.ForeignKey(
        Call, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Call")
    )
    host = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by"
    )
    note = texts(_("Note"))
    stream_url = models.URLField(_("Stream"), max_length=500, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT)

    registration_opens = models.DateTimeField(_("Registration opens"), null=True, blank=True)
    registration_closes = models.DateTimeField(_("Registration closes"), null=True, blank=True)
    teams = models.BooleanField(_("Teams may register together"), default=True)
    most_in_team = models.PositiveSmallIntegerField(_("Most people in a team"), default=5)
    # So many hours before it begins, seats are no longer held for the first team in the line.
    held_until_hours = models.PositiveSmallIntegerField(_("Seats are held for a team"), default=48)
    # The number of the programme that everybody sees; 0 while none is published.
    programme_number = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("Last changed"), default=timezone.now)
    # It does not take place; its page stays and says so.
    cancelled_at = models.DateTimeField(_("Called off"), null=True, blank=True)
    cancelled_why = models.CharField(_("Why"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["first_day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["series", "slug"], name="event_once_in_a_series"),
            models.CheckConstraint(
                name="event_ends_on_or_after_its_first_day",
                condition=models.Q(last_day__gte=models.F("first_day")),
            ),
        ]

    def __str__(self) -> str:
        return said(self.title)

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.series.slug, self.slug])

    def may_see_history(self, person: Any) -> bool:
        return self.series.organisers.filter(person=person).exists()

    @property
    def said_aims(self) -> list[str]:
        return said(self.aims) or []  # type: ignore[return-value]

    @property
    def is_over(self) -> bool:
        return self.last_day < self.today

    @property
    def is_to_come(self) -> bool:
        """Neither called off nor over: people may still be asked to come."""
        return not (self.cancelled_at or self.is_over or self.state == State.CLOSED)

    @property
    def today(self) -> date:
        return timezone.now().astimezone(ZoneInfo(self.zone)).date()


class EventDay(models.Model):
    """A day of an event, with its hours on the clock of the place; none where nobody said them."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="days")
    day = models.DateField(_("Day"))
    opens = models.TimeField(pgettext_lazy("a time", "From"), null=True, blank=True)
    closes = models.TimeField(_("Until"), null=True, blank=True)
    # Where there are no hours, what is known: “evening”.
    says = texts(_("Hours in words"))

    class Meta:
        verbose_name = _("day of an event")
        verbose_name_plural = _("days of events")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["event", "day"], name="one_day_once"),
            models.CheckConstraint(
                name="day_closes_after_it_opens",
                condition=models.Q(opens__isnull=True)
                | models.Q(closes__isnull=True)
                | models.Q(closes__gt=models.F("opens")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}: {self.day}"

    @property
    def opens_at(self) -> datetime | None:
        return self._at(self.opens)

    @property
    def closes_at(self) -> datetime | None:
        return self._at(self.closes)

    def _at(self, hour: object) -> datetime | None:
        if hour is None:
            return None
        return datetime.combine(self.day, hour, ZoneInfo(self.event.zone))  # type: ignore[arg-type]


class Organiser(models.Model):
    """A person who organises a series and its events; the duty says what they may do."""

    is_personal = True

    series = models.ForeignKey(Series, models.CASCADE, related_name="organisers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    duty = models.CharField(_("Duty"), max_length=10, choices=Duty, default=Duty.LEAD)
    since = models.DateTimeField(_("Since"), default=timezone.now)

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "person", "duty"], name="organiser_once_a_duty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.person_id}"
