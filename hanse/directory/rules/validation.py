"""The criteria of the platform, and what a sample call lets a country's organisations do."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from hanse.directory.words import MEMBER_FIELDS, REFUSALS, Kind
from hanse.engines.rules import Assessment, RuleSet, assess, read_rules
from hanse.kit.refusals import Refusal

FOLDER = Path(__file__).parents[1] / "rule_sets"
# The kinds of profile that the criteria are written for; others are looked at by a person only.
VALIDATED = frozenset({Kind.CLUSTER})


@cache
def validation_rules() -> RuleSet:
    return read_rules(_read("validation.json"))


@dataclass(frozen=True)
class SampleCall:
    """A call as far as countries are concerned: what each group of them may do."""

    name: Mapping[str, str]
    source: str
    groups: Mapping[str, Sequence[str]]
    may: Mapping[str, RuleSet]

    def assess(self, country: str) -> dict[str, Assessment]:
        """May join, may lead, may be paid: each with its rule, for one country."""
        facts = {"country": country or None, "country_group": self.group_of(country)}
        return {what: assess(rules, facts) for what, rules in self.may.items()}

    def group_of(self, country: str) -> str | None:
        if not country:
            return None
        return next((name for name, codes in self.groups.items() if country in codes), "other")


@cache
def sample_call() -> SampleCall:
    written = _read("sample-call.json")
    return SampleCall(
        name=written["call"]["name"],
        source=written["call"]["source"],
        groups=written["groups"],
        may={what: read_rules(rules) for what, rules in written["may"].items()},
    )


def assess_profile(values: Mapping[str, Sequence[Any]], waiver: str | None = None) -> Assessment:
    """What the criteria say about the values of a profile, field by field."""
    return assess(validation_rules(), criteria_facts(values) | {"waiver": waiver})


def criteria_facts(values: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """The facts that the criteria read; what nobody has said is None."""

    def only(field: str) -> Any:
        return values[field][0] if values.get(field) else None

    return {
        "staff_fte": only("staff_fte"),
        "website": only("website"),
        "website_language": values.get("website_language") or None,
        "activity_proof": values.get("activity_proof") or None,
        "public_cooperation": values.get("public_cooperation") or None,
        "members": members_of(values),
        "member_kinds": kinds_of_members(values),
    }


ENOUGH_MEMBERS = 15
ENOUGH_KINDS = 2


def members_of(values: Mapping[str, Sequence[Any]]) -> int | None:
    """All members: as said, else summed, where the sum is whole or already enough."""
    if values.get("members_total"):
        return int(values["members_total"][0])
    known = [int(values[field][0]) for field in MEMBER_FIELDS if values.get(field)]
    if len(known) == len(MEMBER_FIELDS) or sum(known) >= ENOUGH_MEMBERS:
        return sum(known)
    return None


def why_not_counted(figures: Mapping[str, int]) -> Refusal | None:
    """Why members by kind cannot be right beside the members in all."""
    total = figures.get("members_total")
    parts = sum(figures.get(field, 0) for field in MEMBER_FIELDS)
    if total is not None and parts > total:
        facts = {"parts": parts, "total": total}
        return Refusal("parts_exceed_total", REFUSALS["parts_exceed_total"], facts)
    return None


def kinds_of_members(values: Mapping[str, Sequence[Any]]) -> list[str] | None:
    """The kinds of which there are members, where no kind left open could change the answer."""
    asked = [field for field in MEMBER_FIELDS if values.get(field)]
    kinds = [field.removeprefix("members_") for field in asked if values[field][0] > 0]
    total = int(values["members_total"][0]) if values.get("members_total") else None
    told = sum(int(values[field][0]) for field in asked)
    is_whole = len(asked) == len(MEMBER_FIELDS) or (bool(asked) and told == total)
    return kinds if is_whole or len(kinds) >= ENOUGH_KINDS else None


def _read(name: str) -> dict[str, Any]:
    written: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return written
