"""Words of people: what a person may choose about how Hanse speaks to them."""

from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext_lazy as _

ERASED = _("an erased person")
NO_ONE = _("Hanse itself")


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


def timezones() -> list[tuple[str, str]]:
    """Zones with a place in their name; the rest are aliases nobody lives in."""
    places = (name for name in available_timezones() if name.startswith(CONTINENTS))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(places))]


CONTINENTS = (
    "Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/",
    "Indian/", "Pacific/",
)  # fmt: skip
