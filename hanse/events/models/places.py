"""Where it takes place: places, their rooms, and how long one walks between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A house with an address."""

    name = models.CharField(_("Name"), max_length=160)
    address = models.CharField(_("Address"), max_length=250, blank=True)
    city = models.CharField(_("City"), max_length=120, blank=True)
    country = models.CharField(_("Country"), max_length=2, blank=True)
    # How to get in without steps, where a lift is, what is near: {"en": "…"}.
    access = models.JSONField(_("Access"), default=dict, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room of a place."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="rooms")
    name = models.CharField(_("Name"), max_length=120)
    capacity = models.PositiveIntegerField(_("Seats"), null=True, blank=True)
    access = models.JSONField(_("Access"), default=dict, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["place", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="room_once_a_place")]

    def __str__(self) -> str:
        return self.name


class Walk(models.Model):
    """How many minutes one walks between two places, the same both ways."""

    # The place with the smaller number stands first, so that a way is kept once.
    first = models.ForeignKey(Place, models.CASCADE, related_name="+")
    second = models.ForeignKey(Place, models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField(_("Minutes"))

    class Meta:
        verbose_name = _("way between places")
        verbose_name_plural = _("ways between places")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="way_once"),
            models.CheckConstraint(
                name="way_from_the_smaller_number", condition=models.Q(first__lt=models.F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id}, {self.second_id}: {self.minutes}"
