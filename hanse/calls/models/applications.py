"""An application, what was sent when, its marks, what was decided, and the summary owed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.calls.models.calls import Call, Criterion, CutOff
from hanse.calls.rules.quotas import Traits
from hanse.calls.words import DECIDED, GONE, ApplicationState, Outcome
from hanse.directory.models import Organisation


class Application(models.Model):
    """In the name of an organisation. `state` is the officers' truth: what its own side may read
    of it is `queries.status.told_state`."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    # Who applied, where its profile was merged into another since.
    moved_from = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField(_("Number"))
    state = models.CharField(
        _("State"), max_length=10, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    # Where it was sent to; none: a draft, or a late one.
    cut_off = models.ForeignKey(
        CutOff, models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    is_late = models.BooleanField(_("Late, at own cost"), default=False)
    answers = models.JSONField(_("Answers"), default=dict)
    # What the rules said when it was sent, with their version and the facts they used.
    assessment = models.JSONField(_("Assessment"), default=dict, blank=True)
    # What quotas count, as it stood then: kind, country, sectors, newcomer.
    traits = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(_("Sent how often"), default=0)
    reserve_place = models.PositiveIntegerField(_("Place on the reserve list"), null=True,
                                                blank=True)  # fmt: skip
    submitted_at = models.DateTimeField(_("Sent"), null=True, blank=True)
    changed_at = models.DateTimeField(_("Last changed"), default=timezone.now)
    made_at = models.DateTimeField(_("Begun"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["call", "number"]
        indexes = [models.Index(fields=["call", "state"], name="calls_application_call_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number"], name="calls_application_number_once"
            ),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                name="calls_one_live_application",
                condition=~models.Q(state__in=sorted(GONE)),
            ),
            models.UniqueConstraint(
                fields=["call", "reserve_place"],
                name="calls_reserve_place_once",
                condition=models.Q(reserve_place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.slug} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("calls:application", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def answer(self) -> str:
        """Met, unmet, unknown; met where the call asks for nothing."""
        return str(self.assessment.get("answer", "met"))

    @property
    def counted(self) -> Traits:
        return Traits(
            kind=self.traits.get("kind", ""),
            country=self.traits.get("country", ""),
            sectors=frozenset(self.traits.get("sectors", ())),
            is_newcomer=bool(self.traits.get("newcomer")),
        )

    def may_see_history(self, person: Any) -> bool:
        return self.call.may_see_history(person)


class ApplicationVersion(models.Model):
    """What was sent, each time it was sent. The last one counts."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField(_("Number"))
    cut_off = models.ForeignKey(CutOff, models.SET_NULL, null=True, blank=True, related_name="+")
    answers = models.JSONField(_("Answers"), default=dict)
    assessment = models.JSONField(_("Assessment"), default=dict, blank=True)
    submitted_at = models.DateTimeField(_("Sent"), default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of an application")
        verbose_name_plural = _("versions of applications")
        ordering = ["application", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["application", "revision"], name="calls_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}.{self.revision}"


class Mark(models.Model):
    """The points that one officer gives by one criterion to what was sent then."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="marks")
    revision = models.PositiveIntegerField(_("Of which version"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    points = models.PositiveIntegerField(_("Points"))
    says = models.CharField(_("Why"), max_length=500, blank=True)
    at = models.DateTimeField(_("Given"), default=timezone.now)

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["application", "criterion", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion", "revision", "person"], name="calls_mark_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.criterion_id}: {self.points}"


class Decision(models.Model):
    """What was decided, why, and when its own side was told. Never changed but for the telling."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="decisions")
    cut_off = models.ForeignKey(CutOff, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("Decision"), max_length=10, choices=Outcome)
    is_late = models.BooleanField(_("Of a late application"), default=False)
    revision = models.PositiveIntegerField(_("Of which version"))
    # For the applicants.
    says = models.TextField(_("Reason"), blank=True, max_length=2000)
    # For the officers: why a quota was exceeded, or the rules were not met.
    because = models.TextField(_("Why all the same"), blank=True, max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("Decided"), default=timezone.now)
    told_at = models.DateTimeField(_("Told"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision about an application")
        verbose_name_plural = _("decisions about applications")
        ordering = ["application", "-pk"]
        indexes = [models.Index(fields=["told_at"], name="calls_decision_told")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.outcome}"

    @property
    def is_own_cost(self) -> bool:
        """Whoever comes late pays for it."""
        return self.is_late and self.outcome == Outcome.SELECTED


class Summary(models.Model):
    """What came of a workshop: as it was handed in, and as the office edited it; both are kept."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="summary")
    due_on = models.DateField(_("Owed until"), null=True, blank=True)
    text = models.TextField(_("As handed in"), blank=True, max_length=6000)
    handed_in_at = models.DateTimeField(_("Handed in"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    edited_text = models.TextField(_("As edited"), blank=True, max_length=6000)
    edited_at = models.DateTimeField(_("Edited"), null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reminded_at = models.DateTimeField(_("Reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("summary of a workshop")
        verbose_name_plural = _("summaries of workshops")

    def __str__(self) -> str:
        return f"summary of {self.application_id}"

    @property
    def shown(self) -> str:
        return self.edited_text or self.text

    def is_overdue(self, today: date) -> bool:
        return self.handed_in_at is None and self.due_on is not None and self.due_on < today
