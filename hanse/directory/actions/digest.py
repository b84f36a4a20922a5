"""A letter a week: chosen, ended, and written once."""

from __future__ import annotations

from datetime import date
from typing import Any

from hanse.commons.consent.actions import agree, withdraw
from hanse.directory.models import Digest
from hanse.directory.queries.digest import digest_purpose


def choose_digest(*, by: Any) -> None:
    """From now on a letter on Mondays; the answer is kept with its wording and date."""
    agree(by, digest_purpose())


def end_digest(*, by: Any) -> None:
    withdraw(by, digest_purpose())


def write_down(person: Any, monday: date, things: int) -> bool:
    """That the week was looked at; False where it was before."""
    _held, is_new = Digest.objects.get_or_create(
        person=person, week=monday, defaults={"things": things}
    )
    return is_new
