"""Places and quotas: who falls under which, what a decision would make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hanse.calls.rules.cut_offs import refusal
from hanse.kit.refusals import Refusal, Refused

EACH = "*"


@dataclass(frozen=True)
class Traits:
    """What of an organisation quotas count, as it stood when the application was sent."""

    kind: str = ""
    country: str = ""
    sectors: frozenset[str] = field(default_factory=frozenset)
    is_newcomer: bool = False

    def values(self, by: str) -> frozenset[str]:
        """What this organisation counts as, in one respect."""
        if by == "newcomer":
            return frozenset({""} if self.is_newcomer else ())
        if by == "sector":
            return self.sectors
        value = self.kind if by == "kind" else self.country
        return frozenset({value} if value else ())


@dataclass(frozen=True)
class Limit:
    """At most or at least so many of one value; `EACH` stands for every value by itself."""

    by: str
    value: str
    bound: str
    number: int


@dataclass(frozen=True)
class Bar:
    """A limit with how many are selected now, and how many would be."""

    limit: Limit
    before: int
    after: int

    @property
    def is_over(self) -> bool:
        return self.limit.bound == "most" and self.after > self.limit.number

    @property
    def is_short(self) -> bool:
        return self.limit.bound == "least" and self.after < self.limit.number

    @property
    def breaks(self) -> bool:
        """Whether it is this decision that goes over, or further over."""
        return self.is_over and self.after > self.before


def spread(limits: Sequence[Limit], everybody: Sequence[Traits]) -> list[Limit]:
    """Limits with `EACH` as one limit for every value that somebody has."""
    found: list[Limit] = []
    for limit in limits:
        if limit.value != EACH:
            found.append(limit)
            continue
        values = sorted(set().union(*(one.values(limit.by) for one in everybody)))
        if not values:
            found.append(limit)  # nobody yet: the limit itself shows what holds
        own = {one.value for one in limits if one.by == limit.by and one.bound == limit.bound}
        found += [
            Limit(limit.by, value, limit.bound, limit.number)
            for value in values
            if value not in own
        ]
    return found


def bars(limits: Sequence[Limit], now: Sequence[Traits], then: Sequence[Traits]) -> list[Bar]:
    """Every limit with how many of the selected fall under it, now and then.

    >>> polish = Traits(country="PL")
    >>> bars([Limit("country", "PL", "most", 1)], [polish], [polish, polish])[0].breaks
    True
    """
    return [
        Bar(limit, _count(limit, now), _count(limit, then))
        for limit in spread(limits, [*now, *then])
    ]


def _count(limit: Limit, selected: Sequence[Traits]) -> int:
    return sum(limit.value in one.values(limit.by) for one in selected)


def why_not_placed(places: int, after: int) -> Refusal | None:
    if after > places:
        return refusal("over_places", places=places, after=after, many=after - places)
    return None


# As it is typed -----------------------------------------------------------------------------------

LINE = re.compile(r"(kind|country|sector|newcomer)\s+(?:(\S{1,20})\s+)?(most|least)\s+(\d{1,4})")


def read_limits(written: str) -> list[Limit]:
    """One limit a line: `country PL most 4`, `country * most 6`, `newcomer least 10`.

    >>> read_limits("country PL most 4")
    [Limit(by='country', value='PL', bound='most', number=4)]
    """
    found: list[Limit] = []
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line.strip())
        by, value = (match[1], match[2] or "") if match else ("", "")
        if match is None or (by == "newcomer") != (value == ""):
            raise Refused(refusal("bad_line", line=number, typed=line.strip()[:60]))
        limit = Limit(by, value, match[3], int(match[4]))
        if any((one.by, one.value, one.bound) == (by, value, limit.bound) for one in found):
            raise Refused(refusal("quota_twice", line=number))
        found.append(limit)
    return found


def written_limits(limits: Sequence[Limit]) -> str:
    return "\n".join(
        " ".join(part for part in (one.by, one.value, one.bound, str(one.number)) if part)
        for one in limits
    )
