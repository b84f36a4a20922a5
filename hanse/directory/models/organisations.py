"""An organisation, the addresses it had, and who is a member of which cluster."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.words import FOUND, PROGRAMME_AREA, Kind, State


class Organisation(models.Model):
    """Who it is and where its profile stands. Everything else about it is a `Fact`.

    Name, country, region and city stand here as well as among the facts, so that lists need no
    second table; `actions.facts` keeps both alike.
    """

    slug = models.SlugField(unique=True, max_length=120)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    state = models.CharField(_("State"), max_length=10, choices=State, default=State.DRAFT)
    name = models.CharField(_("Name"), max_length=200)
    country = models.CharField(_("Country"), max_length=2)
    region = models.CharField(_("Region"), max_length=5, blank=True)
    city = models.CharField(_("City"), max_length=100, blank=True)
    # Counts every change, so that of two people who save at once the second is told.
    revision = models.PositiveIntegerField(default=1)
    is_invented = models.BooleanField(_("Invented, for the demo"), default=False)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="absorbed"
    )
    made_at = models.DateTimeField(_("Made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("Last confirmed"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("Last reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["state", "country"], name="organisation_state_country"),
            models.Index(fields=["region", "state"], name="organisation_region_state"),
            models.Index(fields=["confirmed_at"], name="organisation_confirmed"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:organisation", args=[self.slug])

    @property
    def is_found(self) -> bool:
        return self.state in FOUND

    @property
    def is_inside(self) -> bool:
        """In the area of the Union's programmes; other fields are asked for outside of it."""
        return self.country in PROGRAMME_AREA


class FormerAddress(models.Model):
    """An address that an organisation had before it was renamed or merged: it leads on."""

    slug = models.SlugField(unique=True, max_length=120)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_addresses")

    def __str__(self) -> str:
        return self.slug


class Membership(models.Model):
    """A firm, institute or body is a member of a cluster organisation from one day to another."""

    cluster = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Organisation, models.CASCADE, related_name="clusters")
    since = models.DateField(_("Since"), null=True, blank=True)
    until = models.DateField(_("Until"), null=True, blank=True)
    # What one side says counts only when the other side says it too.
    confirmed_at = models.DateTimeField(_("Confirmed by both sides"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["cluster", "since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "member"],
                name="one_open_membership",
                condition=models.Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="no_member_of_itself",
                condition=~models.Q(cluster=models.F("member")),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=models.Q(until__isnull=True)
                | models.Q(since__isnull=True)
                | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.cluster_id}"
