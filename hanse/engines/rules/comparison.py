"""Tests of facts: each gives an answer, the facts it used, and what would change the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hanse.engines.rules.answer import Answer, all_of, any_of, opposite

Facts = Mapping[str, Any]
Comparison = Literal[
    "at_least", "at_most", "equals", "one_of", "includes", "includes_any", "count_at_least",
    "filled",
]  # fmt: skip


@dataclass(frozen=True)
class Want:
    """What a fact would have to be for its test to be met; `missing` is how much it lacks."""

    fact: str
    comparison: Comparison
    value: Any = None
    missing: float | None = None


@dataclass(frozen=True)
class Finding:
    """The answer of one test, the facts it rests on, and what would change a “no” or an open one.

    `wants` of an `any` are alternatives, of an `all` they come together.
    """

    answer: Answer
    used: Mapping[str, Any]
    wants: Sequence[Want] = ()


@dataclass(frozen=True)
class Test:
    """A test as it was read: a comparison of one fact, or `all`, `any`, `not` of other tests."""

    __test__ = False  # not one of pytest's

    kind: str
    fact: str = ""
    value: Any = None
    parts: tuple[Test, ...] = ()

    def facts(self) -> set[str]:
        """The facts that the test reads."""
        own = {self.fact} if self.fact else set()
        return own.union(*(part.facts() for part in self.parts)) if self.parts else own

    def found(self, facts: Facts) -> Finding:
        """The answer for these facts; a fact that is missing or None is not yet known.

        >>> Test("at_least", "staff", 0.5).found({"staff": 0.25}).wants
        (Want(fact='staff', comparison='at_least', value=0.5, missing=0.25),)
        >>> Test("at_least", "staff", 0.5).found({}).answer
        <Answer.UNKNOWN: 'unknown'>
        """
        if self.parts:
            return self._of_parts(facts)
        value = facts.get(self.fact)
        want = Want(self.fact, self.kind, self.value)  # type: ignore[arg-type]
        if value is None:
            return Finding(Answer.UNKNOWN, {self.fact: None}, (want,))
        if COMPARISONS[self.kind](value, self.value):
            return Finding(Answer.MET, {self.fact: value})
        missing = LACKS.get(self.kind, _nothing)(value, self.value)
        want = Want(self.fact, self.kind, self.value, missing)  # type: ignore[arg-type]
        return Finding(Answer.UNMET, {self.fact: value}, (want,))

    def _of_parts(self, facts: Facts) -> Finding:
        found = [part.found(facts) for part in self.parts]
        answer = COMBINED[self.kind]([one.answer for one in found])
        used = {fact: value for one in found for fact, value in one.used.items()}
        if answer is Answer.MET or self.kind == "not":
            return Finding(answer, used)
        open_parts = [one for one in found if one.answer is not Answer.MET]
        return Finding(answer, used, tuple(want for one in open_parts for want in one.wants))


def _nothing(value: Any, wanted: Any) -> None:
    return None


COMBINED: Mapping[str, Callable[[Sequence[Answer]], Answer]] = {
    "all": all_of,
    "any": any_of,
    "not": lambda answers: opposite(answers[0]),
}
COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda value, least: value >= least,
    "at_most": lambda value, most: value <= most,
    "equals": lambda value, wanted: bool(value == wanted),
    "one_of": lambda value, allowed: value in allowed,
    "includes": lambda values, wanted: wanted in values,
    "includes_any": lambda values, wanted: bool(set(values) & set(wanted)),
    "count_at_least": lambda values, least: len(values) >= least,
    "filled": lambda value, _wanted: bool(value),
}
LACKS: Mapping[str, Callable[[Any, Any], float | None]] = {
    "at_least": lambda value, least: least - value,
    "at_most": lambda value, most: value - most,
    "count_at_least": lambda values, least: least - len(values),
}
