"""What an organisation writes here, by whom and when."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanse.directory.models.organisations import Organisation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Posted(models.Model):
    """Something in the name of an organisation. The name of who wrote it is for the own side."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(_("Written"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The number of the form that was sent: the same form twice, by a double click, writes once.
    slip = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


def country_codes(label: "_StrPromise") -> "models.CharField[str, str]":
    """Codes parted by spaces: “PL DE”, so that every database looks into them alike."""
    return models.CharField(label, max_length=760, blank=True)
