"""What the rules of a call say about one organisation now, and what quotas would count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hanse.calls.models import Application, Call, Decision
from hanse.calls.rules.eligibility import assessed, facts_for_rules, rules_of
from hanse.calls.words import Outcome
from hanse.directory.models import Organisation
from hanse.directory.queries.validation import (
    RuleSaid,
    facts_in_words,
    said_by_rules,
    valid_waiver,
    values_of,
)
from hanse.engines.rules import Answer, Assessment
from hanse.kit.said import said


@dataclass(frozen=True)
class Eligibility:
    """For one organisation: each rule with its answer, the whole, and the counts of the tally."""

    organisation: Organisation
    answer: str
    rules: Sequence[RuleSaid]
    tally: tuple[int, int, int]


def eligibility_of(organisation: Organisation, call: Call) -> Eligibility:
    found = assessment_for(organisation, call)
    if found is None:
        return Eligibility(organisation, Answer.MET.value, (), (0, 0, 0))
    counts = tuple(found.count(answer) for answer in (Answer.MET, Answer.UNMET, Answer.UNKNOWN))
    return Eligibility(organisation, found.answer.value, said_by_rules(found), counts)  # type: ignore[arg-type]


def assessment_for(
    organisation: Organisation, call: Call, values: Mapping[str, Sequence[Any]] | None = None
) -> Assessment | None:
    return assessed(call.eligibility, facts_of(organisation, values))


def facts_of(
    organisation: Organisation, values: Mapping[str, Sequence[Any]] | None = None
) -> dict[str, Any]:
    waiver = valid_waiver(organisation)
    return facts_for_rules(
        values_of(organisation) if values is None else values,
        kind=organisation.kind,
        country=organisation.country,
        state=organisation.state,
        waiver=waiver.programme if waiver else None,
    )


def traits_of(
    organisation: Organisation, call: Call, values: Mapping[str, Sequence[Any]] | None = None
) -> dict[str, Any]:
    """What quotas count of it, in a form that is kept with the application."""
    sectors = (values_of(organisation) if values is None else values).get("sector", ())
    return {
        "kind": organisation.kind,
        "country": organisation.country,
        "sectors": sorted(set(sectors)),
        "newcomer": is_newcomer(organisation, call),
    }


def is_newcomer(organisation: Organisation, call: Call) -> bool:
    """Never selected in an earlier call of this place, whether it came in the end or not."""
    earlier = Decision.objects.filter(
        outcome=Outcome.SELECTED,
        told_at__isnull=False,
        application__organisation=organisation,
        application__call__opens_at__lt=call.opens_at,
    ).exclude(application__call=call)
    return not earlier.exists()


def rules_in_words(call: Call) -> list[tuple[str, str]]:
    """Each rule of a call and where it comes from, for whoever speaks for nobody."""
    rules = rules_of(call.eligibility)
    return [(said(one.says), one.source) for one in rules.rules] if rules else []


def reasons_of(application: Application) -> list[str]:
    """The rules that were not met when it was sent, in words."""
    rules = rules_of(application.call.eligibility)
    says = {one.code: said(one.says) for one in rules.rules} if rules else {}
    return [
        says[one["rule"]]
        for one in application.assessment.get("outcomes", ())
        if one["answer"] == Answer.UNMET and one["rule"] in says
    ]


@dataclass(frozen=True)
class KeptRule:
    """A rule as it was answered when the application was sent, with the facts it used."""

    answer: str
    says: str
    fact: str


def rules_kept(application: Application) -> list[KeptRule]:
    """By the version of then, also where the call's rules or the profile changed since."""
    rules = rules_of(application.call.eligibility)
    says = {one.code: said(one.says) for one in rules.rules} if rules else {}
    return [
        KeptRule(
            one["answer"],
            says.get(one["rule"], one["rule"]),
            facts_in_words(one["facts"]),
        )
        for one in application.assessment.get("outcomes", ())
    ]
