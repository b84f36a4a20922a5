"""Who may speak for an organisation, and who asks to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation
from hanse.directory.words import JoinReason, JoinState


class Administrator(models.Model):
    """A person who speaks for an organisation."""

    is_personal = True

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="administrators")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("Since"), default=timezone.now)
    how = models.CharField(_("How"), max_length=10, choices=JoinReason, default=JoinReason.FOUNDER)
    answered_at = models.DateTimeField(_("Last seen at work here"), default=timezone.now)

    class Meta:
        verbose_name = _("administrator of an organisation")
        verbose_name_plural = _("administrators of organisations")
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="administrator_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.person_id}"

    def as_record(self) -> dict[str, Any]:
        return {"organisation": str(self.organisation), "since": self.since, "how": self.how}


class JoinRequest(models.Model):
    """A person asks to speak for an organisation: as a colleague, by claim, or by take-over."""

    is_personal = True

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(_("Why"), max_length=10, choices=JoinReason)
    says = models.TextField(_("What they say"), blank=True, max_length=1000)
    asked_at = models.DateTimeField(_("Asked"), default=timezone.now)
    # After this day without an answer of the administrators the office may decide.
    due_at = models.DateTimeField(_("To be answered by"))
    state = models.CharField(
        _("State"), max_length=10, choices=JoinState, default=JoinState.WAITING
    )
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                name="one_waiting_join_request",
                condition=models.Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.person_id} {self.reason}"

    @property
    def is_overdue(self) -> bool:
        return self.state == JoinState.WAITING and self.due_at <= timezone.now()

    def as_record(self) -> dict[str, Any]:
        return {
            "organisation": str(self.organisation),
            "reason": self.reason,
            "says": self.says,
            "asked_at": self.asked_at,
            "state": self.state,
        }
