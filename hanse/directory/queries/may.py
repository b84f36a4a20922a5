"""What organisations of a country may do in the sample call, with rule and source."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hanse.directory.models import Organisation
from hanse.directory.rules.validation import sample_call
from hanse.kit.said import said


@dataclass(frozen=True)
class May:
    """A right in a call: its name, the answer, the rule's text and where it stands."""

    what: str
    answer: str
    rule: str
    source: str
    version: str


def may_in(country: str) -> list[May]:
    names = {"join": _("may join"), "lead": _("may lead"), "be_paid": _("may be paid")}
    return [
        May(
            what=names[what],
            answer=assessed.answer.value,
            rule=said(assessed.outcomes[0].rule.says),
            source=assessed.outcomes[0].rule.source,
            version=assessed.rules.version,
        )
        for what, assessed in sample_call().assess(country).items()
    ]


def may_take_part(organisation: Organisation) -> list[May]:
    """The same for one organisation; inside the programme area nothing needs to be said."""
    return (
        []
        if sample_call().group_of(organisation.country) == "member"
        else may_in(organisation.country)
    )


def name_of_call() -> str:
    return said(sample_call().name)
