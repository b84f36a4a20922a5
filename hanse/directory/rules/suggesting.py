"""The kinds of evidence behind a suggestion, and how much each weighs unless somebody moves it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Ties = Literal["any", "strangers", "friends"]
TIES: Sequence[Ties] = ("any", "strangers", "friends")


@dataclass(frozen=True)
class Kind:
    """A kind of evidence: its usual weight, and whether it can carry a suggestion alone."""

    code: str
    weight: float
    carries: bool = True


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("they_offer", 3.0),
        Kind("they_seek", 3.0),
        Kind("sectors", 2.0),
        Kind("projects", 2.0),
        Kind("ecosystem", 0.5),
        Kind("countries", 1.0, carries=False),
        Kind("languages", 0.5, carries=False),
        Kind("size", 0.3, carries=False),
        Kind("events", 0.5, carries=False),
    )
}
DEFAULT_WEIGHTS: Mapping[str, float] = {code: kind.weight for code, kind in KINDS.items()}
# Where somebody says what they need, having it counts more, and past ties less.
FOR_A_TARGET: Mapping[str, float] = {"they_offer": 2.5, "sectors": 0.75, "projects": 0.5}
# Each further one of a country counts so much less, where a choice of countries is wanted.
PER_COUNTRY = 0.85
# A sector counts where the region is at least as specialised as Europe.
LEAST_QUOTIENT = 1.0
FULL_QUOTIENT = 3.0
