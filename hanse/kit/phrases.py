"""Wording that several pages share, written once."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CONFIDENTIAL = _("confidential")
NOT_PUBLISHED = _("not published")
NOT_KNOWN = _("not yet known")
ESTIMATED = _("estimated")
MET = pgettext_lazy("a test or condition", "met")
UNMET = pgettext_lazy("a test or condition", "not met")
YOURS = _("yours")
OPTIONAL = _("optional")
OUTSIDE = _("outside the survey")
HAS_CONTROL_SIGNS = _("There is a sign in it that cannot be shown.")
FAR_FROM_THE_MAP = _("Far from the map")
COPYRIGHT = _("© EuroGeographics for the administrative boundaries")
# Some languages put a space before these.
COLON = pgettext_lazy("between a title and what it is about", ": ")
SEMICOLON = pgettext_lazy("between the parts of a sentence", "; ")
