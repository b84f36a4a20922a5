"""Past joint projects: the collaboration graph."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation


class JointProject(models.Model):
    """A project in which several organisations worked together."""

    acronym = models.CharField(_("Acronym"), max_length=80)
    title = models.CharField(_("Title"), max_length=300, blank=True)
    programme = models.CharField(_("Programme"), max_length=120, blank=True)
    began_on = models.DateField(_("Began"), null=True, blank=True)
    ended_on = models.DateField(_("Ended"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)
    source_number = models.CharField(max_length=40, blank=True)
    is_invented = models.BooleanField(_("Invented, for the demo"), default=False)

    class Meta:
        verbose_name = _("joint project")
        verbose_name_plural = _("joint projects")
        ordering = ["-began_on", "acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_number"],
                name="joint_project_once",
                condition=~models.Q(source_number=""),
            )
        ]

    def __str__(self) -> str:
        return self.acronym


class Participation(models.Model):
    project = models.ForeignKey(JointProject, models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="participations")
    role = models.CharField(_("Role"), max_length=20, default="participant")

    class Meta:
        verbose_name = _("part in a project")
        verbose_name_plural = _("parts in projects")
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="participation_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.project_id}"


class PartnerModel(models.Model):
    """A model of who is likely to work with whom, as it was computed from the joint projects."""

    engine = models.CharField(_("Engine"), max_length=40)
    # Over all participations that it was computed from: tells whether another is needed.
    digest = models.CharField(max_length=64)
    organisations = models.PositiveIntegerField(_("Organisations"))
    projects = models.PositiveIntegerField(_("Projects"))
    learned_from = models.PositiveIntegerField(_("Choices it was learned from"))
    made_at = models.DateTimeField(_("Made"), default=timezone.now)

    class Meta:
        verbose_name = _("model of partners")
        verbose_name_plural = _("models of partners")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.engine}, {self.made_at:%Y-%m-%d}"
