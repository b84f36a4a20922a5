from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hanse.commons.consent.models import Consent
from hanse.commons.consent.words import PURPOSES, Answer, Purpose


@dataclass(frozen=True)
class Standing:
    """Where a person stands on a purpose; `newest` is None while they have not been asked."""

    purpose: Purpose
    newest: Consent | None

    @property
    def is_given(self) -> bool:
        return self.newest is not None and self.newest.answer == Answer.GIVEN

    @property
    def is_outdated(self) -> bool:
        return self.newest is not None and self.newest.version != self.purpose.version


def current_purposes() -> Sequence[Purpose]:
    """The newest version of each purpose, in the order of the words."""
    newest: dict[str, Purpose] = {}
    for purpose in PURPOSES:
        known = newest.get(purpose.code)
        if known is None or purpose.version > known.version:
            newest[purpose.code] = purpose
    return list(newest.values())


def standings(person: Any) -> list[Standing]:
    newest: dict[str, Consent] = {}
    for line in Consent.objects.filter(person=person).order_by("at", "id"):
        newest[line.purpose] = line
    return [Standing(purpose, newest.get(purpose.code)) for purpose in current_purposes()]


def has_agreed(person: Any, code: str) -> bool:
    """Whether a person agrees today to the newest wording of a purpose."""
    return any(
        one.is_given and not one.is_outdated
        for one in standings(person)
        if one.purpose.code == code
    )


def about(person: Any) -> Sequence[Mapping[str, object]]:
    return list(
        Consent.objects.filter(person=person).values(
            "purpose", "version", "wording", "language", "answer", "at"
        )
    )
