"""A set of rules of one version, and what it says about the facts of one case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hanse.engines.rules.answer import Answer, all_of
from hanse.engines.rules.comparison import Facts, Finding, Test


@dataclass(frozen=True)
class Rule:
    """One rule: a code, its test, the words of whoever set it, and where it stands."""

    code: str
    test: Test
    says: Mapping[str, str]
    source: str = ""


@dataclass(frozen=True)
class RuleSet:
    """Rules that hold together from one day to another, under one version.

    `unless` waives the whole set where it is met, such as a decision of a recognised programme.
    """

    name: str
    version: str
    rules: tuple[Rule, ...]
    valid_from: date
    valid_until: date | None = None
    source: str = ""
    unless: Test | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this version is the one of a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def facts(self) -> set[str]:
        """Every fact that some rule reads."""
        tests = [rule.test for rule in self.rules] + ([self.unless] if self.unless else [])
        return set().union(*(test.facts() for test in tests))


@dataclass(frozen=True)
class Outcome:
    """What one rule found."""

    rule: Rule
    finding: Finding

    @property
    def answer(self) -> Answer:
        """Met, not met, not yet known."""
        return self.finding.answer


@dataclass(frozen=True)
class Assessment:
    """What a set of rules says: rule by rule, and as a whole."""

    rules: RuleSet
    outcomes: Sequence[Outcome]
    waived: Finding | None = None

    @property
    def is_waived(self) -> bool:
        """Whether something lifts the whole set."""
        return self.waived is not None and self.waived.answer is Answer.MET

    @property
    def answer(self) -> Answer:
        """Met where waived or every rule is met; see `all_of` for the rest."""
        if self.is_waived:
            return Answer.MET
        return all_of(outcome.answer for outcome in self.outcomes)

    def count(self, answer: Answer) -> int:
        """How many rules got this answer."""
        return Counter(outcome.answer for outcome in self.outcomes)[answer]

    def as_record(self) -> dict[str, Any]:
        """What a decision keeps: version, and each rule's answer with the facts it used."""
        return {
            "rules": self.rules.name,
            "version": self.rules.version,
            "answer": self.answer.value,
            "waived": dict(self.waived.used) if self.waived else None,
            "outcomes": [
                {
                    "rule": outcome.rule.code,
                    "answer": outcome.answer.value,
                    "facts": dict(outcome.finding.used),
                }
                for outcome in self.outcomes
            ],
        }


def assess(rules: RuleSet, facts: Facts) -> Assessment:
    """Apply every rule of a set to the facts of one case.

    >>> half = Rule("staff", Test("at_least", "staff", 0.5), {"en": "Half a post"})
    >>> set_of_one = RuleSet("example", "1", (half,), date(2018, 1, 1))
    >>> assess(set_of_one, {"staff": 1}).answer
    <Answer.MET: 'met'>
    """
    return Assessment(
        rules,
        [Outcome(rule, rule.test.found(facts)) for rule in rules.rules],
        rules.unless.found(facts) if rules.unless else None,
    )
