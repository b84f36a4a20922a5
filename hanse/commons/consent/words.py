"""What people are asked to agree to. A changed wording is a new version; old versions stay.

Everything that Hanse needs in order to work rests on the service itself and is not asked here;
see the privacy notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Answer(TextChoices):
    GIVEN = "given", _("agreed")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True)
class Purpose:
    code: str
    version: int
    since: date
    title: str | Promise
    wording: str | Promise


PURPOSES: Sequence[Purpose] = (
    Purpose(
        "release-news",
        1,
        date(2026, 11, 1),
        _("Letters about new figures"),
        _("Write to me when a new release of the Observatory is published, at most once a month."),
    ),
    Purpose(
        "study",
        1,
        date(2026, 11, 1),
        _("Questions about how Hanse works for you"),
        _(
            "Ask me, at most twice a year, how Hanse serves me. "
            "My answers are kept without my name."
        ),
    ),
    Purpose(
        "digest",
        1,
        date(2026, 12, 1),
        _("A letter a week"),
        _(
            "Write to me on Mondays, and only when there is something: new requests that concern "
            "the organisations I speak for or a search I keep, answers, new members, facts to "
            "confirm."
        ),
    ),
)
