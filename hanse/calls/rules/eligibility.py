"""Who may apply, as rules in data over facts of a profile, answered in three values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hanse.directory.rules.validation import FOLDER as CRITERIA
from hanse.directory.rules.validation import criteria_facts, sample_call, validation_rules
from hanse.engines.rules import Assessment, RuleSet, assess, read_rules

FOLDER = Path(__file__).parents[1] / "rule_sets"
REQUESTED = {"published": "published", "submitted": "requested"}


@cache
def offered() -> Mapping[str, Any]:
    """The rules that a call is put together from, as data."""
    written: dict[str, Any] = json.loads((FOLDER / "offered.json").read_text(encoding="utf-8"))
    return written


def put_together(
    version: str,
    valid_from: str,
    *,
    kinds: Sequence[str] = (),
    groups: Sequence[str] = (),
    sectors: Sequence[str] = (),
    profile: str = "",
    criteria: Sequence[str] = (),
) -> dict[str, Any]:
    """The rule set of a call from what its officers chose; nothing chosen, nothing asked."""
    parts = offered()
    rules: list[dict[str, Any]] = []
    if kinds:
        rules.append(parts["kind"] | {"test": {"one_of": ["kind", list(kinds)]}})
    if groups:
        rules.append(parts["country"] | {"test": {"one_of": ["country_group", list(groups)]}})
    if profile:
        allowed = ["published"] if profile == "published" else ["published", "requested"]
        rules.append(parts[profile] | {"test": {"one_of": ["profile_state", allowed]}})
    if sectors:
        rules.append(parts["sector"] | {"test": {"includes_any": ["sector", list(sectors)]}})
    if criteria:
        rules += _criteria(criteria)
    return {
        "name": "eligibility",
        "version": version,
        "valid_from": valid_from,
        "rules": rules,
        "chosen": {
            "kinds": list(kinds),
            "groups": list(groups),
            "sectors": list(sectors),
            "profile": profile,
            "criteria": list(criteria),
        },
    }


def _criteria(codes: Sequence[str]) -> list[dict[str, Any]]:
    """The directory's own criteria, each met or waived by a recognised programme."""
    written = json.loads((CRITERIA / "validation.json").read_text(encoding="utf-8"))
    return [
        rule | {"test": {"any": [rule["test"], {"filled": "waiver"}]}}
        for rule in written["rules"]
        if rule["code"] in codes
    ]


def criteria_codes() -> list[tuple[str, Mapping[str, str]]]:
    return [(rule.code, rule.says) for rule in validation_rules().rules]


def facts_for_rules(
    values: Mapping[str, Sequence[Any]], *, kind: str, country: str, state: str, waiver: str | None
) -> dict[str, Any]:
    """What the rules of a call may read; what nobody has said is None."""
    return {
        **{field: list(said) or None for field, said in values.items()},
        **criteria_facts(values),
        "kind": kind or None,
        "country": country or None,
        "country_group": sample_call().group_of(country),
        "profile_state": REQUESTED.get(state, "draft"),
        "sector": list(values.get("sector", ())) or None,
        "ecosystem": list(values.get("ecosystem", ())) or None,
        "waiver": waiver,
    }


def rules_of(written: Mapping[str, Any]) -> RuleSet | None:
    return read_rules(written) if written.get("rules") else None


def assessed(written: Mapping[str, Any], facts: Mapping[str, Any]) -> Assessment | None:
    """What the rules of a call say; None where it asks for nothing."""
    rules = rules_of(written)
    return assess(rules, facts) if rules else None
