"""What the checker finds, said to whoever reads: with names at the desk, with numbers elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hanse.engines.meetings.findings import Finding, finding
from hanse.kit.numbers import figure
from hanse.meetings.models import Draft
from hanse.meetings.queries.drafts import Whole, whole
from hanse.meetings.queries.times import moment_said, table_said
from hanse.meetings.words import FINDINGS, NUMBERED, OBJECTIVES, REASONS_SEEN

# What a number of the engine is to be called, by what it counts.
Name = Callable[[str, int], str]

COUNTS: Mapping[str, str] = {
    "meeting": "meeting", "before": "meeting", "slot": "slot", "table": "table",
    "person": "person", "party": "party",
}  # fmt: skip


def said(findings: Iterable[Finding], name: Name) -> list[str]:
    """Each in the language of whoever reads."""
    return [_said(one, name) for one in findings]


def _said(found: Finding, name: Name) -> str:
    facts = {key: _fact(key, value, name) for key, value in found.facts.items()}
    return str(FINDINGS[found.code]) % facts


def _fact(key: str, value: Any, name: Name) -> str:
    if key in COUNTS:
        return name(COUNTS[key], value)
    if key == "reason":
        return str(REASONS_SEEN[value])
    if key == "objective":
        return str(OBJECTIVES[value])
    return figure(value) if isinstance(value, int) else str(value)


def numbered(origin: int = 0) -> Name:
    """In the numbers of a file that counts from `origin`."""

    def name(kind: str, number: int) -> str:
        if kind == "party":
            # Somebody who stands for nobody else is no party of the file.
            kind, number = ("person", -1 - number + origin) if number < 0 else (kind, number)
        else:
            number += origin
        return str(NUMBERED[kind]) % {"number": number}

    return name


def named_in(shown: Whole) -> Name:
    """By the names of an event's parties, its hours and tables."""
    market = shown.market
    by_kind: Mapping[str, tuple[int, Callable[[int], str]]] = {
        "meeting": (len(market.meetings), lambda one: " – ".join(shown.names_of(one))),
        "slot": (len(market.slots), lambda one: moment_said(shown.starts(one))),
        "table": (len(market.tables), lambda one: table_said(shown.table_name(one))),
        "person": (
            len(market.participants),
            lambda one: shown.names.get(market.party_of(one), "–"),
        ),
    }

    def name(kind: str, number: int) -> str:
        if kind == "party":
            return shown.names.get(number, "–")
        count, called = by_kind[kind]
        return called(number) if 0 <= number < count else numbered()(kind, number)

    return name


def faults_of(draft: Draft, shown: Whole | None = None) -> list[str]:
    """What the checker has against a draft; empty where it has nothing, or has not looked."""
    if not draft.faults:
        return []
    kept = (finding(**one) for one in draft.faults)
    return said(kept, named_in(shown or whole(draft)))
