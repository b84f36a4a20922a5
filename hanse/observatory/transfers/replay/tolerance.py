"""How far what we find may lie from what is expected, in the words of the cases."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FLOOR = 1e-3  # of the tolerance, times the largest value: what a zero may differ by


@dataclass(frozen=True)
class Comparison:
    """Whether all values agree, and the largest deviation in the measure of the tolerance."""

    passed: bool
    deviation: float | None
    why: str = ""


def compared(expected: Any, found: Any, tolerance: Mapping[str, Any]) -> Comparison:
    """Expected and found values, walked through together.

    rel       |found - expected| <= rel * |expected|; an expected zero is measured by the largest
              expected value of its list
    abs       |found - expected| <= abs
    exact     equal
    compare   a text that begins "after z-score": both lists are standardised first; rel then is a
              share of one standard deviation
    monte_carlo  a text with "N % relative", "abs N", and perhaps "r >= N": for simulated bands
    Null must meet null. Lists within an expected mapping keep the order of its names.
    """
    pairs = list(_pairs(expected, found, ""))
    rule = _rule(tolerance)
    worst: float | None = None
    for path, *both in pairs:
        wanted, got = rule.kept(path, expected, *both)
        problem = got.why if isinstance(got, Missing) else _shape_problem(wanted, got)
        if problem:
            return Comparison(passed=False, deviation=None, why=f"{path or 'value'}: {problem}")
        deviation = rule.deviation(_numbers(wanted), _numbers(got))
        worst = deviation if worst is None else max(worst, deviation)
    if not math.isfinite(rule.limit):
        return Comparison(passed=False, deviation=worst, why="a tolerance without an end")
    return Comparison(passed=worst is not None and worst <= rule.limit, deviation=worst)


@dataclass(frozen=True)
class Missing:
    """A place in the expected values where nothing was found."""

    why: str


@dataclass(frozen=True)
class Rule:
    """A tolerance read: which measure, how much, from which distance on."""

    measure: str
    limit: float
    standardise: bool = False
    at_least: float | None = None

    def kept(self, path: str, expected: Any, wanted: Any, got: Any) -> tuple[Any, Any]:
        """Of a curve only the distances from `at_least` on."""
        if self.at_least is None or path == "r" or isinstance(got, Missing):
            return wanted, got
        far = [distance >= self.at_least for distance in expected["r"]]
        here, there = (
            [one for one, is_far in zip(values, far, strict=True) if is_far]
            for values in (wanted, got)
        )
        return here, there

    def deviation(self, wanted: Sequence[float | None], got: Sequence[float | None]) -> float:
        if self.standardise:
            wanted, got = _standardised(wanted), _standardised(got)
        largest = max((abs(one) for one in wanted if one is not None), default=0.0)
        floor = 1.0 if self.standardise else FLOOR * largest
        worst = 0.0
        for one, other in zip(wanted, got, strict=True):
            if one is None or other is None:
                continue
            away = abs(one - other)
            if self.measure == "rel" and away:
                away /= max(abs(one), floor) or 1.0
            worst = max(worst, away)
        return worst


def _rule(tolerance: Mapping[str, Any]) -> Rule:
    if tolerance.get("exact"):
        return Rule("abs", 0.0)
    if "monte_carlo" in tolerance:
        text = str(tolerance["monte_carlo"])
        start = re.search(r"r\s*>=\s*([\d.]+)", text)
        at_least = float(start[1]) if start else None
        percent = re.search(r"([\d.]+)\s*%", text)
        if percent:
            return Rule("rel", float(percent[1]) / 100, at_least=at_least)
        absolute = re.search(r"abs\s+([\d.]+)", text)
        return Rule("abs", float(absolute[1]) if absolute else 0.0, at_least=at_least)
    after = str(tolerance.get("compare", "")).startswith("after z-score")
    if "abs" in tolerance:
        return Rule("abs", float(tolerance["abs"]), standardise=after)
    return Rule("rel", float(tolerance.get("rel", 1e-9)), standardise=after)


def _pairs(expected: Any, found: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(expected, Mapping):
        for key, wanted in expected.items():
            inner = found.get(key, Missing("not found")) if isinstance(found, Mapping) else found
            yield from _pairs(wanted, inner, f"{path}.{key}" if path else key)
    else:
        yield path, expected, found


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, str | bytes) or not hasattr(value, "__iter__"):
        yield value
    else:
        for one in value:
            yield from _flat(one)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _numbers(values: Any) -> list[float | None]:
    return [_number(one) for one in _flat(values) if not _is_text(one)]


def _number(value: Any) -> float | None:
    if value is None:
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def _shape_problem(wanted: Any, got: Any) -> str:
    ours, theirs = list(_flat(got)), list(_flat(wanted))
    if len(ours) != len(theirs):
        return f"{len(ours)} values found, {len(theirs)} expected"
    for one, other in zip(theirs, ours, strict=True):
        if _is_text(one) or _is_text(other):
            if str(one) != str(other):
                return f"{other!r} found, {one!r} expected"
        elif (_number(one) is None) != (_number(other) is None):
            return f"{other} found, {one} expected"
    return ""


def _standardised(values: Sequence[float | None]) -> list[float | None]:
    known = [one for one in values if one is not None]
    mean = sum(known) / len(known) if known else 0.0
    spread = math.sqrt(sum((one - mean) ** 2 for one in known) / len(known)) if known else 0.0
    return [None if one is None else (one - mean) / spread if spread else 0.0 for one in values]
