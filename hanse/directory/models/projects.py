"""Past joint projects: the collaboration graph."""

from django.db import models
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
