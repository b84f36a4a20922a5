"""What organisations tell: news, events, open calls. Three kinds that are never mixed up."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.posted import Posted, country_codes


class Notice(Posted):
    """What the three kinds share."""

    title = models.CharField(_("Title"), max_length=200)
    url = models.URLField(_("Address of the page"), max_length=500, blank=True)
    language = models.CharField(_("Language"), max_length=5)
    changed_at = models.DateTimeField(_("Last changed"), default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class News(Notice):
    text = models.TextField(_("Text"), max_length=4000)
    published_at = models.DateTimeField(_("Published"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "-pk"]

    def get_absolute_url(self) -> str:
        return reverse("directory:news_item", args=[self.pk])


class OrganisationEvent(Notice):
    text = models.TextField(_("What it is about"), blank=True, max_length=4000)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    is_online = models.BooleanField(_("Online"), default=False)
    starts_at = models.DateTimeField(_("Begins"), db_index=True)
    ends_at = models.DateTimeField(_("Ends"))
    # The clock of its place.
    zone = models.CharField(_("Time zone"), max_length=64)

    class Meta:
        verbose_name = _("event of an organisation")
        verbose_name_plural = _("events of organisations")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_begins",
                condition=models.Q(ends_at__gte=models.F("starts_at")),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("directory:event", args=[self.pk])

    @property
    def starts_there(self) -> datetime:
        return clock(self.starts_at, self.zone)

    @property
    def ends_there(self) -> datetime:
        return clock(self.ends_at, self.zone)

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()


class OpenCall(Notice):
    text = models.TextField(_("What is funded"), blank=True, max_length=4000)
    funder = models.CharField(_("Funder"), max_length=200, blank=True)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Deadline"), db_index=True)
    zone = models.CharField(_("Time zone"), max_length=64)
    budget = models.DecimalField(
        _("Budget"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("Currency"), max_length=3, blank=True)
    may_apply = models.CharField(_("Who may apply"), max_length=500)
    # None: whoever fits, from anywhere.
    countries = country_codes(_("From which countries"))

    class Meta:
        verbose_name = _("open call")
        verbose_name_plural = _("open calls")
        ordering = ["closes_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=models.Q(closes_at__gte=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="no_budget_below_zero",
                condition=models.Q(budget__isnull=True) | models.Q(budget__gte=0),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("directory:call", args=[self.pk])

    @property
    def opens_there(self) -> datetime:
        return clock(self.opens_at, self.zone)

    @property
    def closes_there(self) -> datetime:
        return clock(self.closes_at, self.zone)

    @property
    def where(self) -> list[str]:
        return self.countries.split()

    @property
    def is_open(self) -> bool:
        return self.opens_at <= timezone.now() < self.closes_at

    @property
    def is_over(self) -> bool:
        return self.closes_at <= timezone.now()


def clock(at: datetime, zone: str) -> datetime:
    """What the clock of a place shows. Without a zone, so that no page turns it to another."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


class Digest(models.Model):
    """A weekly letter that was written to a person, so that none is written twice."""

    is_personal = True

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week = models.DateField(_("Monday of the week"))
    written_at = models.DateTimeField(_("Written"), default=timezone.now)
    # How many things it told of; a week without any gets no letter, but is looked at once.
    things = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("weekly letter")
        verbose_name_plural = _("weekly letters")
        ordering = ["-week", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="one_digest_a_week")]

    def __str__(self) -> str:
        return f"{self.week}: {self.person_id}"
