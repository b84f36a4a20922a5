"""Who takes part in the meetings of an event, when and where they can meet, and what they wish."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models import Organisation
from hanse.events.models import Event, Place, Registration
from hanse.meetings.words import Ruling, SeenBy, Strength, Way


class Marketplace(models.Model):
    """The meetings of one event: how they come about, until when one says what, the limits."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="+")
    way = models.CharField(
        _("How meetings come about"), max_length=10, choices=Way, default=Way.PLAN
    )
    seen_by = models.CharField(
        _("Who sees who takes part"),
        max_length=12,
        choices=SeenBy,
        default=SeenBy.TAKING_PART,
    )
    opens_at = models.DateTimeField(_("Wishes from"), null=True, blank=True)
    wishes_until = models.DateTimeField(_("Wishes until"), null=True, blank=True)
    answers_until = models.DateTimeField(_("Answers until"), null=True, blank=True)
    # None: no limit.
    most_wishes = models.PositiveSmallIntegerField(_("Most wishes"), null=True, blank=True)
    most_musts = models.PositiveSmallIntegerField(_("Most of them “must”"), default=5)
    most_meetings = models.PositiveSmallIntegerField(
        _("Most meetings of a person in a session"), null=True, blank=True
    )
    most_in_a_row = models.PositiveSmallIntegerField(
        _("Most meetings in a row"), null=True, blank=True
    )
    # Where participants book themselves, a request holds its slot for so long.
    request_hours = models.PositiveSmallIntegerField(_("Requests expire after hours"), default=24)
    # The number of the plan that everybody has; 0 while none is published.
    published_number = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("meetings of an event")
        verbose_name_plural = _("meetings of events")

    def __str__(self) -> str:
        return str(self.event)


class MeetingSlot(models.Model):
    """A span of time for one meeting; slots of one session follow each other in a half-day."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    session = models.PositiveSmallIntegerField(_("Session"), default=0)
    onsite = models.BooleanField(_("At tables"), default=True)
    online = models.BooleanField(_("Online"), default=True)
    # Taken away by the organisers, or lost on the day; what was planned in it keeps its hour.
    removed_at = models.DateTimeField(_("Removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "starts_at"],
                condition=models.Q(removed_at=None),
                name="slot_once_a_moment",
            ),
            models.CheckConstraint(
                name="slot_ends_after_it_starts",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class MeetingTable(models.Model):
    """A table, and the slots in which it cannot be used."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("Number"))
    name = models.CharField(_("Name"), max_length=80, blank=True)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    closed = models.ManyToManyField(MeetingSlot, blank=True, related_name="+")

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["marketplace", "number"], name="table_number_once")
        ]

    def __str__(self) -> str:
        return self.name or str(self.number)


class Party(models.Model):
    """An organisation, or somebody on their own, who takes part in the meetings."""

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("Name"), max_length=200)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    about = models.TextField(_("Who we are"), max_length=1000, blank=True)
    offers = models.TextField(_("What we offer"), max_length=1000, blank=True)
    seeks = models.TextField(_("What we look for"), max_length=1000, blank=True)
    is_newcomer = models.BooleanField(_("Comes for the first time"), default=False)
    # The table at which they host all their meetings.
    table = models.ForeignKey(
        MeetingTable, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    joined_at = models.DateTimeField(_("Takes part since"), default=timezone.now)
    left_at = models.DateTimeField(_("Takes part no more"), null=True, blank=True)
    # They said that their wishes are complete, even where there are none.
    ready_at = models.DateTimeField(_("Wishes complete"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("Reminded"), null=True, blank=True)
    # How often they were reminded that they have said no wish.
    reminders = models.PositiveSmallIntegerField(_("Reminders"), default=0)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["marketplace", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="party_once_an_event",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Representative(models.Model):
    """Somebody who is registered and sits down in the meetings of a party."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="representatives")
    registration = models.OneToOneField(Registration, models.CASCADE, related_name="+")
    is_online = models.BooleanField(_("Takes part online"), default=False)
    # Slots that they say they cannot; talks of their own are read from the programme.
    away = models.ManyToManyField(MeetingSlot, blank=True, related_name="+")
    most_meetings = models.PositiveSmallIntegerField(
        _("Most meetings in a session"), null=True, blank=True
    )
    # Did not come, or went: from this slot on nobody waits for them.
    absent_from = models.ForeignKey(
        MeetingSlot, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.registration_id)


class Wish(models.Model):
    """What one party says of a meeting with another; a “no” is nobody's business but theirs."""

    wisher = models.ForeignKey(Party, models.CASCADE, related_name="wishes")
    wished = models.ForeignKey(Party, models.CASCADE, related_name="wished_by")
    strength = models.CharField(_("How much"), max_length=6, choices=Strength)
    says = models.CharField(_("In a sentence"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("Said"), default=timezone.now)
    # A letter told the other side.
    told_at = models.DateTimeField(_("Told"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("Reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["wisher", "wished"], name="wish_once_a_pair"),
            models.CheckConstraint(
                name="nobody_wishes_themselves",
                condition=~models.Q(wisher=models.F("wished")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wisher_id} → {self.wished_id}: {self.strength}"


class WishLetter(models.Model):
    """When a party last read in a letter that another would like to meet it.

    It outlives the wish: whoever takes theirs back and says it anew is not written about twice,
    and the link of the letter still answers them.
    """

    wisher = models.ForeignKey(Party, models.CASCADE, related_name="+")
    wished = models.ForeignKey(Party, models.CASCADE, related_name="+")
    at = models.DateTimeField(_("Told"), default=timezone.now)

    class Meta:
        verbose_name = _("letter about a wish")
        verbose_name_plural = _("letters about wishes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["wisher", "wished"], name="last_letter_about_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.wisher_id} → {self.wished_id}"


class PairRule(models.Model):
    """The organisers' word about two parties, the one with the smaller number first."""

    first = models.ForeignKey(Party, models.CASCADE, related_name="+")
    second = models.ForeignKey(Party, models.CASCADE, related_name="+")
    ruling = models.CharField(_("They"), max_length=6, choices=Ruling)
    why = models.CharField(_("Why"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("word of the organisers")
        verbose_name_plural = _("words of the organisers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_word_a_pair"),
            models.CheckConstraint(
                name="smaller_party_first", condition=models.Q(first__lt=models.F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}: {self.ruling}"
