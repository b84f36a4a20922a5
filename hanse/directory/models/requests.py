"""What an organisation looks for: the request, what others say to it, who would like to."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.messages import Thread
from hanse.directory.models.organisations import Organisation
from hanse.directory.models.posted import Posted, country_codes
from hanse.directory.words import InterestAnswer, Level, Outcome


class PartnerRequest(Posted):
    """What is looked for, for what, where, by when; it stands until it is closed or runs out."""

    what = models.CharField(_("What"), max_length=200)
    for_what = models.CharField(_("For what"), max_length=300)
    text = models.TextField(_("In more words"), blank=True, max_length=4000)
    # None: anywhere.
    countries = country_codes(_("Where"))
    by_day = models.DateField(_("By when"), null=True, blank=True)
    call = models.CharField(_("For which call"), max_length=200, blank=True)
    call_url = models.URLField(_("Address of the call"), max_length=500, blank=True)
    level = models.CharField(_("Who may read it"), max_length=10, choices=Level)
    language = models.CharField(_("Language"), max_length=5)
    changed_at = models.DateTimeField(_("Last changed"), default=timezone.now)
    expires_at = models.DateTimeField(_("Stands until"))
    asked_at = models.DateTimeField(_("Asked whether it goes on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=Outcome, blank=True)
    outcome_says = models.CharField(_("In a sentence"), max_length=300, blank=True)
    # Stems of what and for what, and marks of the concepts they name, each between spaces.
    tokens = models.TextField(blank=True)

    class Meta:
        verbose_name = _("partner request")
        verbose_name_plural = _("partner requests")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["closed_at", "expires_at"], name="request_open"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("directory:request", args=[self.pk])

    @property
    def where(self) -> list[str]:
        return self.countries.split()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.expires_at > timezone.now()

    @property
    def is_public(self) -> bool:
        return self.level == Level.PUBLIC

    def as_record(self) -> dict[str, Any]:
        return {
            "organisation": str(self.organisation),
            "what": self.what,
            "for_what": self.for_what,
            "text": self.text,
            "where": self.where,
            "by_day": self.by_day,
            "call": self.call,
            "call_url": self.call_url,
            "level": self.level,
            "made_at": self.made_at,
            "expires_at": self.expires_at,
            "closed_at": self.closed_at,
            "outcome": self.outcome,
        }


class Comment(Posted):
    """What an organisation says below a request, for whoever reads the request."""

    request = models.ForeignKey(PartnerRequest, models.CASCADE, related_name="comments")
    text = models.TextField(_("Comment"), max_length=2000)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Follow(models.Model):
    """A person is written to about each comment on a request."""

    is_personal = True

    request = models.ForeignKey(PartnerRequest, models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("Since"), default=timezone.now)

    class Meta:
        verbose_name = _("follower of a request")
        verbose_name_plural = _("followers of requests")
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="follows_request_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.person_id}"


class Interest(models.Model):
    """An organisation would like to, with one sentence.

    What the asking side answers is read by the asking side alone, unless it is “let us talk”.
    """

    request = models.ForeignKey(PartnerRequest, models.CASCADE, related_name="interests")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="interests")
    says = models.CharField(_("In a sentence"), max_length=300)
    made_at = models.DateTimeField(_("Said"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(_("Answer"), max_length=10, choices=InterestAnswer, blank=True)
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    thread = models.ForeignKey(
        Thread, models.SET_NULL, null=True, blank=True, related_name="interests"
    )

    class Meta:
        verbose_name = _("interest in a request")
        verbose_name_plural = _("interests in requests")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "organisation"], name="interest_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.request_id}"

    @property
    def told_at(self) -> datetime | None:
        """When the interested side heard an answer; of a “no” it never does."""
        return self.answered_at if self.answer == InterestAnswer.TALK else None
