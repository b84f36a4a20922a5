"""Rules as they are written down, such as JSON, into rules that can be applied.

    {"name": "…", "version": "…", "valid_from": "2018-01-01", "source": "…",
     "unless": {"filled": "waiver"},
     "rules": [{"code": "staff", "says": {"en": "…"}, "source": "…",
                "test": {"all": [{"at_least": ["staff_fte", 0.5]}, {"filled": "website"}]}}]}

A test is one word with what belongs to it: `all`, `any` a list of tests, `not` one test, `filled`
a fact, every other comparison a fact and a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hanse.engines.rules.assessment import Rule, RuleSet
from hanse.engines.rules.comparison import COMBINED, COMPARISONS, Test


class MisreadRules(ValueError):  # noqa: N818  what is wrong with the writing
    """Rules that cannot be read; the text names the place."""


def read_rules(written: Mapping[str, Any]) -> RuleSet:
    """A set of rules; raises `MisreadRules` with the place of the first thing that is wrong."""
    try:
        rules = tuple(_rule(one) for one in written["rules"])
        until = written.get("valid_until")
        read = RuleSet(
            name=written["name"],
            version=written["version"],
            rules=rules,
            valid_from=date.fromisoformat(written["valid_from"]),
            valid_until=date.fromisoformat(until) if until else None,
            source=written.get("source", ""),
            unless=read_test(written["unless"], "unless") if "unless" in written else None,
        )
    except KeyError as lacking:
        raise MisreadRules(f"a set of rules lacks {lacking}") from lacking
    codes = [rule.code for rule in rules]
    if twice := {code for code in codes if codes.count(code) > 1}:
        raise MisreadRules(f"two rules are called {', '.join(sorted(twice))}")
    return read


def _rule(written: Mapping[str, Any]) -> Rule:
    code = written["code"]
    return Rule(code, read_test(written["test"], code), written["says"], written.get("source", ""))


def read_test(written: Any, at: str) -> Test:
    """One test; `at` is the place that a fault names.

    >>> read_test({"at_least": ["staff_fte", 0.5]}, "staff").fact
    'staff_fte'
    """
    if not (isinstance(written, Mapping) and len(written) == 1):
        raise MisreadRules(f"{at}: a test is one word with what belongs to it, not {written!r}")
    ((kind, what),) = written.items()
    if kind in COMBINED:
        parts = [what] if kind == "not" else what
        if not (isinstance(parts, list) and parts):
            raise MisreadRules(f"{at}: {kind} wants a list of tests")
        return Test(kind, parts=tuple(read_test(part, f"{at}.{kind}") for part in parts))
    if kind not in COMPARISONS:
        raise MisreadRules(f"{at}: there is no test {kind!r}")
    if kind == "filled":
        what = [what, None]
    if not (isinstance(what, list) and len(what) == 2 and isinstance(what[0], str)):  # noqa: PLR2004
        raise MisreadRules(f"{at}: {kind} wants a fact and a value, not {what!r}")
    return Test(kind, what[0], what[1])
