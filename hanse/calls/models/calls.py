"""A call: what it says, until when, for whom, how many, and who decides."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.calls.rules.cut_offs import has_passed
from hanse.calls.rules.quotas import Limit
from hanse.calls.words import Bound, CallKind, CallState, QuotaBy
from hanse.directory.models.notices import clock
from hanse.kit.said import said

BRUSSELS = "Europe/Brussels"


class Call(models.Model):
    """Title, lead and text are written by language; English is always there."""

    slug = models.SlugField(_("Address"), unique=True, max_length=80)
    kind = models.CharField(_("Kind"), max_length=10, choices=CallKind)
    state = models.CharField(
        _("State"), max_length=10, choices=CallState, default=CallState.DRAFT, db_index=True
    )
    title = models.JSONField(_("Title"), default=dict)
    lead = models.JSONField(_("In a sentence"), default=dict, blank=True)
    text = models.JSONField(_("Text"), default=dict, blank=True)
    zone = models.CharField(_("Time zone"), max_length=64, default=BRUSSELS)
    opens_at = models.DateTimeField(_("Opens"))
    places = models.PositiveIntegerField(_("Places"))
    late_until = models.DateTimeField(_("Late applications until"), null=True, blank=True)
    late_reminded_at = models.DateTimeField(_("Officers reminded of late ones"), null=True,
                                            blank=True)  # fmt: skip
    late_places = models.PositiveIntegerField(_("Places for late applications"), default=0)
    rejected_may_return = models.BooleanField(_("Rejected ones may be sent again"), default=False)
    # Rules as data, with their version; empty: the call asks for nothing.
    eligibility = models.JSONField(_("Who may apply"), default=dict, blank=True)
    # Each with a code and its words by language.
    themes = models.JSONField(_("Themes"), default=list, blank=True)
    slot_minutes = models.PositiveIntegerField(_("Minutes of a slot"), default=90)
    room_most = models.PositiveIntegerField(_("Largest room"), default=100)
    speakers_reimbursed = models.PositiveIntegerField(_("Speakers reimbursed"), default=2)
    # The day on which it takes place: the summary of a workshop is owed from then.
    held_on = models.DateField(_("Takes place on"), null=True, blank=True)
    summary_days = models.PositiveIntegerField(_("Days for the summary"), default=21)
    is_invented = models.BooleanField(_("Invented, for the demo"), default=False)
    made_at = models.DateTimeField(_("Made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("call for applications")
        verbose_name_plural = _("calls for applications")
        ordering = ["opens_at", "pk"]
        constraints = [
            models.CheckConstraint(name="calls_late_after_opening",
                                   condition=models.Q(late_until__isnull=True)
                                   | models.Q(late_until__gt=models.F("opens_at"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.title.get("en") or self.slug)

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.slug])

    @property
    def said_title(self) -> str:
        return said(self.title)

    @property
    def said_lead(self) -> str:
        return said(self.lead)

    @property
    def said_text(self) -> str:
        return said(self.text)

    @property
    def is_for_workshops(self) -> bool:
        return self.kind == CallKind.WORKSHOP

    @property
    def opens_there(self) -> datetime:
        return clock(self.opens_at, self.zone)

    @property
    def late_until_there(self) -> datetime | None:
        return clock(self.late_until, self.zone) if self.late_until else None

    def theme_named(self, code: str) -> str:
        return next((said(one["says"]) for one in self.themes if one["code"] == code),
                    code)  # fmt: skip

    def may_see_history(self, person: Any) -> bool:
        return self.officers.filter(person_id=person.pk).exists()


class CallOfficer(models.Model):
    """Somebody who runs a call: reads its applications, marks and decides."""

    is_personal = True

    call = models.ForeignKey(Call, models.CASCADE, related_name="officers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("Since"), default=timezone.now)

    class Meta:
        verbose_name = _("officer of a call")
        verbose_name_plural = _("officers of calls")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="calls_officer_of_call_once")
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.person_id}"


class CutOff(models.Model):
    """A last moment, and within how many days its applicants have their answer."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="cut_offs")
    number = models.PositiveIntegerField(_("Number"))
    at = models.DateTimeField(_("Until"))
    answer_days = models.PositiveIntegerField(_("Days until the answer"))
    # When its evaluation was ended, by whoever pressed the button.
    decided_at = models.DateTimeField(_("Evaluated"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("Officers reminded"), null=True, blank=True)
    overdue_told_at = models.DateTimeField(_("Officers told that it is overdue"), null=True,
                                           blank=True)  # fmt: skip

    class Meta:
        verbose_name = _("cut-off")
        verbose_name_plural = _("cut-offs")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="calls_cut_off_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}.{self.number}"

    @property
    def there(self) -> datetime:
        return clock(self.at, self.call.zone)

    @property
    def answers_by(self) -> date:
        return date.fromordinal(self.there.date().toordinal() + self.answer_days)

    @property
    def has_passed(self) -> bool:
        return has_passed(self.at, timezone.now())


class Quota(models.Model):
    """At most or at least so many of one kind, country, sector, or of newcomers."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="quotas")
    by = models.CharField(_("By"), max_length=10, choices=QuotaBy)
    value = models.CharField(_("Which"), max_length=20, blank=True)
    bound = models.CharField(_("Bound"), max_length=5, choices=Bound)
    number = models.PositiveIntegerField(_("How many"))

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "by", "value", "bound"], name="calls_quota_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.value} {self.bound} {self.number}"

    @property
    def limit(self) -> Limit:
        return Limit(self.by, self.value, self.bound, self.number)


class Criterion(models.Model):
    """What officers give points for."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    code = models.SlugField(_("Code"), max_length=40)
    label = models.JSONField(_("Label"), default=dict)
    most = models.PositiveIntegerField(_("Most points"), default=5)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["call", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="calls_criterion_once")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def said(self) -> str:
        return said(self.label)
